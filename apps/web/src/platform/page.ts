import { may, ROLE_NAMES, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import type { Request, Response } from 'express';
import type { SignedIn, StaffLayout } from '../components/layouts/layout';
import { csrfToken } from './csrf';
import type { LayoutFacts } from './layout-facts';
import { staffPages } from './staff-pages';
import { listInWords } from './words';

/** What a template is given besides its own model. */
export interface PageModel extends Readonly<Record<string, unknown>> {
  readonly title: string;
}

/** Status of an answer to a form that has mistakes in it. */
export const UNPROCESSABLE = 422;

/**
 * Answers with a page: `template` is a path below `apps/web/src`, without its ending. The model needs a `title`; a form
 * that came back passes `errors` (see `readForm`). The frame (`layout`) belongs to this request alone.
 */
export async function page(response: Response, template: string, model: PageModel, status = 200): Promise<void> {
  const request = response.req;
  if (!request.layoutFacts) throw new Error(`No page can be shown at ${request.path}: it is for machines`);
  const flash = takeFlash(request);
  const html = await rendered(response, template, { ...model, layout: layoutOf(request, request.layoutFacts), flash });
  response.status(status);
  // A page that is somebody's own said so already.
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', request.actor.kind === 'staff' ? 'no-store' : 'private, no-cache');
  response.type('html').send(html);
}

/**
 * After a form was taken: sends the browser on to a page, which may say once what was done. The answer has no body: with
 * one, its head would leave before the session is stored, and a quick browser would ask for the page too early.
 */
export function redirectTo(response: Response, path: string, done?: string): void {
  if (done !== undefined) response.req.session.flash = { text: done, success: true };
  response.status(303).location(path).end();
}

/** Renders a template to text. */
export function rendered(response: Response, template: string, model: object): Promise<string> {
  return new Promise((resolve, reject) => {
    response.render(template, model, (error: Error | null, html: string) => {
      if (error) reject(error);
      else resolve(html);
    });
  });
}

function layoutOf(request: Request, facts: LayoutFacts): StaffLayout & { readonly sessionSecondsLeft: number | null } {
  const staff = request.actor.kind === 'staff' ? request.actor : null;
  let token: string | undefined;
  return {
    ...facts,
    path: request.path,
    me: staff ? signedIn(staff) : null,
    navigation: staff ? staffPages(staff, request.path) : [],
    maySearch: staff !== null && may(staff, 'search.use'),
    searchText: request.path === '/staff/search' && typeof request.query.text === 'string' ? request.query.text : '',
    sessionSecondsLeft: request.sessionSecondsLeft ?? null,
    recordsToMend: request.recordsToMend ?? null,
    // Only a page that has a form asks, and only then does a visitor get a session.
    get csrfToken() {
      return (token ??= csrfToken(request));
    },
  };
}

function signedIn({ name, roles }: StaffActor): SignedIn {
  const authorities = roles.some(({ authority }) => authority === null) ? ['All authorities'] : [...new Set(roles.map(({ authority }) => (authority === null ? '' : AUTHORITY_NAMES[authority])))];
  return { name, role: listInWords([...new Set(roles.map(({ role }) => ROLE_NAMES[role]))]) || 'No role yet', authority: listInWords(authorities) || 'no authority' };
}

function takeFlash(request: Request): { text: string; success: boolean } | null {
  const flash = (request.session as Request['session'] | undefined)?.flash;
  if (!flash) return null;
  delete request.session.flash;
  return flash;
}
