import type { AuthorityCode, Council } from '@app/authorities';

/** The roles of the hub, in the order in which pages list them. */
export const ROLES = [
  'hub_manager',
  'recruitment_officer',
  'social_worker',
  'team_manager',
  'analyst',
  'liaison_worker',
  'panel_administrator',
  'panel_member',
  'agency_decision_maker',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** The roles as people say them. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  hub_manager: 'Hub manager',
  recruitment_officer: 'Recruitment officer',
  social_worker: 'Social worker',
  team_manager: 'Team manager',
  analyst: 'Analyst',
  liaison_worker: 'Liaison worker',
  panel_administrator: 'Panel administrator',
  panel_member: 'Panel member',
  agency_decision_maker: 'Agency decision maker',
  administrator: 'Administrator',
};

/** Whether a role is for the whole hub, for one council, or for either. */
export const ROLE_REACH: Readonly<Record<Role, 'hub' | 'authority' | 'either'>> = {
  hub_manager: 'hub',
  recruitment_officer: 'either',
  social_worker: 'authority',
  team_manager: 'authority',
  analyst: 'either',
  liaison_worker: 'authority',
  panel_administrator: 'authority',
  panel_member: 'authority',
  agency_decision_maker: 'authority',
  administrator: 'hub',
};

/** A role that somebody holds: for one council, or (null) for the whole hub. */
export interface HeldRole {
  readonly role: Role;
  readonly authority: Council | null;
}

/** Whether a text is a role's code. */
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** Whether a role can be given for the whole hub (null) or for this council. */
export function reachFits(role: Role, authority: Council | null): boolean {
  const reach = ROLE_REACH[role];
  return reach === 'either' || (reach === 'hub') === (authority === null);
}

/** Whether a role covers an authority. The queue of enquiries that are not yet routed belongs to the hub's roles alone. */
export function covers(held: HeldRole, authority: AuthorityCode | null): boolean {
  return held.authority === null || held.authority === authority;
}

const REACH_WORDS: Readonly<Record<'hub' | 'authority' | 'either', string>> = {
  hub: 'is for the whole hub: leave the authority out',
  authority: 'is for one authority: say which',
  either: 'is for the whole hub or for one authority',
};

/** What a role may be held for, as a page or the command line says it. */
export const reachInWords = (role: Role): string => `${ROLE_NAMES[role]} ${REACH_WORDS[ROLE_REACH[role]]}`;
