import { ok, refused, type Result } from '@app/kernel';
import type { z } from 'zod';
import type { FieldErrors } from '../../platform/problem';
import { type Answers, readAnswers, STEPS, type TypedAnswers } from '../../public/enquire/answers';
import { readStep, type Step, type Typed, typedInto } from '../../public/enquire/step';
import { type EnquiryBody, enquiryBody } from './enquiry.body';

/** An enquiry that was read, and its content in a form that does not depend on how it was written. */
export interface ReadEnquiry {
  readonly answers: Answers;
  readonly content: string;
}

/**
 * Reads the body of an enquiry by the rules and in the words of the public form, so that a website can show them to
 * whoever filled in its own. Refuses with every field that is wrong.
 */
export function readEnquiry(body: unknown): Result<ReadEnquiry, FieldErrors> {
  const parsed = enquiryBody.safeParse(body);
  const misfits = parsed.success ? {} : misfitsIn(parsed.error.issues, body);
  if (Object.keys(misfits).length > 0) return refused(misfits);

  const typed = typedAnswers(body);
  const wrong = STEPS.flatMap((step) => {
    const read = readStep(step as Step, typed[step.slug] ?? {});
    return read.ok ? [] : read.errors;
  });
  if (wrong.length > 0) return refused(Object.fromEntries(wrong.map(({ field, text }) => [field, [text]])));
  const answers = readAnswers(typed);
  if (!parsed.success || !answers.ok) throw new Error('The form takes an enquiry that the API does not describe');
  return ok({ answers: answers.answers, content: contentOf(parsed.data) });
}

/** Values of the wrong kind, and fields that there are not. A field that is missing is for the form to ask for. */
function misfitsIn(issues: readonly z.core.$ZodIssue[], body: unknown): FieldErrors {
  const misfits = new Map<string, string>();
  for (const issue of issues) {
    const field = String(issue.path[0] ?? '');
    if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => misfits.set(key.slice(0, 100), 'There is no such field'));
    else if (field === '') misfits.set('body', 'Send one object with the fields of an enquiry');
    else if (isGiven(body, field)) misfits.set(field, issue.code === 'invalid_value' ? `Send one of: ${issue.values.map(String).join(', ')}` : issue.message);
  }
  return Object.fromEntries([...misfits].map(([field, words]) => [field, [words]]));
}

const isGiven = (body: unknown, field: string): boolean => typeof body === 'object' && body !== null && Object.hasOwn(body, field) && (body as Record<string, unknown>)[field] !== undefined;

/** The body as a browser would have sent it, page by page. */
function typedAnswers(body: unknown): TypedAnswers {
  const given = typeof body === 'object' && body !== null ? body : {};
  const fields = Object.fromEntries(Object.entries(given).map(([name, value]: [string, unknown]) => [name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : value]));
  return Object.fromEntries(STEPS.map((step): [string, Typed] => [step.slug, typedInto(step, fields)]));
}

/** Fields in the order of their names, without those that were not answered. */
function contentOf(body: EnquiryBody): string {
  return JSON.stringify(Object.entries(body).filter(([, value]) => value !== null && value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));
}
