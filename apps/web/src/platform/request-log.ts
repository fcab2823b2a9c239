import { randomUUID } from 'node:crypto';
import { errorWithoutPeople } from '@app/logging';
import type { Settings } from '@app/settings';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';

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
    autoLogging: { ignore: ({ url }) => /^\/(assets|health)\//.test(url) },
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
