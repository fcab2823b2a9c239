import type { StaffActor } from '@app/access';
import { covers } from '@app/access';
import type { AuthorityCode } from '@app/authorities';

/** What decides about a family's confidential entries. */
export interface FamilyInCare {
  readonly authority: AuthorityCode;
  readonly officerId: string | null;
  readonly socialWorkerId: string | null;
}

/**
 * Whether somebody sees all confidential entries of a family: its own officer and social worker, and the managers who
 * answer for them. Everybody else sees only what they wrote themselves, and nothing tells them that there is more.
 */
export function seesConfidential(actor: Pick<StaffActor, 'staffId' | 'roles'>, family: FamilyInCare): boolean {
  if (actor.staffId === family.officerId || actor.staffId === family.socialWorkerId) return true;
  return actor.roles.some((held) => (held.role === 'hub_manager' || held.role === 'team_manager') && covers(held, family.authority));
}
