import { z } from 'zod';
import { choices, manyLines, oneLine } from '../../platform/controls';

/** One line of text: runs of spaces become one. Empty is allowed. */
export const line = (max: number, tooLong: string) => z.preprocess(oneLine, z.string().max(max, { message: tooLong }));

/** Several lines of text, as typed. Empty is allowed. */
export const lines = (max: number, tooLong: string) => z.preprocess(manyLines, z.string().max(max, { message: tooLong }));

/** Some of the choices, in their own order; none at all is refused with `missing`. */
export const someChoices = <const Choices extends readonly [string, ...string[]]>(all: Choices, missing: string) => choices(all).refine((chosen) => chosen.length > 0, { message: missing });
