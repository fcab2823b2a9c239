import type { Rung } from './alert-ladder';
import type { TimeLimitRule } from './time-limit';

/** Whom an alert goes to: one member of staff, or all who hold a role for the hub or for an authority. */
export type Audience =
  | { readonly kind: 'staff'; readonly staffId: string }
  | { readonly kind: 'role'; readonly role: 'recruitment_officer' | 'team_manager' | 'agency_decision_maker' | 'hub_manager'; readonly authority: string | null };

/** What decides whom an alert goes to. */
export interface AlertedJourney {
  readonly rung: Rung;
  /** `unrouted` while nobody has decided whose family it is. */
  readonly authority: string;
  /** The assigned officer, if there is one who still works here. */
  readonly officerId: string | null;
  /** The assigned social worker, likewise. */
  readonly socialWorkerId: string | null;
  readonly rule: TimeLimitRule;
}

const HUB_MANAGERS: Audience = { kind: 'role', role: 'hub_manager', authority: null };

/**
 * The warning goes to whoever is to act: for a first response the assigned officer, or every officer who may see the family; for an
 * assessment its social worker, or the team manager; for a decision the agency decision maker. At the due time the
 * team manager learns of it too; for a family that has no authority yet, the hub manager. The escalation goes to the hub manager.
 */
export function audienceOf(alert: AlertedJourney): readonly Audience[] {
  switch (alert.rung) {
    case 'warning':
      return thoseToAct(alert);
    case 'breach':
      return [...thoseToAct(alert), alert.authority === 'unrouted' ? HUB_MANAGERS : { kind: 'role', role: 'team_manager', authority: alert.authority }];
    case 'escalation':
      return [HUB_MANAGERS];
  }
}

/** Who hears of it when nobody of the audience is there: an alert that reaches nobody would be no alert. */
export const LAST_RESORT: readonly Audience[] = [HUB_MANAGERS];

const DECISION_MAKERS_WORK: readonly TimeLimitRule[] = ['decision', 'told_orally', 'told_in_writing'];
const SOCIAL_WORKERS_WORK: readonly TimeLimitRule[] = ['stage_1_outcome', 'recommendation', 'representations', 'irm_papers', 'panel_papers'];

function thoseToAct(alert: AlertedJourney): readonly Audience[] {
  if (DECISION_MAKERS_WORK.includes(alert.rule)) return [{ kind: 'role', role: 'agency_decision_maker', authority: alert.authority }];
  if (!SOCIAL_WORKERS_WORK.includes(alert.rule)) return officersOf(alert);
  return [alert.socialWorkerId === null ? { kind: 'role', role: 'team_manager', authority: alert.authority } : { kind: 'staff', staffId: alert.socialWorkerId }];
}

function officersOf({ authority, officerId }: AlertedJourney): readonly Audience[] {
  if (officerId !== null) return [{ kind: 'staff', staffId: officerId }];
  const ofTheHub: Audience = { kind: 'role', role: 'recruitment_officer', authority: null };
  return authority === 'unrouted' ? [ofTheHub] : [ofTheHub, { kind: 'role', role: 'recruitment_officer', authority }];
}
