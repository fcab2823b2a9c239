import { DRAFT_LIVES_HOURS } from '@app/enquiries';
import type { CookieOptions, Request, Response } from 'express';

/**
 * The cookie that holds the secret of an unfinished enquiry: nothing else finds the draft. With https, browsers bind a
 * `__Host-` cookie to this very host.
 */
export const draftCookieName = (publicUrl: string): string => (publicUrl.startsWith('https:') ? '__Host-hub-enquiry' : 'hub-enquiry');

const options = (publicUrl: string): CookieOptions => ({ httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:'), path: '/' });

/** The secret that the browser holds; null when it holds none, or nothing that could be one. */
export function draftSecretOf(request: Request, publicUrl: string): string | null {
  const name = `${draftCookieName(publicUrl)}=`;
  const cookie = (request.headers.cookie ?? '').split(';').map((each) => each.trim()).find((each) => each.startsWith(name));
  const secret = cookie?.slice(name.length);
  return secret !== undefined && /^[\w-]{32}$/.test(secret) ? secret : null;
}

/** Hands the secret to the browser, for as long as the draft lives. */
export function keepDraftSecret(response: Response, publicUrl: string, secret: string): void {
  response.cookie(draftCookieName(publicUrl), secret, { ...options(publicUrl), maxAge: DRAFT_LIVES_HOURS * 3_600_000 });
}

/** Makes the browser forget the draft. */
export function forgetDraft(response: Response, publicUrl: string): void {
  response.clearCookie(draftCookieName(publicUrl), options(publicUrl));
}
