import type { RequestHandler } from 'express';

const NULL = /\0/g;

/** Takes %00 out of the address: PostgreSQL holds no null character, and nobody types one. */
export const withoutNullInAddress: RequestHandler = (request, _response, next) => {
  request.url = request.url.replaceAll('%00', '');
  next();
};

/** Takes null characters out of a posted form, whose values are texts and lists of texts. */
export const withoutNullInForm: RequestHandler = (request, _response, next) => {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null) {
    request.body = Object.fromEntries(Object.entries(body).map(([name, value]: [string, unknown]) => [name, withoutNull(value)]));
  }
  next();
};

function withoutNull(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(NULL, '');
  return Array.isArray(value) ? value.map(withoutNull) : value;
}
