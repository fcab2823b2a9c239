import type { Blocker } from '@app/journeys';
import { dateInWords } from '@app/kernel';
import { z } from 'zod';
import { date, requiredNote } from '../../fields';
import type { FamilyForm } from '../family-form';

const schema = z.object({ until: date('Enter the date on which to come back to this family'), reason: requiredNote('Write why the journey rests') });

/** Rests a journey until a date: alerts pause, the measures go on. */
export const holdForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'hold',
  action: 'journeys.work',
  title: 'Put on hold',
  button: 'Put on hold',
  fields: 'staff/families/forms/hold',
  schema,
  offered: ({ journey }) => journey.status === 'open',
  fieldOf: ({ kind }: Blocker) => (kind === 'status' ? 'reason' : 'until'),
};

/** Brings a journey back from hold. */
export const resumeForm: FamilyForm<Record<string, never>> = {
  slug: 'resume',
  action: 'journeys.work',
  title: 'Bring back from hold',
  button: 'Bring back',
  fields: 'staff/families/forms/resume',
  schema: z.object({}).transform(() => ({})),
  offered: ({ journey }) => journey.status === 'on_hold',
  choices: ({ family }) => ({ until: family.journey.holdUntil && dateInWords(family.journey.holdUntil) }),
  fieldOf: () => 'resume',
};
