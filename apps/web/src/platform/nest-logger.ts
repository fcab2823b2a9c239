import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { errorWithoutPeople } from './request-log';

/** Nest's own lines in the same form as all others; its list of routes at start-up is left out. */
export function nestLogger(log: Logger): LoggerService {
  const words = (message: unknown): string => (message instanceof Error ? message.message : String(message));
  return {
    log: () => undefined,
    debug: () => undefined,
    verbose: () => undefined,
    warn: (message: unknown) => log.warn(words(message)),
    error: (message: unknown) => (message instanceof Error ? log.error({ err: errorWithoutPeople(message) }, message.name) : log.error(words(message))),
    fatal: (message: unknown) => log.fatal(words(message)),
  };
}
