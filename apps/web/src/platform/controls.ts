import { z } from 'zod';

/** What a browser sends for one control: nothing, one value, or several of the same name. */
export const one = (given: unknown): string => {
  const value: unknown = Array.isArray(given) ? given[0] : given;
  return typeof value === 'string' ? value : '';
};

// Line breaks and tabs stay; every other control character and half a character go: PostgreSQL refuses some of them, and nobody typed them.
const withoutControls = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\p{Cs}|[^\P{Cc}\n\t]/gu, '');

/** A control's text on one line: runs of spaces become one. */
export const oneLine = (given: unknown): string => withoutControls(one(given)).replace(/\s+/g, ' ').trim();

/** A control's text as typed, over several lines. */
export const manyLines = (given: unknown): string => withoutControls(one(given)).trim();

/** One line of text; empty is null. */
export const optionalLine = (max: number, what: string) =>
  z.preprocess((given) => oneLine(given) || null, z.string().max(max, `${what} must be ${String(max)} characters or fewer`).nullable());

/** One of the choices; anything else is refused with `missing`. */
export const choice = <const Choices extends readonly [string, ...string[]]>(choices: Choices, missing: string) => z.preprocess(one, z.enum(choices, { message: missing }));

/** One of the choices, or null when none was made. What is not among them counts as none. */
export const optionalChoice = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.preprocess((given) => (choices.includes(one(given)) ? one(given) : null), z.enum(choices).nullable());

/** Any number of the choices, in their own order. */
export const choices = <const Choices extends readonly [string, ...string[]]>(all: Choices) =>
  z.preprocess((given) => all.filter((value) => (Array.isArray(given) ? given : [given]).includes(value)), z.array(z.enum(all)));

/** A single box: ticked or not. */
export const ticked = z.preprocess((given) => one(given) === 'yes', z.boolean());
