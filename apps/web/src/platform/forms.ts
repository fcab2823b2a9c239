import type { z } from 'zod';
import type { FormError } from './words';

/** The user's own words, by field, to stand in the form again. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

/** A form that was read: a typed value, or what is wrong with which field, and what was typed. */
export type ReadForm<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly errors: readonly FormError[]; readonly values: FormValues };

/**
 * Reads a posted form. Errors come one a field, in the order of the schema; `field` is the name of the control
 * (nested names are joined with a dash), to be its id too.
 */
export function readForm<Schema extends z.ZodType>(schema: Schema, body: unknown): ReadForm<z.output<Schema>> {
  const values = valuesOf(body);
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors = new Map<string, FormError>();
  for (const { path, message } of parsed.error.issues) {
    const field = path.map(String).join('-');
    if (!errors.has(field)) errors.set(field, { field, text: message });
  }
  return { ok: false, errors: [...errors.values()], values };
}

/** A refusal of a use case, shown as the errors of a form are. */
export function formRefused(body: unknown, ...errors: readonly FormError[]): { readonly ok: false; readonly errors: readonly FormError[]; readonly values: FormValues } {
  return { ok: false, errors, values: valuesOf(body) };
}

/** The fields of a posted form: texts, and lists of texts for names that came several times. The CSRF token is left out. */
export function valuesOf(body: unknown): FormValues {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]: [string, unknown]): [string, string | string[]][] => {
      if (name === '_csrf') return [];
      if (typeof value === 'string') return [[name, value]];
      if (Array.isArray(value)) return [[name, value.filter((each): each is string => typeof each === 'string')]];
      return [];
    }),
  );
}
