import { parseReference } from '@app/kernel';
import { z } from 'zod';
import { requiredLine, ticked } from '../../fields';
import type { FamilyForm } from '../family-form';

const schema = z.object({ reference: requiredLine(60, 'Enter the reference of the other journey').transform((text) => parseReference(text) ?? text), confirmed: ticked });

/** Merges this journey with another of the same household: first shown, then done. */
export const mergeForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'merge',
  action: 'journeys.merge',
  title: 'Merge with another journey',
  button: 'Merge',
  fields: 'staff/families/forms/merge',
  schema,
  offered: ({ mergedInto }) => mergedInto === null,
  fieldOf: () => 'reference',
};
