import { csrfSync } from 'csrf-sync';
import type { Request } from 'express';

const FIELD = '_csrf';
const CHANGES_NOTHING = ['GET', 'HEAD', 'OPTIONS'];

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (request) => {
    const body = request.body as Record<string, unknown> | undefined;
    const token = body?.[FIELD] ?? request.headers['x-csrf-token'];
    return typeof token === 'string' ? token : undefined;
  },
});

/** The token that a form of this session carries in `_csrf`. Asking for it begins a session. */
export const csrfToken = (request: Request): string => generateToken(request);

/** Whether a request may change something. */
export const changesSomething = (request: Request): boolean => !CHANGES_NOTHING.includes(request.method);

/** Whether the form came from a page of this session. */
export const hasCsrfToken = (request: Request): boolean => isRequestValid(request);

/**
 * Whether a browser says that the request comes from one of our own pages. Old browsers say nothing and pass here:
 * the token decides.
 */
export function isFromOurPages(request: Request, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && (new URL(origin).origin === new URL(publicUrl).origin || new URL(origin).host === request.headers.host);
}
