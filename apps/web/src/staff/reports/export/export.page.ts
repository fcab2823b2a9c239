import { AUTHORITY_NAMES, type AuthorityCode, REPORTED_AUTHORITIES } from '@app/authorities';
import { dateInWords, financialYearOf, localDateOf, momentInWords, shortDateInWords } from '@app/kernel';
import type { AskedOfFile, ExportSubject, PreparedExport, PublicationCopy } from '@app/publications';
import { countOf, listInWords } from '../../../platform/words';
import { periodInWords, subjectInWords } from '../saved/saved-report.page';

/** What a file is of, and what it could be set against if it were published. */
export function aboutFile(subject: ExportSubject, { asked, saved, toMend, beside, withinAMonth }: PreparedExport) {
  const mend = `${countOf(toMend, 'thing in the records is', 'things in the records are')} impossible or missing`;
  return {
    lines: [...linesOf(subject, asked, saved), mend],
    wholeMonths: withinAMonth === null,
    beside: beside.map(copyInWords),
    besideIds: beside.map(({ id }) => id).join(' '),
  };
}

function linesOf(subject: ExportSubject, asked: AskedOfFile, saved: PreparedExport['saved']): string[] {
  const { period: { from, to }, asAt, knownAt } = asked;
  const known = knownAt === null ? [] : [`As it was known on ${momentInWords(knownAt)}`];
  if (saved !== null) return [`The saved report: ${subjectInWords(saved.authority)}, ${periodInWords(saved.cadence, saved.from, saved.to)}`, `Version ${String(saved.version)}`, saved.signedAt === null ? 'Not signed off: the file says so' : `Signed off on ${momentInWords(saved.signedAt)}`];
  if (subject.what === 'year') return [`The year ${financialYearOf(from).label} as Ofsted counts it, ${ofWhom(asked)}`, `As at the end of ${dateInWords(asAt)}`, ...known];
  const asAtNow = subject.what === 'kpi' && subject.question.asAt == null;
  return [`The report ${ofWhom(asked)}`, `${dateInWords(from)} to ${dateInWords(to)}`, asAtNow ? 'As at now' : `As at the end of ${dateInWords(asAt)}`, ...known];
}

/** "of the hub", "for Derby", "of enquiries that are not yet routed". */
function ofWhom({ authorities }: Pick<AskedOfFile, 'authorities'>): string {
  const [only] = authorities;
  if (authorities.length === REPORTED_AUTHORITIES.length) return 'of the hub and each of its councils';
  if (authorities.length === 1 && only === 'unrouted') return 'of enquiries that are not yet routed to a council';
  return `for ${listInWords(authorities.map((code) => AUTHORITY_NAMES[code as AuthorityCode]))}`;
}

/** One earlier copy: which, when and by whom. */
function copyInWords({ what, period, asAt, takenAt, takenBy, ...copy }: PublicationCopy): string {
  const which = what === 'year' ? `The year ${financialYearOf(period.from).label} as Ofsted counts it,` : what === 'saved' ? 'A saved report' : 'The report';
  return `${which} ${ofWhom(copy)}, ${shortDateInWords(period.from)} to ${shortDateInWords(period.to)}, as at ${shortDateInWords(asAt)}: taken on ${shortDateInWords(localDateOf(takenAt))} by ${takenBy ?? 'somebody who is not known'}`;
}
