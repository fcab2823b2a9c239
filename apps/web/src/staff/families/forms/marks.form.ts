import { z } from 'zod';
import { requiredNote } from '../../fields';
import type { FamilyForm } from '../family-form';

const kinshipSchema = z.object({ reason: requiredNote('Write why') });

/** Marks a journey as kinship, or takes the mark off: kinship is not mainstream fostering and is counted apart. */
export const kinshipForm: FamilyForm<z.output<typeof kinshipSchema>> = {
  slug: 'kinship',
  action: 'journeys.work',
  title: ({ journey }) => (journey.kinship ? 'Take the kinship mark off' : 'Mark as kinship'),
  button: ({ journey }) => (journey.kinship ? 'Take the mark off' : 'Mark as kinship'),
  fields: 'staff/families/forms/kinship',
  schema: kinshipSchema,
  offered: () => true,
  choices: ({ family }) => ({ marked: family.journey.kinship }),
  fieldOf: () => 'reason',
};

const safeguardingSchema = z.object({ note: requiredNote('Write what the concern is, or how it was resolved') });

/** Marks a safeguarding concern, or that it is resolved; what it is stays in a confidential note. */
export const safeguardingForm: FamilyForm<z.output<typeof safeguardingSchema>> = {
  slug: 'safeguarding',
  action: 'journeys.work',
  title: ({ journey }) => (journey.safeguarding ? 'Safeguarding concern resolved' : 'Mark a safeguarding concern'),
  button: ({ journey }) => (journey.safeguarding ? 'It is resolved' : 'Mark the concern'),
  fields: 'staff/families/forms/safeguarding',
  schema: safeguardingSchema,
  offered: () => true,
  choices: ({ family }) => ({ marked: family.journey.safeguarding }),
  fieldOf: () => 'note',
};
