import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { z } from 'zod';
import { choice, requiredNote } from '../../fields';
import type { FamilyForm } from '../family-form';

const schema = z.object({ authority: choice(AUTHORITY_CODES, 'Choose a council'), reason: requiredNote('Write why this council') });

/** Routes a family to a council by hand, with the reason. */
export const routeForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'route',
  action: 'journeys.route',
  title: ({ journey }) => (journey.authority === 'unrouted' ? 'Route to a council' : 'Route to another council'),
  button: 'Route',
  fields: 'staff/families/forms/route',
  schema,
  offered: ({ journey }) => journey.status === 'open' || journey.status === 'on_hold',
  choices: ({ family }) => ({ councils: AUTHORITY_CODES.filter((code) => code !== family.journey.authority).map((value) => ({ value, text: AUTHORITY_NAMES[value] })), postcode: family.home.postcode }),
  fieldOf: () => 'authority',
};
