import type { Request } from 'express';

/** What somebody had typed and could not send, on its way round the sign-in page. */
export interface CarriedForm {
  /** Where it was going: a path of this site. */
  readonly action: string;
  readonly fields: readonly (readonly [string, string])[];
}

const LARGEST = 200_000;
const OWN_FIELDS = ['_csrf', 'carried', 'then'];

/** The form in a request, to be sent again; passwords and tokens are left out. Null when there is none. */
export function carriedForm(request: Request): CarriedForm | null {
  const body: unknown = request.body;
  if (request.method !== 'POST' || typeof body !== 'object' || body === null) return null;
  const fields = Object.entries(body).flatMap(([name, value]) => (isCarried(name) ? valuesOf(value).map((each): [string, string] => [name, each]) : []));
  return { action: request.originalUrl, fields };
}

/** The carried form as one field of the sign-in form. */
export const packForm = (form: CarriedForm): string => JSON.stringify(form);

/** Reads what `packForm` wrote. Null for anything else: a form is only ever sent to a path of this site. */
export function unpackForm(text: unknown): CarriedForm | null {
  if (typeof text !== 'string' || text === '' || text.length > LARGEST) return null;
  try {
    const { action, fields } = JSON.parse(text) as { action?: unknown; fields?: unknown };
    if (!isOwnPath(action) || !Array.isArray(fields)) return null;
    const pairs = fields.flatMap((pair: unknown): [string, string][] => {
      const [name, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
      return typeof name === 'string' && typeof value === 'string' && isCarried(name) ? [[name, value]] : [];
    });
    return { action, fields: pairs };
  } catch {
    return null;
  }
}

/** Whether a text is a path of this site, not of another (`//elsewhere`, `/\elsewhere`). */
export function isOwnPath(text: unknown): text is string {
  return typeof text === 'string' && text.length < 2000 && /^\/(?![/\\])[^\s\\]*$/.test(text);
}

const isCarried = (name: string): boolean => !OWN_FIELDS.includes(name) && !/password/i.test(name);

function valuesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
