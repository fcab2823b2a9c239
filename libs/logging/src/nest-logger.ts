import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { withoutPeople } from './error-without-people';

/** Nest's own warnings and errors in the same form as all other lines; its account of starting up is left out. */
export function nestLogger(log: Logger): LoggerService {
  const words = (message: unknown): string => (message instanceof Error ? message.message : String(message));
  return {
    log: () => undefined,
    debug: () => undefined,
    verbose: () => undefined,
    warn: (message: unknown) => { log.warn(withoutPeople(words(message))); },
    error: (message: unknown) => { if (message instanceof Error) log.error({ err: message }, message.name); else log.error(withoutPeople(words(message))); },
    fatal: (message: unknown) => { log.fatal(withoutPeople(words(message))); },
  };
}
