import type { NewMember } from '@app/journeys';
import { z } from 'zod';
import { choice, optionalDate, optionalLine, requiredLine } from '../../fields';
import type { FamilyForm } from '../family-form';

export const MEMBER_KIND_NAMES = { adult: 'Adult', child: 'Child', lodger: 'Lodger' } as const;
const KINDS = ['adult', 'child', 'lodger'] as const;

const schema = z
  .object({ name: requiredLine(100, 'Enter a name'), kind: choice(KINDS, 'Choose adult, child or lodger'), relationship: optionalLine(100, 'The relationship'), born_on: optionalDate })
  .transform(({ born_on: bornOn, ...member }): NewMember => ({ ...member, bornOn }));

/** Adds somebody who lives in the household and does not apply. */
export const membersForm: FamilyForm<NewMember> = {
  slug: 'members',
  action: 'journeys.work',
  title: 'Add somebody who lives there',
  button: 'Add',
  fields: 'staff/families/forms/members',
  schema,
  offered: () => true,
  choices: ({ today }) => ({ today, kinds: KINDS.map((value) => ({ value, text: MEMBER_KIND_NAMES[value] })) }),
  fieldOf: ({ kind }) => (kind === 'birth_date' ? 'born_on' : 'name'),
};
