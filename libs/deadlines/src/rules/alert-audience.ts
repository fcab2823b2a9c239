import type { Rung } from './alert-ladder';

/** Whom an alert goes to: one member of staff, or all who hold a role for the hub or for an authority. */
export type Audience =
  | { readonly kind: 'staff'; readonly staffId: string }
  | { readonly kind: 'role'; readonly role: 'recruitment_officer' | 'team_manager' | 'hub_manager'; readonly authority: string | null };

/** What decides whom an alert goes to. */
export interface AlertedJourney {
  readonly rung: Rung;
  /** `unrouted` while nobody has decided whose family it is. */
  readonly authority: string;
  /** The assigned officer, if there is one who still works here. */
  readonly officerId: string | null;
}

const HUB_MANAGERS: Audience = { kind: 'role', role: 'hub_manager', authority: null };

/**
 * The warning goes to whoever is to ring: the assigned officer, or every officer who may see the family. At the due time the
 * team manager learns of it too; for a family that has no authority yet, the hub manager. The escalation goes to the hub manager.
 */
export function audienceOf(alert: AlertedJourney): readonly Audience[] {
  switch (alert.rung) {
    case 'warning':
      return officersOf(alert);
    case 'breach':
      return [...officersOf(alert), alert.authority === 'unrouted' ? HUB_MANAGERS : { kind: 'role', role: 'team_manager', authority: alert.authority }];
    case 'escalation':
      return [HUB_MANAGERS];
  }
}

/** Who hears of it when nobody of the audience is there: an alert that reaches nobody would be no alert. */
export const LAST_RESORT: readonly Audience[] = [HUB_MANAGERS];

function officersOf({ authority, officerId }: AlertedJourney): readonly Audience[] {
  if (officerId !== null) return [{ kind: 'staff', staffId: officerId }];
  const ofTheHub: Audience = { kind: 'role', role: 'recruitment_officer', authority: null };
  return authority === 'unrouted' ? [ofTheHub] : [ofTheHub, { kind: 'role', role: 'recruitment_officer', authority }];
}
