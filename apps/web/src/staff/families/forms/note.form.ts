import { z } from 'zod';
import { requiredNote, ticked } from '../../fields';
import type { FamilyForm } from '../family-form';

const schema = z.object({ note: requiredNote('Write the note'), confidential: ticked });

/** A note in the timeline. */
export const noteForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'note',
  action: 'journeys.work',
  title: 'Add a note',
  button: 'Add the note',
  fields: 'staff/families/forms/note',
  schema,
  offered: () => true,
  fieldOf: () => 'note',
};
