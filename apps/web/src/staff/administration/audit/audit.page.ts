import type { AuditEntry } from '@app/audit';
import { AUTHORITY_NAMES } from '@app/authorities';
import { momentInWords } from '@app/kernel';
import { auditPath } from '../paths';
import { actionInWords } from './action-words';
import { detailInWords } from './detail-in-words';

const SUBJECTS: Readonly<Record<string, string>> = {
  journey: 'Family', household: 'Household', contact: 'Enquiry', staff: 'Member of staff', settings: 'Setting', report: 'Report', website: 'Website', session: 'Session', audit: 'Audit',
  import: 'Import', carer: 'Carers', constellation: 'Constellation', records: 'Records',
};

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
    detail: detailInWords(entry.detail, staffNames),
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
