import type { AuditEntry } from '@app/audit';
import { AUTHORITY_NAMES } from '@app/authorities';
import { momentInWords } from '@app/kernel';
import { auditPath } from '../paths';

const ACTIONS: Readonly<Record<string, string>> = {
  sign_in: 'Signed in',
  'sign_in.refused': 'Sign-in refused',
  sign_out: 'Signed out',
  'audit.read': 'Read the audit trail',
  'enquiry.receive': 'An enquiry came in',
  'enquiry.again': 'A known family enquired again',
  'enquiry.held': 'An enquiry was kept aside',
  'enquiry.pass_on': 'Passed an enquiry on to another authority',
  'journey.read': 'Read a family’s page',
  'journey.assign': 'Assigned a family',
  'journey.attempt': 'Logged an attempt to reach a family',
  'journey.close': 'Closed a journey',
  'journey.conversation': 'Logged a conversation',
  'journey.correct': 'Corrected a date',
  'journey.hold': 'Put a family on hold',
  'journey.kinship': 'Changed the mark for kinship',
  'journey.merge': 'Merged two journeys',
  'journey.move': 'Moved a family on',
  'journey.note': 'Wrote a note',
  'journey.reopen': 'Reopened a journey',
  'journey.resume': 'Took a family back from hold',
  'journey.route': 'Routed a family by hand',
  'journey.safeguarding': 'Changed the mark for safeguarding',
  'journeys.import': 'Imported journeys',
  'report.download': 'Downloaded a report',
  'target.state': 'Stated a target',
  'staff.invite': 'Invited somebody',
  'staff.invite_again': 'Sent an invitation again',
  'staff.join': 'Chose a first password',
  'staff.ask_password_reset': 'Asked for a new password',
  'staff.password_reset': 'Chose a new password',
  'staff.grant_role': 'Gave a role',
  'staff.revoke_role': 'Took a role back',
  'staff.leave': 'Ended a sign-in: somebody left',
  'journey.hand_over': 'Handed a family over',
  'website.give_token': 'Gave a website a token',
  'website.withdraw_token': 'Withdrew a website’s token',
  'time_limit.add': 'Added a time limit',
  'opening_hours.add': 'Changed opening hours',
  'closure_day.add': 'Added a closure day',
  'closure_day.remove': 'Removed a closure day',
  'authority_details.add': 'Changed how a council is reached',
  'postcodes.import': 'Imported postcodes',
};

/** An action as people say it; one without words of its own is spelt out: "journey.move" is "Journey: move". */
export function actionInWords(action: string): string {
  const known = ACTIONS[action];
  if (known !== undefined) return known;
  const spelt = action.replace(/_/g, ' ').replace('.', ': ');
  return `${spelt.charAt(0).toUpperCase()}${spelt.slice(1)}`;
}

const SUBJECTS: Readonly<Record<string, string>> = { journey: 'Family', household: 'Household', contact: 'Enquiry', staff: 'Member of staff', settings: 'Setting', report: 'Report', website: 'Website', session: 'Session', audit: 'Audit', import: 'Import' };

/** What the filters say, as the address has them. */
export interface AuditQuestion {
  readonly who: string;
  readonly what: string;
  readonly about: string;
}

/** One line of the trail as the page shows it, with links to all by this person and all about this subject. */
export function auditRow(entry: AuditEntry, question: AuditQuestion, staffNames: ReadonlyMap<string, string>): object {
  return {
    at: momentInWords(entry.at),
    who: entry.staffName ?? actorInWords(entry.actorKind),
    what: actionInWords(entry.action),
    subject: SUBJECTS[entry.subjectKind] ?? entry.subjectKind,
    subjectId: staffNames.get(entry.subjectId) ?? entry.subjectId,
    subjectHref: auditPath({ ...question, about: entry.subjectId }),
    authority: authorityInWords(entry.authority),
    address: entry.address ?? '',
    requestId: entry.requestId ?? '',
    detail: Object.entries(entry.detail).map(([name, value]) => `${name.replace(/_/g, ' ')}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  };
}

function actorInWords(kind: string): string {
  if (kind.startsWith('system:')) return `The system (${kind.slice('system:'.length)})`;
  if (kind === 'public') return 'The public';
  return kind === 'gate' ? 'Sign-in' : kind;
}

function authorityInWords(code: string | null): string {
  const names: Readonly<Record<string, string | undefined>> = AUTHORITY_NAMES;
  return code === null ? '' : (names[code] ?? code);
}
