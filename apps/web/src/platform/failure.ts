import { HttpException, HttpStatus } from '@nestjs/common';

/** What a failure means over HTTP: its status, and the seconds to wait where waiting helps. */
export interface Failure {
  readonly status: number;
  readonly wait: number | null;
}

/** Too many tries: to be thrown by whoever counts them. */
export class TooManyTries extends HttpException {
  constructor(readonly waitSeconds: number) {
    super('Too many tries', HttpStatus.TOO_MANY_REQUESTS);
  }
}

/** Codes of Node and PostgreSQL that say "not reachable just now". */
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|57P0[123]|08\w{3}|53300)$/;
const UNREACHABLE_WORDS = /Connection terminated|timeout exceeded when trying to connect|not connected/i;

/** Reads the status of whatever was thrown: Nest's exceptions, the body parser's errors, a database that is away. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof TooManyTries) return { status: HttpStatus.TOO_MANY_REQUESTS, wait: thrown.waitSeconds };
  if (thrown instanceof HttpException) return { status: thrown.getStatus(), wait: null };
  if (isUnreachable(thrown)) return { status: HttpStatus.SERVICE_UNAVAILABLE, wait: 30 };
  const status = typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : null;
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, wait: null };
  return { status: HttpStatus.INTERNAL_SERVER_ERROR, wait: null };
}

function isUnreachable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return UNREACHABLE.test(code) || UNREACHABLE_WORDS.test(thrown.message);
}
