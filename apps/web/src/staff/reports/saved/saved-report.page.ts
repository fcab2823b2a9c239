import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { dateInWords, financialYearOf, type LocalDate, localDateOf, momentInWords, parseLocalDate, shortDateInWords } from '@app/kernel';
import { CLOSED_BY_NAMES, MILESTONE_MEANINGS, isMilestone } from '@app/journeys';
import { type Cadence, CADENCE_NAMES, type CauseOfChange, type ChangeOfHistory, FIGURE_LINES, type FigureKind, type ListedReport, type SavedReport, sha256Of } from '@app/publications';
import type { KpiBlock } from '@app/reports';
import { count, listInWords, percent } from '../../../platform/words';
import { decimal, table, type Table } from '../sections/cells';
import { keyFigures } from '../sections/key-figures';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "October 2026", or "July to September 2026 (second quarter of 2026–27)". */
export function periodInWords(cadence: Cadence, from: LocalDate, to: LocalDate): string {
  const month = (date: LocalDate): string => MONTH.format(new Date(`${date}T00:00:00Z`));
  if (cadence === 'month') return month(from);
  const quarter = ['first', 'second', 'third', 'fourth'][Math.floor(((Number(from.slice(5, 7)) + 8) % 12) / 3)] ?? '';
  return `${month(from).split(' ')[0] ?? ''} to ${month(to)} (${quarter} quarter of ${financialYearOf(from).label})`;
}

/** Whom a saved report is of. */
export function subjectInWords(authority: string | null): string {
  return authority === null ? 'The hub' : AUTHORITY_NAMES[authority as AuthorityCode];
}

/** A line of the list of saved reports. */
export function listedReport({ id, cadence, authority, from, to, version, madeAt, commented, signedAt, signedBy }: ListedReport) {
  return {
    href: savedPath(id),
    period: periodInWords(cadence, from, to),
    cadence: CADENCE_NAMES[cadence],
    of: subjectInWords(authority),
    version,
    saved: shortDateInWords(localDateOf(madeAt)),
    state: signedAt !== null ? { text: 'Signed off', tone: 'good', more: signedBy } : commented ? { text: 'To be signed off', tone: 'wait', more: null } : { text: 'Without commentary', tone: 'quiet', more: null },
  };
}

/** The address of a saved report. */
export const savedPath = (id: string): string => `/staff/reports/saved/${id}`;

/** Everything that the page of a saved report shows of it. */
export function savedReportPage(report: SavedReport) {
  const { figures } = report;
  const scopes = report.authority === null ? ['total', ...Object.keys(figures.byAuthority)] : ['total'];
  const blockOf = (scope: string): KpiBlock => (scope === 'total' ? figures.total : (figures.byAuthority[scope] ?? figures.total));
  const scopeName = (scope: string): string => (scope === 'total' ? (report.authority === null ? 'Total' : subjectInWords(report.authority)) : AUTHORITY_NAMES[scope as AuthorityCode]);
  const sections = [...new Set(FIGURE_LINES.map(({ section }) => section))];
  return {
    ...listedReport(report),
    id: report.id,
    facts: [
      { key: 'Period', value: `${dateInWords(report.from)} to ${dateInWords(report.to)}` },
      { key: 'As at', value: `The end of ${dateInWords(report.asAt)}` },
      { key: 'As it was known', value: momentInWords(report.knownAt) },
      { key: 'Saved', value: momentInWords(report.madeAt) },
      { key: 'Definitions', value: `Version ${report.definitions}` },
      { key: 'Data quality', value: `${count(report.toMend)} things in the records were impossible or missing then` },
      { key: 'Fingerprint (SHA-256)', value: report.sha256 },
      { key: 'Checked now', value: sha256Of(report.content) === report.sha256 ? 'The figures are those that were saved: their fingerprint is the same' : 'The figures do not have the fingerprint that was saved with them' },
    ],
    keyFigures: keyFigures({ now: figures.total, before: null }).map((figure) => ({ ...figure, href: '' })),
    tables: sections.map((section): Table => table(section, ['Figure', ...scopes.map(scopeName)], FIGURE_LINES.filter((line) => line.section === section).map(({ name, kind, of }) => [name, ...scopes.map((scope) => figureInWords(of(blockOf(scope)), kind))]))),
    changes: report.changes.length === 0 ? null : table('Figures that changed', ['Figure', 'Of', 'Before', 'Now'], report.changes.map(({ scope, name, kind, before, after }) => [name, scopeName(scope), figureInWords(before, kind), figureInWords(after, kind)]), 2),
    causes: report.causes.listed.map(causeLine),
    journeysMoved: report.causes.journeys,
    notListed: report.causes.journeys - report.causes.listed.length,
    versions: report.versions.map(({ id, version, madeAt }) => ({ href: savedPath(id), text: `Version ${String(version)}, saved on ${shortDateInWords(localDateOf(madeAt))}`, current: id === report.id })),
    newest: report.versions[0]?.id === report.id ? null : savedPath(report.versions[0]?.id ?? report.id),
    commentary: report.commentary === null ? null : { ...report.commentary, written: `${report.commentary.writtenBy}, ${momentInWords(report.commentary.writtenAt)}`, paragraphs: report.commentary.words.split(/\n\s*\n/) },
    signed: report.signedAt === null ? null : `Signed off by ${report.signedBy ?? ''} on ${momentInWords(report.signedAt)}.`,
    todayHref: `/staff/reports?${new URLSearchParams({ from: report.from, to: report.to, asAt: report.asAt, knownAt: figures.knownAt, ...(report.authority === null ? {} : { authority: report.authority }) }).toString()}`,
    exportHref: `/staff/reports/export?${new URLSearchParams({ what: 'saved', report: report.id }).toString()}`,
  };
}

/** A figure as tables for people have it. */
export function figureInWords(value: number | null, kind: FigureKind): string {
  if (value === null) return '–';
  return kind === 'count' ? count(value) : kind === 'share' ? percent(value) : decimal(value);
}

/** What merges gave as their reason at first: the code of the close that they made. Nothing but a merge takes a close back. */
const TAKEN_BACK_BY_A_MERGE = 'duplicate';

/** A journey whose history is another: what of it, from what to what, why, and since when that is known. */
function causeLine({ reference, changes }: CauseOfChange) {
  const reasons = [...new Set(changes.flatMap(({ what, reason }) => (what === 'closed' && reason === TAKEN_BACK_BY_A_MERGE ? 'Merged with another journey' : (reason ?? []))))];
  const late = changes.some(({ reason }) => reason === null);
  const known = changes.map(({ knownAt }) => knownAt).sort().at(-1);
  const brought = changes.filter(({ reason, before, authorityBefore }) => reason === null && before === null && authorityBefore === null);
  return {
    reference,
    changes: [...changes.filter((change) => !brought.includes(change)).map((change) => `${whatInWords(change.what)}: ${changeInWords(change)}`), ...(brought.length === 0 ? [] : [`Added: ${listInWords(brought.map(addedInWords))}`])],
    why: [...reasons, ...(late ? [reasons.length === 0 ? 'Recorded late' : 'The rest was recorded late'] : [])],
    known: known === undefined ? '' : momentInWords(new Date(known)),
  };
}

function whatInWords(what: string): string {
  if (isMilestone(what)) return MILESTONE_MEANINGS[what].name;
  const names: Readonly<Partial<Record<string, string>>> = { contact: 'Contact', first_response: 'First response', closed: 'Close', reopened: 'Reopening', held: 'Hold', resumed: 'End of a hold', routed: 'Authority', kinship_marked: 'Marked as kinship', kinship_cleared: 'Mark of kinship taken off' };
  return names[what] ?? CLOSED_BY_NAMES.service;
}

/** "initial application (12 Oct 2026)": one of several things that were recorded late. */
function addedInWords({ what, after, authority }: ChangeOfHistory): string {
  return `${authority === null ? whatInWords(what).toLowerCase() : authorityInWords(authority)} (${day(after)})`;
}

function changeInWords({ before, after, authority, authorityBefore }: ChangeOfHistory): string {
  if (authority !== null && authorityBefore !== null) return `from ${authorityInWords(authorityBefore)} to ${authorityInWords(authority)} on ${day(after)}`;
  if (before === null) return `added, ${day(after)}`;
  return after === null ? `${day(before)} taken back` : before === after ? `corrected on the same day, ${day(after)}` : `from ${day(before)} to ${day(after)}`;
}

function day(date: string | null): string {
  const read = date === null ? null : parseLocalDate(date);
  return read === null ? '' : shortDateInWords(read);
}

const authorityInWords = (code: string): string => AUTHORITY_NAMES[code as AuthorityCode];
