import { assignableStaff, type AssignableStaff, type Blocker } from '@app/journeys';
import { AUTHORITY_NAMES } from '@app/authorities';
import { z } from 'zod';
import { one, optionalNote } from '../../fields';
import type { FamilyForm } from '../family-form';

const NOBODY = 'nobody';
const staffOrNobody = z.preprocess(one, z.union([z.literal(NOBODY), z.uuid('Choose somebody from the list')])).transform((value) => (value === NOBODY ? null : value));
const schema = z.object({ officer: staffOrNobody, social_worker: staffOrNobody, note: optionalNote });

const option = ({ staffId, name, authority }: AssignableStaff) => ({ value: staffId, text: `${name} (${authority === null ? 'hub' : AUTHORITY_NAMES[authority]})` });

/** Gives a family to an officer, a social worker or both. */
export const assignForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'assign',
  action: 'journeys.assign',
  title: 'Assign',
  button: 'Assign',
  fields: 'staff/families/forms/assign',
  schema,
  offered: ({ journey }) => journey.status === 'open' || journey.status === 'on_hold',
  values: ({ family }) => ({ officer: family.journey.officerId ?? NOBODY, social_worker: family.journey.socialWorkerId ?? NOBODY, note: '' }),
  async choices({ tx, family, actor }) {
    const staff = await assignableStaff(tx, family.journey.authority);
    const of = (as: AssignableStaff['as']) => [{ value: NOBODY, text: 'Nobody' }, ...staff.filter((one) => one.as === as).map(option)];
    return { officers: of('officer'), socialWorkers: of('social_worker'), me: actor.staffId };
  },
  fieldOf: ({ kind }: Blocker) => (kind === 'not_of_this_council' ? 'social_worker' : 'officer'),
};
