import { STATUS_CODES } from 'node:http';
import { HttpException, type HttpStatus } from '@nestjs/common';
import type { Request, Response } from 'express';
import { originOf } from './request';

/** The media type of an answer that says what went wrong (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** What is wrong, by field of the body or by parameter of the address. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** Why a request to the API was refused, as its answer says it. */
export interface Problem {
  /** The meaning is that of the status. */
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Also in the header `X-Request-Id`, and in the log. */
  readonly requestId: string;
  readonly errors?: FieldErrors;
}

/** A refusal by the API itself: its words go to the caller. */
export class RefusedRequest extends HttpException {
  constructor(
    status: HttpStatus,
    readonly detail: string,
    readonly errors?: FieldErrors,
  ) {
    super(detail, status);
  }
}

/** Nothing that was thrown on the way is quoted: an unreadable body names people. */
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read. Its body has to be JSON, encoded as UTF-8.',
  401: 'Send the token of your website in the header “Authorization: Bearer …”. This one is missing, unknown or was withdrawn.',
  403: 'The token is not for this. An administrator of the hub can give you one that is.',
  404: 'There is nothing at this address. /api/v1/openapi.json describes what there is.',
  413: 'The body is too large.',
  415: 'Send the body as application/json, encoded as UTF-8.',
  429: 'Too many requests came with this token. Wait as many seconds as Retry-After says, then send the same request again.',
  503: 'Our records cannot be reached just now. Wait as many seconds as Retry-After says, then send the same request again.',
};
const UNAUTHORIZED = 401;
const OUR_SIDE = 'Something went wrong on our side. Send the same request again in a minute; if it fails again, tell us the request id.';

/** Answers a request to the API that failed. */
export function sendProblem(request: Request, response: Response, status: number, thrown: unknown): void {
  const refused = thrown instanceof RefusedRequest ? thrown : null;
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Refused',
    status,
    detail: refused?.detail ?? DETAILS[status] ?? (status >= 500 ? OUR_SIDE : 'The request was refused.'),
    requestId: originOf(request).requestId,
    ...(refused?.errors ? { errors: refused.errors } : {}),
  };
  if (status === UNAUTHORIZED) response.setHeader('WWW-Authenticate', 'Bearer');
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}
