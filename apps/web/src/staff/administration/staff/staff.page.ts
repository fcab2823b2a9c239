import { type HeldRole, type ListedStaff, type Role, ROLE_NAMES, ROLE_REACH, ROLES } from '@app/access';
import { AUTHORITY_CODES, AUTHORITY_NAMES, type Council } from '@app/authorities';
import { localDateOf, momentInWords, shortDateInWords } from '@app/kernel';
import { leavePath, memberPath } from '../paths';
import { WHOLE_HUB } from './staff.form';

/** A choice in a select. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

export const authorityInWords = (authority: Council | null): string => (authority === null ? 'the whole hub' : AUTHORITY_NAMES[authority]);
export const heldInWords = ({ role, authority }: HeldRole): string => `${ROLE_NAMES[role]}, ${authorityInWords(authority)}`;

const STATES: Readonly<Record<ListedStaff['state'], { readonly text: string; readonly tone: string }>> = {
  invited: { text: 'Invited', tone: 'wait' },
  active: { text: 'Active', tone: 'good' },
  left: { text: 'Left', tone: 'quiet' },
};

const REACH_IN_WORDS = { hub: 'the whole hub', authority: 'one authority', either: 'the whole hub or one authority' } as const;

export const roleChoices: readonly Choice[] = [{ value: '', text: 'Choose a role' }, ...ROLES.map((role: Role) => ({ value: role, text: `${ROLE_NAMES[role]} (${REACH_IN_WORDS[ROLE_REACH[role]]})` }))];
export const reachChoices: readonly Choice[] = [{ value: '', text: 'Choose' }, { value: WHOLE_HUB, text: 'The whole hub' }, ...AUTHORITY_CODES.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))];

/** A member of staff as the list shows them. */
export function staffRow(staff: ListedStaff): object {
  return {
    href: memberPath(staff.staffId),
    name: staff.name,
    email: staff.email,
    state: STATES[staff.state],
    roles: staff.roles.map(heldInWords),
    lastSignedIn: staff.lastSignedInAt ? momentInWords(staff.lastSignedInAt) : 'Never',
  };
}

/** A member of staff as their own page shows them. */
export function staffMemberPage(staff: ListedStaff): object {
  return {
    ...staffRow(staff),
    isInvited: staff.state === 'invited',
    hasLeft: staff.state === 'left',
    leaveHref: leavePath(staff.staffId),
    roles: staff.roles.map((held) => ({ id: held.id, text: heldInWords(held), since: shortDateInWords(localDateOf(held.grantedAt)) })),
    since: shortDateInWords(localDateOf(staff.createdAt)),
    left: staff.leftAt ? momentInWords(staff.leftAt) : null,
  };
}
