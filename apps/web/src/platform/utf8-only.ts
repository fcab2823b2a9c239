import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { BadRequestException } from '@nestjs/common';
import type { RequestHandler } from 'express';

const inAnotherEncoding = new WeakSet<IncomingMessage>();

/** To be given to the body parser, which shows the bytes before it decodes them and would put a sign for every wrong one. */
export const noteEncoding = (request: IncomingMessage, _response: unknown, body: Buffer): void => {
  if (!isUtf8(body)) inAnotherEncoding.add(request);
};

/** Refuses a body that is not UTF-8, so that no name is kept with letters that nobody wrote. */
export const utf8Only: RequestHandler = (request, _response, next) => {
  next(inAnotherEncoding.has(request) ? new BadRequestException() : undefined);
};
