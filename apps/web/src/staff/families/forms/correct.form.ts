import { type Blocker, type Milestone, MILESTONE_MEANINGS, milestonesOf, MOVES } from '@app/journeys';
import { momentInWords, shortDateInWords } from '@app/kernel';
import { z } from 'zod';
import { choice, momentOf, one, parseTypedDate, requiredNote, ticked } from '../../fields';
import type { FamilyForm } from '../family-form';

type Correctable = Exclude<Milestone, 'enquiry'> | 'first_response';
const CORRECTABLE: readonly [Correctable, ...Correctable[]] = ['first_response', ...MOVES.map(({ milestone }) => milestone)];

/** What is corrected, and to what: null when it never happened. */
export type Correction = { readonly reason: string } & ({ readonly what: 'first_response'; readonly to: Date | null } | { readonly what: Exclude<Milestone, 'enquiry'>; readonly to: ReturnType<typeof parseTypedDate> });

const schema = z
  .object({ what: choice(CORRECTABLE, 'Choose what is wrong'), on: z.preprocess(one, z.string()), at: z.preprocess(one, z.string()), never: ticked, reason: requiredNote('Write what was wrong, for whoever reads this later') })
  .transform(({ what, on, at, never, reason }, context): Correction => {
    const wrong = (field: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    if (what === 'first_response') {
      if (never) return { what, to: null, reason };
      const moment = momentOf(on, at);
      if (!moment.ok) return wrong(moment.field, moment.text);
      return moment.at ? { what, to: moment.at, reason } : wrong('on', 'Enter when the first response was, or tick that there was none');
    }
    if (never) return { what, to: null, reason };
    const to = parseTypedDate(on);
    return to ? { what, to, reason } : wrong('on', on.trim() === '' ? 'Enter the right date, or tick that it did not happen' : 'Enter a real date, such as 24/11/2026');
  });

/** Corrects a date of the history: the wrong one is kept as superseded, with the reason. */
export const correctForm: FamilyForm<Correction> = {
  slug: 'correct',
  action: 'journeys.correct',
  title: 'Correct a date',
  button: 'Correct',
  fields: 'staff/families/forms/correct',
  schema,
  offered: () => true,
  choices: ({ family: { journey }, today }) => {
    const dates = milestonesOf(journey);
    return {
      today,
      facts: CORRECTABLE.map((value) => {
        if (value === 'first_response') return { value, text: 'First response', hint: { text: journey.firstResponseAt ? momentInWords(journey.firstResponseAt) : 'None recorded' } };
        const on = dates[value];
        return { value, text: MILESTONE_MEANINGS[value].name, hint: { text: on ? shortDateInWords(on) : 'None recorded' } };
      }),
    };
  },
  fieldOf: ({ kind }: Blocker) => (kind === 'nothing_to_correct' || kind === 'already' ? 'what' : 'on'),
};
