import { addDays, addMonthsClamped } from '@app/kernel';
import { CLOSE_REASONS, EXCLUDING_REASONS, MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { KpiBlock, KpiReport } from '@app/reports';
import { FIGURE_LINES, type FigureLine } from './figure-lines';
import { type CountCell, SMALLEST_SHOWN, type Sum, suppressed } from './suppression';

/** The total, and each authority by its code. */
export const TOTAL = 'total';

/** One figure under two names: what hides one hides the other. */
const SAME_AS: Readonly<Record<string, string>> = {
  'funnel.enquiry': 'enquiries',
  'conversion.cohort.approved': 'funnel.approved',
  'conversion.period.approvals': 'turnaround.approvals',
  'dropOut.byReason.no_response': 'dropOut.byWho.no_contact',
};

/** Approvals have two clocks, and the later start gives the fewer days: what is told of one bounds the other. */
const APPROVAL_CLOCKS = ['turnaround.approvals', 'turnaround.withinSixMonths', 'processing.approvals', 'processing.withinEightMonths'];
const RESPONSE_CLOCK = ['firstResponse.counted', 'firstResponse.withinStandard'];

/** A figure in the middle of single families' days or hours: of how many at least, and which share of them lies below it. */
interface Middle {
  readonly of: (block: KpiBlock) => number;
  readonly below: number;
}

/**
 * Medians, percentiles and means. A 90th percentile within the limit says that no more than one in ten was late, so that the
 * late can be counted where families are few.
 */
const MIDDLES: Readonly<Record<string, Middle>> = {
  // Of those answered, as many as were answered in time for certain.
  'firstResponse.medianWorkingHours': { of: ({ firstResponse }) => firstResponse.withinStandard, below: 0.5 },
  'firstResponse.p90WorkingHours': { of: ({ firstResponse }) => firstResponse.withinStandard, below: 0.9 },
  ...Object.fromEntries((['turnaround', 'processing'] as const).flatMap((part) => Object.entries({ medianDays: 0.5, meanDays: 0.5, p90Days: 0.9 }).map(([figure, below]): [string, Middle] => [`${part}.${figure}`, { of: (block) => block[part].approvals, below }]))),
};

/**
 * What a figure is made of: it is shown only where all of these counts are. A share then says nothing new; a middle of a
 * clock says nothing of who was late that is not told already.
 */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  'firstResponse.rate': ['firstResponse.withinStandard', 'firstResponse.counted'],
  'conversion.period.rate': ['turnaround.approvals', 'enquiries'],
  'conversion.cohort.rate': ['funnel.approved', 'enquiries'],
  'conversion.cohort.low': ['funnel.approved', 'enquiries'],
  'conversion.cohort.high': ['funnel.approved', 'enquiries'],
  'dropOut.rate': ['dropOut.closed', 'enquiries'],
  ...Object.fromEntries(MILESTONES_BEFORE_APPROVAL.map((milestone) => [`dropOut.steps.${milestone}.rate`, [`dropOut.byStage.${milestone}`, milestone === 'enquiry' ? 'enquiries' : `funnel.${milestone}`]])),
  'turnaround.rate': ['turnaround.withinSixMonths', 'turnaround.approvals'],
  'processing.rate': ['processing.withinEightMonths', 'processing.approvals'],
  ...Object.fromEntries(Object.keys(MIDDLES).map((path) => [path, path.startsWith('firstResponse') ? RESPONSE_CLOCK : APPROVAL_CLOCKS])),
};

/**
 * The lines of a publication copy. The estimated conversion is not among them: a share of enquirers to whole per cent, at
 * three times, would let a reader count the few who were approved between two of them.
 */
export const PUBLISHED_LINES: readonly FigureLine[] = FIGURE_LINES.filter(({ path }) => !path.startsWith('conversion.estimated.'));

/**
 * What a publication tells of each authority; the rest it tells of the hub as a whole only. Contacts are never fewer than
 * enquiries, and hardly ever more by five: beside each other they would count the few that were left out.
 */
const TOLD_BY_AUTHORITY: ReadonlySet<string> = new Set([
  'enquiries', 'firstResponse.counted', 'firstResponse.withinStandard', 'firstResponse.rate', 'firstResponse.medianWorkingHours',
  'funnel.enquiry', 'funnel.initial_application', 'funnel.home_visit', 'funnel.application', 'funnel.approved',
  'conversion.period.approvals', 'conversion.period.rate', 'conversion.cohort.approved', 'conversion.cohort.rate', 'conversion.cohort.low', 'conversion.cohort.high',
  'dropOut.closed', 'dropOut.rate', 'turnaround.approvals', 'turnaround.medianDays', 'turnaround.withinSixMonths', 'turnaround.rate', 'openNow.total',
]);

/** Whether a publication of several authorities has this line in this column. */
export const isTold = (scope: string, path: string): boolean => scope === TOTAL || TOLD_BY_AUTHORITY.has(path);

/** The cell that a path belongs to, in the total or one authority. */
export const kpiCell = (scope: string, path: string): string => `${scope}/${SAME_AS[path] ?? path}`;

/** What adds up to what in each block, whoever is counted. The parts with a star are not shown, but have a name that a reader can give them. */
const SUMS: readonly Sum[] = [
  { whole: 'contacts', parts: ['enquiries', ...EXCLUDING_REASONS.map((reason) => `excluded.${reason}`), '*repeats'] },
  { whole: 'enquiries', parts: ['firstResponse.counted', '*not yet due'] },
  { whole: 'firstResponse.counted', parts: ['firstResponse.withinStandard', '*late'] },
  ...MILESTONES_BEFORE_APPROVAL.flatMap((milestone, index): Sum[] => [
    { whole: milestone === 'enquiry' ? 'enquiries' : `funnel.${milestone}`, parts: [`*furthest ${milestone}`, `funnel.${MILESTONES[index + 1] ?? ''}`] },
    { whole: `*furthest ${milestone}`, parts: [`dropOut.byStage.${milestone}`, `openNow.byStage.${milestone}`] },
  ]),
  { whole: 'enquiries', parts: ['funnel.approved', 'dropOut.closed', 'openNow.total'] },
  { whole: 'dropOut.closed', parts: MILESTONES_BEFORE_APPROVAL.map((milestone) => `dropOut.byStage.${milestone}`) },
  { whole: 'dropOut.closed', parts: ['dropOut.byWho.applicant', 'dropOut.byWho.service', 'dropOut.byWho.no_contact'] },
  { whole: 'dropOut.byWho.applicant', parts: [...CLOSE_REASONS.applicant.filter((reason) => reason !== 'other').map((reason) => `dropOut.byReason.${reason}`), '*applicant, other'] },
  { whole: 'dropOut.byWho.service', parts: [...CLOSE_REASONS.service.filter((reason) => reason !== 'other').map((reason) => `dropOut.byReason.${reason}`), '*service, other'] },
  { whole: 'dropOut.byReason.other', parts: ['*applicant, other', '*service, other'] },
  { whole: 'turnaround.approvals', parts: ['turnaround.withinSixMonths', '*after six months'] },
  { whole: 'turnaround.approvals', parts: ['processing.approvals', '*without an application'] },
  { whole: 'processing.approvals', parts: ['processing.withinEightMonths', '*after eight months'] },
  // Who took eight months from the application took six from the enquiry.
  { whole: '*after six months', parts: ['*after eight months', '*after six months, within eight of the application'] },
  { whole: 'openNow.total', parts: MILESTONES_BEFORE_APPROVAL.map((milestone) => `openNow.byStage.${milestone}`) },
  { whole: 'openNow.total', parts: ['openNow.pastSixMonths', '*open for less'] },
];

/**
 * The cells that an authority’s column tells of, and those that follow from them. Where each family stands and how far it
 * came is told of all together only, but those parts bound the steps of the funnel that are told of each authority.
 */
const CELLS_BY_AUTHORITY: ReadonlySet<string> = new Set(
  [...TOLD_BY_AUTHORITY, '*not yet due', '*late', '*after six months', ...MILESTONES.map((milestone) => `funnel.${milestone}`), ...MILESTONES_BEFORE_APPROVAL.flatMap((milestone) => [`*furthest ${milestone}`, `dropOut.byStage.${milestone}`, `openNow.byStage.${milestone}`])].map((path) => SAME_AS[path] ?? path),
);

/** What adds up in the column of an authority: the same, as far as those cells go. */
const SUMS_BY_AUTHORITY: readonly Sum[] = SUMS.filter(({ whole, parts }) => [whole, ...parts].every((cell) => CELLS_BY_AUTHORITY.has(cell)));

/** Until the period is over, or as at its last day, whoever enquired in it and is approved was approved in it: the others enquired before. */
const OF_EARLIER = '*approved of earlier enquirers';
const OF_EARLIER_ENQUIRERS: Sum = { whole: 'turnaround.approvals', parts: ['funnel.approved', OF_EARLIER] };

type Asked = Pick<KpiReport, 'period' | 'asAt'>;

/** By then every first response of a period is due, whatever holidays and closure days come after it. */
const ALL_DUE_AFTER_DAYS = 21;

/** Of whom there can be nobody, going by the calendar alone: a reader knows that too. */
function nobody({ period, asAt }: Asked): readonly string[] {
  return [...(asAt > addDays(period.to, ALL_DUE_AFTER_DAYS) ? ['*not yet due'] : []), ...(asAt > addMonthsClamped(period.to, 6) ? ['*open for less'] : [])];
}

/** The sums of a column of the report, of all or of one authority. */
function sumsOfColumn(scope: string, asked: Asked): readonly Sum[] {
  const none = nobody(asked);
  const sums = [...(scope === TOTAL ? SUMS : SUMS_BY_AUTHORITY), ...(asked.asAt <= asked.period.to ? [OF_EARLIER_ENQUIRERS] : [])];
  return sums.map(({ whole, parts }) => ({ whole, parts: parts.filter((part) => !none.includes(part)) }));
}

/** Everything that a reader of a publication copy knows to add up: within each column, and the total over the authorities. */
export function kpiSums(authorities: readonly string[], asked: Asked): Sum[] {
  const within = (scope: string): Sum[] => sumsOfColumn(scope, asked).map(({ whole, parts }) => ({ whole: kpiCell(scope, whole), parts: parts.map((part) => kpiCell(scope, part)) }));
  const told = [...CELLS_BY_AUTHORITY, ...(asked.asAt <= asked.period.to ? [OF_EARLIER] : [])];
  const across = told.map((cell): Sum => ({ whole: kpiCell(TOTAL, cell), parts: authorities.map((code) => kpiCell(code, cell)) }));
  return [...within(TOTAL), ...authorities.flatMap(within), ...(authorities.length > 1 ? across : [])];
}

/** The cells of a report that a publication must not show, as `kpiCell` names them. Of one authority alone the total is told. */
export function hiddenKpiCells(report: KpiReport): ReadonlySet<string> {
  const { total, byAuthority } = report;
  const several = Object.keys(byAuthority).length > 1 ? Object.entries(byAuthority) : [];
  const blocks: readonly (readonly [string, KpiBlock])[] = [[TOTAL, total], ...several];
  const cells = new Map<string, CountCell>();
  for (const [scope, block] of blocks) {
    for (const { path, of } of PUBLISHED_LINES.filter(({ kind, path }) => kind === 'count' && (scope === TOTAL || CELLS_BY_AUTHORITY.has(SAME_AS[path] ?? path)))) {
      const id = kpiCell(scope, path);
      cells.set(id, { id, value: of(block) ?? 0, shown: isTold(scope, path) });
    }
    nameUnshown(cells, scope, sumsOfColumn(scope, report));
  }
  // Where nobody approved had enquired before the period, a reader may know it: a hub’s first year has no earlier enquirers.
  const isNobody = (part: string): boolean => part.endsWith(`/${OF_EARLIER}`) && cells.get(part)?.value === 0;
  const sums = kpiSums(several.map(([code]) => code), report).filter((sum) => addsUp(cells, sum)).map(({ whole, parts }) => ({ whole, parts: parts.filter((part) => !isNobody(part)) }));
  // Most of what has to be hidden follows from what is told; to begin with that is quicker by far.
  const told = sums.filter(({ whole, parts }) => ![whole, ...parts].some((cell) => isUntoldPart(cell)));
  return suppressed([...cells.values()], sums, suppressed([...cells.values()].filter(({ id }) => !isUntoldPart(id)), told));
}

/** Where the families of one authority stand, or closed: a cell that bounds others and is never told. */
const isUntoldPart = (cell: string): boolean => !cell.startsWith(`${TOTAL}/`) && cell.includes('.byStage.');

/** Gives the parts with a star their value: what is left of their sum; where two are left of one, the halves of `other` are not known, and nothing is said of them. */
function nameUnshown(cells: Map<string, CountCell>, scope: string, sums: readonly Sum[]): void {
  for (const { whole, parts } of sums) {
    const unshown = parts.filter((part) => part.startsWith('*') && !cells.has(kpiCell(scope, part)));
    const [only] = unshown;
    const of = cells.get(kpiCell(scope, whole));
    if (of === undefined || only === undefined || unshown.length > 1) continue;
    const rest = parts.reduce((sum, part) => sum - (cells.get(kpiCell(scope, part))?.value ?? 0), of.value);
    cells.set(kpiCell(scope, only), { id: kpiCell(scope, only), value: rest, shown: false });
  }
}

/** History that was written by hand can break a sum; a reader who trusts it there learns nothing true. */
function addsUp(cells: ReadonlyMap<string, CountCell>, { whole, parts }: Sum): boolean {
  const values = parts.map((part) => cells.get(part)?.value ?? NaN);
  return values.every((value) => value >= 0) && values.reduce((sum, value) => sum + value, 0) === cells.get(whole)?.value;
}

/** Whether a figure is shown in a publication copy. Figures of fewer than five families are not, nor shares of what is hidden, nor a middle with fewer than five families on a side. */
export function isPublished(hidden: ReadonlySet<string>, scope: string, { path, kind, of }: FigureLine, block: KpiBlock): boolean {
  const parts = kind === 'count' ? [path] : (MADE_OF[path] ?? []);
  if (parts.some((part) => hidden.has(kpiCell(scope, part)))) return false;
  const middle = MIDDLES[path];
  return middle === undefined || of(block) === null || aboveOf(middle, block) >= SMALLEST_SHOWN;
}

/** How many families lie above a middle, of the fewest that it can be of (order statistics, type 7). */
function aboveOf({ of, below }: Middle, block: KpiBlock): number {
  const last = of(block) - 1;
  return last - Math.floor(last * below);
}
