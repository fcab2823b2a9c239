import type { AuthorityCode } from '@app/authorities';
import { covers, type HeldRole, type Role } from './roles';

/** Everything that can be allowed, as `area.verb`. */
export const ACTIONS = [
  'enquiries.log',
  'enquiries.screen',
  'journeys.read',
  'journeys.work',
  'journeys.assign',
  'journeys.close',
  'journeys.reopen',
  'journeys.merge',
  'journeys.route',
  'journeys.correct',
  'assessments.read',
  'assessments.work',
  'assessments.manage',
  'panels.manage',
  'panels.attend',
  'decisions.make',
  'carers.read',
  'carers.work',
  'constellations.read',
  'constellations.work',
  'caseload.read',
  'worklist.read',
  'pipeline.read',
  'search.use',
  'reports.read',
  'reports.analyse',
  'reports.export',
  'reports.rows',
  'reports.comment',
  'reports.sign',
  'targets.manage',
  'staff.manage',
  'settings.manage',
  'websites.manage',
  'audit.read',
  'help.read',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What an action means, for people. */
export const ACTION_MEANINGS: Readonly<Record<Action, string>> = {
  'enquiries.log': 'Log an enquiry',
  'enquiries.screen': 'Release or refuse a suspected enquiry',
  'journeys.read': 'Read a family’s page',
  'journeys.work': 'Log calls and notes, move on, hold, edit the family',
  'journeys.assign': 'Assign an officer or social worker',
  'journeys.close': 'Close a journey',
  'journeys.reopen': 'Reopen a journey',
  'journeys.merge': 'Merge two journeys',
  'journeys.route': 'Route an enquiry to a council by hand',
  'journeys.correct': 'Correct a date in the history',
  'assessments.read': 'Read an assessment file',
  'assessments.work': 'Carry an assessment: checks, sessions, report',
  'assessments.manage': 'Decide stage 1, reassign, see the team’s loads',
  'panels.manage': 'Arrange panels, agendas and minutes',
  'panels.attend': 'Read the cases of one’s own panel',
  'decisions.make': 'Make the agency decision',
  'carers.read': 'Read the register of approved carers',
  'carers.work': 'Register carers, change terms, record reviews and leaving',
  'constellations.read': 'See constellations and the carers in them',
  'constellations.work': 'Run constellations: families, activities, reports',
  'caseload.read': 'See the caseload',
  'worklist.read': 'See the worklist',
  'pipeline.read': 'See the pipeline',
  'search.use': 'Search families',
  'reports.read': 'Read reports',
  'reports.analyse': 'Set authorities against chance',
  'reports.export': 'Take figures away as a file',
  'reports.rows': 'Take rows without names away for analysis',
  'reports.comment': 'Write the commentary of a saved report',
  'reports.sign': 'Sign a saved report off',
  'targets.manage': 'Set targets',
  'staff.manage': 'Invite staff, give and take roles',
  'settings.manage': 'Change settings',
  'websites.manage': 'Give and withdraw tokens of websites',
  'audit.read': 'Read the audit trail',
  'help.read': 'Read the help',
};

/** `yes`: wherever the role holds. `hub`: only when the role is for the whole hub. */
export type Grant = 'yes' | 'hub';

const given = (...actions: readonly Action[]): Partial<Record<Action, Grant>> => Object.fromEntries(actions.map((action) => [action, 'yes']));

const socialWorker = given('journeys.read', 'journeys.work', 'journeys.close', 'assessments.read', 'assessments.work', 'carers.read', 'carers.work', 'constellations.read', 'caseload.read', 'worklist.read', 'pipeline.read', 'search.use', 'help.read');
const panel = given('journeys.read', 'assessments.read', 'search.use', 'pipeline.read', 'help.read');

/** Role × action: the whole of who may do what. What is not here is refused. */
export const MATRIX: Readonly<Record<Role, Readonly<Partial<Record<Action, Grant>>>>> = {
  hub_manager: given(
    'enquiries.log',
    'enquiries.screen',
    'journeys.read',
    'journeys.work',
    'journeys.assign',
    'journeys.close',
    'journeys.reopen',
    'journeys.merge',
    'journeys.route',
    'journeys.correct',
    'carers.read',
    'carers.work',
    'constellations.read',
    'constellations.work',
    'worklist.read',
    'pipeline.read',
    'search.use',
    'reports.read',
    'reports.analyse',
    'reports.export',
    'reports.rows',
    'reports.sign',
    'targets.manage',
    'help.read',
  ),
  recruitment_officer: {
    ...given(
      'enquiries.log',
      'enquiries.screen',
      'journeys.read',
      'journeys.work',
      'journeys.assign',
      'journeys.close',
      'journeys.reopen',
      'worklist.read',
      'pipeline.read',
      'search.use',
      'help.read',
    ),
    'journeys.merge': 'hub',
    'journeys.route': 'hub',
  },
  social_worker: socialWorker,
  team_manager: { ...socialWorker, ...given('assessments.manage', 'constellations.work', 'journeys.assign', 'journeys.reopen', 'journeys.correct', 'journeys.merge', 'enquiries.log', 'reports.read', 'reports.export') },
  analyst: given('pipeline.read', 'reports.read', 'reports.analyse', 'reports.export', 'reports.rows', 'reports.comment', 'targets.manage', 'help.read'),
  liaison_worker: given('constellations.read', 'constellations.work', 'pipeline.read', 'help.read'),
  panel_administrator: { ...panel, ...given('panels.manage') },
  panel_member: given('panels.attend', 'help.read'),
  agency_decision_maker: { ...panel, ...given('decisions.make') },
  administrator: given('staff.manage', 'settings.manage', 'websites.manage', 'audit.read', 'help.read'),
};

/** Whether a held role grants an action at all. */
export function grants(held: HeldRole, action: Action): boolean {
  const grant = MATRIX[held.role][action];
  return grant === 'yes' || (grant === 'hub' && held.authority === null);
}

/**
 * Whether an actor may do something. With an authority: for its families (a role for the hub covers all of them and
 * the queue). With null: for the hub as a whole. Left out: anywhere at all, as a page's navigation asks.
 */
export function may(actor: { readonly roles: readonly HeldRole[] }, action: Action, authority?: AuthorityCode | null): boolean {
  return actor.roles.some((held) => grants(held, action) && (authority === undefined || covers(held, authority)));
}
