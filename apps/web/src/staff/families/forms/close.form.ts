import { type Blocker, CLOSE_REASON_NAMES, CLOSE_REASONS, CLOSED_BY, CLOSED_BY_NAMES, type ClosedBy, type CloseReason, isClosedBy, isCloseReasonOf } from '@app/journeys';
import { z } from 'zod';
import { date, one, optionalNote, requiredNote } from '../../fields';
import type { FamilyForm } from '../family-form';

/** Who ended it and why, as one choice: "applicant:changed_mind". */
const whoAndWhy = z.preprocess(one, z.string()).transform((text, context): { readonly by: ClosedBy; readonly reason: CloseReason } => {
  const [by = '', reason = ''] = text.split(':');
  if (isClosedBy(by) && isCloseReasonOf(by, reason)) return { by, reason };
  context.addIssue({ code: 'custom', message: 'Choose who ended it and why' });
  return z.NEVER;
});

const closeSchema = z.object({ why: whoAndWhy, on: date('Enter the date of the close'), note: optionalNote });

/** Ends a journey without approval. */
export const closeForm: FamilyForm<z.output<typeof closeSchema>> = {
  slug: 'close',
  action: 'journeys.close',
  title: 'Close without approval',
  button: 'Close',
  fields: 'staff/families/forms/close',
  schema: closeSchema,
  offered: ({ journey }) => journey.status === 'open' || journey.status === 'on_hold',
  values: ({ today }) => ({ why: '', on: today, note: '' }),
  choices: ({ today }) => ({
    today,
    groups: CLOSED_BY.map((by) => ({ label: CLOSED_BY_NAMES[by], reasons: CLOSE_REASONS[by].map((reason) => ({ value: `${by}:${reason}`, text: CLOSE_REASON_NAMES[reason] })) })),
  }),
  fieldOf: ({ kind }: Blocker) => (kind === 'status' || kind === 'reason_of_another' || kind === 'reason_too_early' ? 'why' : 'on'),
};

const reopenSchema = z.object({ reason: requiredNote('Write why it is reopened') });

/** Opens a closed journey again. */
export const reopenForm: FamilyForm<z.output<typeof reopenSchema>> = {
  slug: 'reopen',
  action: 'journeys.reopen',
  title: 'Reopen',
  button: 'Reopen',
  fields: 'staff/families/forms/reopen',
  schema: reopenSchema,
  offered: ({ journey }) => journey.status === 'closed',
  fieldOf: () => 'reason',
};
