import { HttpStatus } from '@nestjs/common';
import type { Request } from 'express';
import { RefusedRequest } from '../../platform/problem';

/** The header that marks one sending. */
export const SENDING_KEY_HEADER = 'Idempotency-Key';

/** What such a key looks like: a UUID, for instance. */
export const SENDING_KEY_PATTERN = '^[\\x21-\\x7e]{8,200}$';

/** The key of a request. Without one a website that never got our answer could not send again without asking twice. */
export function sendingKeyOf(request: Request): string {
  const key = request.headers[SENDING_KEY_HEADER.toLowerCase()];
  if (typeof key === 'string' && new RegExp(SENDING_KEY_PATTERN).test(key)) return key;
  throw new RefusedRequest(HttpStatus.BAD_REQUEST, `Send the header ${SENDING_KEY_HEADER} with 8 to 200 visible characters: one for each enquiry, such as a UUID, and the same again when you repeat the request.`);
}
