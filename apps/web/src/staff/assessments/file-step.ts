import type { Action } from '@app/access';
import { type AnyBlocker, assessmentFile, type AssessmentFile } from '@app/assessments';
import type { Refusal } from '@app/journeys';
import type { LocalDate, Result } from '@app/kernel';
import { NotFoundException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { FormValues } from '../../platform/forms';
import type { FamilyForm, FormContext } from '../families/family-form';
import type { FamilyForms, FormWork } from '../families/family-forms';
import { assessmentPath } from '../paths';
import type { Control } from './controls';

/** What a step may ask about when its form is shown: the family, its file, and what the address names besides. */
export interface StepContext extends FormContext {
  readonly file: AssessmentFile;
  readonly subject: string;
}

type StepResult = Promise<Result<unknown, Refusal<AnyBlocker>>>;

interface StepDefinition<Value> {
  /** The last part of its address below the assessment; what it is about follows. */
  readonly slug: string;
  readonly action: Action;
  readonly title: string;
  readonly button: string;
  readonly schema: z.ZodType<Value>;
  controls(context: StepContext): readonly Control[] | Promise<readonly Control[]>;
  /** What stands in the controls at first, besides the day, which is today. */
  values?(context: StepContext): FormValues;
  /** The control that a refusal stands beside when it is not about the day. */
  readonly beside: string;
  work(given: FormWork & { readonly journeyId: string; readonly subject: string }, value: Value): StepResult;
  readonly done: string | ((value: Value) => string);
  home?(reference: string, subject: string): string;
}

/** One thing that can be done in an assessment's file: a form, and what it does. */
export interface FileStep {
  readonly slug: string;
  ask(forms: FamilyForms, request: Request, response: Response, reference: string, subject: string): Promise<void>;
  take(forms: FamilyForms, request: Request, response: Response, reference: string, subject: string, body: unknown): Promise<void>;
}

const ABOUT_THE_DAY: ReadonlySet<string> = new Set<AnyBlocker['kind']>(['future', 'before', 'after', 'after_close', 'before_reopening', 'earlier_than', 'beyond_calendar', 'papers_late']);

const files = new WeakMap<FormContext, Promise<AssessmentFile>>();

/** The file of the family that a form is about; a 404 when there is none, or it is not the actor's to open. */
export function fileOf(context: FormContext): Promise<AssessmentFile> {
  const known = files.get(context);
  if (known) return known;
  const read = assessmentFile(context.tx, context.family.journey, context.now).then((file) => {
    if (!file) throw new NotFoundException();
    return file;
  });
  files.set(context, read);
  return read;
}

/** Makes a step from its parts. */
export function fileStep<Value>(definition: StepDefinition<Value>): FileStep {
  const form = (subject: string): FamilyForm<Value> => ({
    slug: `assessment/${definition.slug}${subject === '' ? '' : `/${subject}`}`,
    action: definition.action,
    title: definition.title,
    button: definition.button,
    fields: 'staff/assessments/controls',
    schema: definition.schema,
    offered: () => true,
    async values(context) {
      const today: { readonly on: LocalDate } = { on: context.today };
      return { ...today, ...definition.values?.({ ...context, file: await fileOf(context), subject }) };
    },
    async choices(context) {
      return { controls: await definition.controls({ ...context, file: await fileOf(context), subject }) };
    },
    fieldOf: ({ kind }) => (ABOUT_THE_DAY.has(kind) ? 'on' : kind === 'reasons_missing' ? 'reasons' : definition.beside),
    home: (reference) => definition.home?.(reference, subject) ?? assessmentPath(reference),
  });
  return {
    slug: definition.slug,
    ask: (forms, request, response, reference, subject) => forms.ask(request, response, reference, form(subject)),
    take: (forms, request, response, reference, subject, body) =>
      forms.take(request, response, reference, form(subject), body, (given, value) => definition.work({ ...given, journeyId: given.family.journey.id, subject }, value), definition.done),
  };
}

/** The day of a step. */
export const onDay = (label: string, hint?: string): Control => ({ kind: 'date', name: 'on', label, ...(hint === undefined ? {} : { hint }) });
