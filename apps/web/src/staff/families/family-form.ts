import type { Action, StaffActor } from '@app/access';
import type { AnyBlocker } from '@app/assessments';
import type { FamilyPage } from '@app/journeys';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { FormValues } from '../../platform/forms';

/** What a form may ask about when it is shown. */
export interface FormContext {
  readonly tx: EntityManager;
  readonly actor: StaffActor;
  readonly family: FamilyPage;
  readonly now: Date;
  /** The local date (Europe/London) of `now`. */
  readonly today: LocalDate;
}

/** One thing that can be done to a family: a page of its own, and for the likeliest ones a box in the worklist. */
export interface FamilyForm<Value> {
  /** The last part of its address. */
  readonly slug: string;
  readonly action: Action;
  readonly title: string | ((family: FamilyPage) => string);
  readonly button: string | ((family: FamilyPage) => string);
  /** The template of its controls, below `apps/web/src`, without its ending. */
  readonly fields: string;
  readonly schema: z.ZodType<Value>;
  /** Whether it makes sense for a family as it stands; its page says why not when it does not. */
  offered(family: FamilyPage): boolean;
  /** What stands in the controls at first. */
  values?(context: FormContext): FormValues | Promise<FormValues>;
  /** What the template needs besides. */
  choices?(context: FormContext): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
  /** The control that a refusal stands beside. */
  fieldOf(blocker: AnyBlocker): string;
  /** The page that it belongs to, and leads back to; the family's page when left out. */
  home?(reference: string): string;
  /** What the controls that others may change meanwhile are called; only then are both versions shown. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A form as its template gets it. */
export interface ShownForm {
  readonly slug: string;
  readonly title: string;
  readonly button: string;
  readonly fields: string;
  readonly address: string;
  readonly back: string;
  readonly version: number;
  /** When the form was shown: what was recorded later happened meanwhile. */
  readonly shownAt: string;
  readonly choices: Readonly<Record<string, unknown>>;
}

export const wordsFor = (words: string | ((family: FamilyPage) => string), family: FamilyPage): string => (typeof words === 'string' ? words : words(family));
