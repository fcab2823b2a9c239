import type { StaffActor } from '@app/access';
import type { AuthorityCode } from '@app/authorities';
import type { Channel } from '../rules/channels';
import type { Stage } from '../rules/milestones';

/**
 * The groups of the worklist, as the page shows them. `overdue`, `today` and `next` need the reader's side to act;
 * `waiting` needs somebody else first; `back` is back from hold; `held` rests until its date and is shown on request.
 */
export const WORKLIST_GROUPS = ['overdue', 'today', 'next', 'waiting', 'back', 'held'] as const;
export type WorklistGroup = (typeof WORKLIST_GROUPS)[number];

/** Whose turn a step can be: the hub's officers until the initial application, the council's social workers after it. */
export type Side = 'hub' | 'authority';

/** Whose families: one's own and those that nobody has yet, or one of these alone, or those of a member of staff by id. */
export const WHOSE = ['mine_or_nobodys', 'mine', 'nobodys', 'everybodys'] as const;
export type Whose = (typeof WHOSE)[number] | { readonly staffId: string };

export interface WorklistFilters {
  readonly whose: Whose;
  readonly authority?: AuthorityCode;
  readonly stage?: Stage;
  readonly channel?: Channel;
  readonly source?: string;
  /** Name, reference, telephone, postcode or address of mail, as typed. */
  readonly text?: string;
}

/**
 * The sides that somebody acts for. Managers answer for both; a recruitment officer of one council does all the work of
 * its enquiries, one of the hub hands over after the initial application.
 */
export function sidesOf(actor: Pick<StaffActor, 'roles'>): readonly Side[] {
  const sides = new Set<Side>();
  for (const { role, authority } of actor.roles) {
    if (role === 'hub_manager' || role === 'team_manager') sides.add('hub').add('authority');
    if (role === 'recruitment_officer') sides.add('hub');
    if (role === 'social_worker' || (role === 'recruitment_officer' && authority !== null)) sides.add('authority');
  }
  return [...sides];
}

/** Managers look after everybody's families, everyone else first after their own and those that nobody has. */
export function usuallyLooksAfter(actor: Pick<StaffActor, 'roles'>): Whose {
  return actor.roles.some(({ role }) => role === 'hub_manager' || role === 'team_manager') ? 'everybodys' : 'mine_or_nobodys';
}
