import type { z } from 'zod';
import { consentStep } from './consent/consent.form';
import { contactStep } from './contact/contact.form';
import { fosteringNowStep } from './fostering-now/fostering-now.form';
import { interestsStep } from './interests/interests.form';
import { messageStep } from './message/message.form';
import { nameStep } from './name/name.form';
import { postcodeStep } from './postcode/postcode.form';
import { sourceStep } from './source/source.form';
import { spareRoomStep } from './spare-room/spare-room.form';
import { readStep, type Step, type Typed, typedInto } from './step';

/** The questions, in the order in which they are asked. */
export const STEPS = [
  nameStep, contactStep, postcodeStep, spareRoomStep, fosteringNowStep, interestsStep, sourceStep, messageStep, consentStep,
] as const satisfies readonly Step[];

type AnyStep = (typeof STEPS)[number];
export type StepSlug = AnyStep['slug'];

/** What has been typed so far, page by page: this is what a draft keeps. */
export type TypedAnswers = Readonly<Partial<Record<StepSlug, Typed>>>;

/** The whole form, read. */
export type Answers = { readonly [S in AnyStep as S['slug']]: z.output<S['schema']> };

/** The step of that name in the address; null when there is none. */
export function stepOf(slug: string): AnyStep | null {
  return STEPS.find((step) => step.slug === slug) ?? null;
}

/** Where a step stands: "Question 3 of 9", what comes before it and what after. */
export function placeOf(step: AnyStep): { readonly number: number; readonly of: number; readonly before: StepSlug | null; readonly after: StepSlug | null } {
  const index = STEPS.indexOf(step);
  return { number: index + 1, of: STEPS.length, before: STEPS[index - 1]?.slug ?? null, after: STEPS[index + 1]?.slug ?? null };
}

/** What a draft keeps, page by page. Whatever else is in it is left out. */
export function typedAnswers(kept: Readonly<Record<string, unknown>>): TypedAnswers {
  return Object.fromEntries(
    STEPS.flatMap((step) => {
      const page = kept[step.slug];
      return typeof page === 'object' && page !== null ? [[step.slug, typedInto(step, page as Readonly<Record<string, unknown>>)]] : [];
    }),
  );
}

/** Reads all pages of a draft; when one is missing or no longer good, says which comes first. */
export function readAnswers(typed: TypedAnswers): { readonly ok: true; readonly answers: Answers } | { readonly ok: false; readonly firstOpen: StepSlug } {
  const answers: Record<string, unknown> = {};
  for (const step of STEPS) {
    const given = typed[step.slug];
    const read = given === undefined ? null : readStep(step as Step, given);
    if (!read?.ok) return { ok: false, firstOpen: step.slug };
    answers[step.slug] = read.answer;
  }
  return { ok: true, answers: answers as Answers };
}
