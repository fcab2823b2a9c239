import { z } from 'zod';

/** What a browser sends for one control: nothing, one value, or several of the same name. */
const one = (given: unknown): string => {
  const value: unknown = Array.isArray(given) ? given[0] : given;
  return typeof value === 'string' ? value : '';
};

// Line breaks and tabs stay; every other control character and half a character go: PostgreSQL refuses some of them, and nobody typed them.
const withoutControls = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\p{Cs}|[^\P{Cc}\n\t]/gu, '');

/** One line of text: runs of spaces become one. Empty is allowed. */
export const line = (max: number, tooLong: string) =>
  z.preprocess((given) => withoutControls(one(given)).replace(/\s+/g, ' ').trim(), z.string().max(max, { message: tooLong }));

/** Several lines of text, as typed. Empty is allowed. */
export const lines = (max: number, tooLong: string) =>
  z.preprocess((given) => withoutControls(one(given)).trim(), z.string().max(max, { message: tooLong }));

/** One of the choices; anything else is refused with `missing`. */
export const choice = <const Choices extends readonly [string, ...string[]]>(choices: Choices, missing: string) =>
  z.preprocess(one, z.enum(choices, { message: missing }));

/** One of the choices, or null when none was made. What is not among them counts as none. */
export const optionalChoice = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.preprocess((given) => (choices.includes(one(given)) ? one(given) : null), z.enum(choices).nullable());

/** Any number of the choices, in their own order; none at all is refused with `missing`. */
export const choices = <const Choices extends readonly [string, ...string[]]>(all: Choices, missing: string) =>
  z.preprocess(
    (given) => {
      const ticked: readonly unknown[] = Array.isArray(given) ? given : [given];
      return all.filter((value) => ticked.includes(value));
    },
    z.array(z.enum(all)).min(1, { message: missing }),
  );

/** A single box: ticked or not. */
export const ticked = z.preprocess((given) => one(given) === 'yes', z.boolean());
