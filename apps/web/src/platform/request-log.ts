import { randomUUID } from 'node:crypto';
import type { Settings } from '@app/settings';
import type { Request, Response } from 'express';
import pino, { type DestinationStream, type Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';

/** Where the lines go: standard output unless a test wants to read them. */
export type LogDestination = DestinationStream;

/** Structured log lines without personal data. */
export function createLog(destination?: LogDestination): Logger {
  const options = { base: { process: 'web' }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorWithoutPeople } };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * One line a request: method, the route's pattern (never the address that was asked for, which may name somebody),
 * status, duration and the request's id, which the answer carries in `X-Request-Id` too.
 */
export function requestLog(logger: Logger, settings: Settings): HttpLogger<Request, Response> {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = settings.trustProxy !== false && typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (request) => request.url?.startsWith('/assets/') === true || request.url?.startsWith('/health/') === true },
    wrapSerializers: false,
    serializers: {
      req: (request: Request) => ({ id: request.id, method: request.method }),
      res: () => undefined,
      err: errorWithoutPeople,
    },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'info'),
    customSuccessObject: (request, response, value: object) => ({ ...value, ...lineOf(request, response) }),
    customErrorObject: (request, response, _error, value: object) => ({ ...value, ...lineOf(request, response) }),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  });
}

/** The pattern of the route that answered, such as `/staff/families/:reference`. */
export function routePattern(request: Request): string {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}

function lineOf(request: Request, response: Response): object {
  return { route: routePattern(request), status: response.statusCode };
}

/** The kind of an error and where it happened. Quoted values are cut out: a database quotes what people typed. */
export function errorWithoutPeople(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const code = 'code' in thrown ? { code: thrown.code } : {};
  const constraint = 'constraint' in thrown ? { constraint: thrown.constraint } : {};
  const where = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: thrown.name, message: thrown.message.replace(/(["'(]).*?(["')])/g, '$1…$2'), ...code, ...constraint, stack: where.join('\n') };
}
