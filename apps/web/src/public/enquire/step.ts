import type { z } from 'zod';
import type { FormError } from '../../platform/words';

/** What somebody typed on one page, by name of the control; kept as typed, so that the page can show it again. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** One page of the form: one question. */
export interface Step<Slug extends string = string, Answer = unknown> {
  /** In the address: /enquire/spare-room. */
  readonly slug: Slug;
  /** The question, as the title and the heading of the page. */
  readonly question: string;
  /** The names of the controls, in the order of the page. */
  readonly controls: readonly string[];
  /** Reads what was typed, or says in words what is wrong with which control. */
  readonly schema: z.ZodType<Answer>;
}

/** What a page was answered with, or what is wrong, in the order of the page. */
export type ReadStep<Answer> = { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly errors: readonly FormError[] };

/** Reads the typed values of one step. Of several mistakes in one control only the first is told. */
export function readStep<Answer>(step: Step<string, Answer>, typed: Typed): ReadStep<Answer> {
  const read = step.schema.safeParse(typed);
  if (read.success) return { ok: true, answer: read.data };
  const told = new Map<string, FormError>();
  for (const issue of read.error.issues) {
    const field = String(issue.path[0] ?? step.controls[0]);
    if (!told.has(field)) told.set(field, { field, text: issue.message });
  }
  return { ok: false, errors: [...told.values()].sort((a, b) => step.controls.indexOf(a.field) - step.controls.indexOf(b.field)) };
}

/** Keeps of a posted body only the controls of the step, each at most `LONGEST` characters. */
export function typedInto(step: Step, body: Readonly<Record<string, unknown>>): Typed {
  const typed: Record<string, string | readonly string[]> = {};
  for (const control of step.controls) {
    const value = body[control];
    if (typeof value === 'string') typed[control] = value.slice(0, LONGEST);
    else if (Array.isArray(value)) typed[control] = value.filter((each): each is string => typeof each === 'string').slice(0, 30).map((each) => each.slice(0, LONGEST));
  }
  return typed;
}

const LONGEST = 20_000;
