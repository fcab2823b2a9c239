import { kpiReport, type CountedFacts, type KpiReport } from '@app/reports';
import { localDate } from '@app/kernel';
import { CLOSE_REASONS, CLOSED_BY, MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { Cell } from '@app/spreadsheets';
import { type Hint, leastAndMost, workedOut } from '../../../../tests/support/suppression-attack';
import { FIGURE_LINES } from './figure-lines';
import { kpiCell, kpiSums } from './kpi-publication';
import { HIDDEN_SIGN, kpiWorkbook } from './kpi-workbook';
import { isSmall, SMALLEST_SHOWN, type Sum } from './suppression';

const AUTHORITIES = ['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'unrouted'];

function randomly(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

/** Facts of families that nobody is: some hundreds, in five authorities of very different size. */
function someFacts(random: (below: number) => number, families: number): CountedFacts {
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;
  const facts = { contacts: [], excluded: [], enquiries: [], times: [], approvals: [], responses: [] } as { -readonly [Part in keyof CountedFacts]: CountedFacts[Part][number][] };
  for (let family = 0; family < families; family += 1) {
    const fact = { authority: AUTHORITIES[Math.min(random(5), random(5))]!, month: '2026-05', count: 1 };
    facts.contacts.push(fact);
    if (random(30) === 0) {
      facts.excluded.push({ ...fact, excludedAs: pick(['duplicate', 'not_an_enquiry', 'kinship'] as const) });
      continue;
    }
    if (random(20) > 0) facts.responses.push({ ...fact, withinStandard: random(10) > 0, workingMinutes: random(900) });
    const fate = random(10);
    const days = 100 + random(260);
    // Who enquired before the period and was approved in it.
    if (random(60) === 0) facts.approvals.push({ ...fact, turnaroundDays: days, withinSixMonths: days < 184, processing: { days: days - 60, withinEightMonths: days - 60 < 244 }, heldDays: 0 });
    if (fate === 0) {
      facts.enquiries.push({ ...fact, furthest: 'approved', standing: 'approved' });
      facts.approvals.push({ ...fact, turnaroundDays: days, withinSixMonths: days < 184, processing: random(8) === 0 ? null : { days: days - 60, withinEightMonths: days - 60 < 244 }, heldDays: 0 });
      facts.times.push({ ...fact, days, ending: 'approved' });
    } else if (fate < 6) {
      const closedBy = pick(CLOSED_BY);
      const closedReason = pick(CLOSE_REASONS[closedBy].filter((reason) => !['duplicate', 'not_an_enquiry', 'kinship'].includes(reason)));
      facts.enquiries.push({ ...fact, furthest: MILESTONES_BEFORE_APPROVAL[Math.min(random(7), random(7))]!, standing: 'closed', closedBy, closedReason });
      facts.times.push({ ...fact, days, ending: closedBy });
    } else facts.enquiries.push({ ...fact, furthest: MILESTONES_BEFORE_APPROVAL[Math.min(random(7), random(7))]!, standing: 'open', pastSixMonths: random(4) === 0 });
  }
  return facts;
}

const reportOf = (facts: CountedFacts, authorities = AUTHORITIES, to = '2027-03-31'): KpiReport =>
  kpiReport({ period: { from: localDate('2026-04-01'), to: localDate(to) }, asAt: localDate('2026-11-18'), knownAt: null, authority: null }, facts, authorities, new Date('2026-11-18T10:00:00Z'));

/** What somebody finds in a published file: the counts that are told, by what they count. */
function readPublication(report: KpiReport): { readonly told: Map<string, number>; readonly hidden: string[]; readonly cells: readonly Cell[]; readonly hints: readonly Hint[] } {
  const scopes = ['total', ...(Object.keys(report.byAuthority).length > 1 ? Object.keys(report.byAuthority) : [])];
  const told = new Map<string, number>();
  const hidden: string[] = [];
  const cells: Cell[] = [];
  const hints: Hint[] = [];
  const { rows } = kpiWorkbook(report, 'publication', null).sheets[0];
  for (const row of rows) {
    const path = row.at(-1);
    const line = FIGURE_LINES.find((one) => path?.kind === 'text' && one.path === path.text);
    if (line === undefined) continue;
    scopes.forEach((scope, index) => {
      const cell = row[index + 2]!;
      cells.push(cell);
      if (line.kind !== 'count') {
        if (cell.kind === 'number' || cell.kind === 'share') hints.push(...hintsOf(scope, line.path, cell.value));
        return;
      }
      if (cell.kind === 'number') told.set(kpiCell(scope, line.path), cell.value);
      else if (cell.kind === 'text') hidden.push(kpiCell(scope, line.path));
    });
  }
  return { told, hidden, cells, hints };
}

/** Of what a share is one, whichever of the two counts is shown. */
const SHARES: Readonly<Record<string, readonly [string, string]>> = {
  'firstResponse.rate': ['firstResponse.withinStandard', 'firstResponse.counted'],
  'conversion.cohort.rate': ['funnel.approved', 'enquiries'],
  'dropOut.rate': ['dropOut.closed', 'enquiries'],
  ...Object.fromEntries(MILESTONES_BEFORE_APPROVAL.map((milestone) => [`dropOut.steps.${milestone}.rate`, [`dropOut.byStage.${milestone}`, milestone === 'enquiry' ? 'enquiries' : `funnel.${milestone}`] as const])),
  'turnaround.rate': ['turnaround.withinSixMonths', 'turnaround.approvals'],
  'processing.rate': ['processing.withinEightMonths', 'processing.approvals'],
};

/** What a rounded figure tells of counts. Six months are 181 to 184 days, eight 242 to 245; an answer in time takes up to two working days, and one of up to one always is. */
function hintsOf(scope: string, path: string, value: number): Hint[] {
  const id = (count: string): string => kpiCell(scope, count);
  const share = SHARES[path];
  if (share !== undefined) return [{ kind: 'share', percent: Math.round(value * 100), part: id(share[0]), whole: id(share[1]) }];
  const at = /median/.test(path) ? 0.5 : 0.9;
  if (path.startsWith('firstResponse.')) return [{ kind: 'percentile', at, value, ofAtLeast: id('firstResponse.withinStandard'), ofAtMost: id('firstResponse.counted'), within: id('firstResponse.withinStandard'), surelyWithin: 8, surelyBeyond: 16 }];
  const clock = path.startsWith('turnaround.')
    ? { of: id('turnaround.approvals'), within: id('turnaround.withinSixMonths'), beyond: id('*after six months'), surelyWithin: 181, surelyBeyond: 185 }
    : { of: id('processing.approvals'), within: id('processing.withinEightMonths'), beyond: id('*after eight months'), surelyWithin: 242, surelyBeyond: 246 };
  const { of, within, beyond, surelyWithin, surelyBeyond } = clock;
  if (path.endsWith('meanDays')) return [{ kind: 'mean', value, of, beyond, beyondFrom: surelyWithin + 1 }];
  return path.endsWith('Days') ? [{ kind: 'percentile', at, value, ofAtLeast: of, ofAtMost: of, within, surelyWithin, surelyBeyond }] : [];
}

/** What a reader knows of each authority though the file does not tell it: wherever families stand or closed, all of them together are the total. */
function sumsOfEach(scopes: readonly string[]): Sum[] {
  const stages = (scope: string): Sum[] => [
    ...MILESTONES_BEFORE_APPROVAL.flatMap((milestone, index): Sum[] => [
      { whole: kpiCell(scope, `funnel.${milestone}`), parts: [`${scope}/*came to ${milestone}`, kpiCell(scope, `funnel.${MILESTONES[index + 1]!}`)] },
      { whole: `${scope}/*came to ${milestone}`, parts: [kpiCell(scope, `dropOut.byStage.${milestone}`), kpiCell(scope, `openNow.byStage.${milestone}`)] },
    ]),
    ...(['dropOut.closed', 'openNow.total'] as const).map((whole): Sum => ({ whole: kpiCell(scope, whole), parts: MILESTONES_BEFORE_APPROVAL.map((milestone) => kpiCell(scope, `${whole.split('.')[0]!}.byStage.${milestone}`)) })),
  ];
  const paths = FIGURE_LINES.filter(({ kind, path }) => kind === 'count' && /^(?:funnel|dropOut|openNow)/.test(path)).map(({ path }) => path);
  return [...scopes.flatMap(stages), ...(scopes.length === 0 ? [] : paths.map((path): Sum => ({ whole: kpiCell('total', path), parts: scopes.map((scope) => kpiCell(scope, path)) })))];
}

/** The counts from 1 to 4 of which a reader finds out that they are fewer than five, and at least how many: none may be. */
function foundSmall(report: KpiReport): string[] {
  const scopes = Object.keys(report.byAuthority).length > 1 ? Object.keys(report.byAuthority) : [];
  const sums = [...kpiSums(scopes, report), ...sumsOfEach(scopes)];
  const truth = new Map<string, number>();
  for (const [scope, block] of [['total', report.total], ...(scopes.length > 0 ? Object.entries(report.byAuthority) : [])] as const) for (const line of FIGURE_LINES) if (line.kind === 'count' && !line.path.startsWith('conversion.estimated')) truth.set(kpiCell(scope, line.path), line.of(block) ?? 0);
  for (const [id, value] of workedOut(truth, sums)) truth.set(id, value);
  const { told, hints, hidden } = readPublication(report);
  return [...leastAndMost(told, sums, hints, hidden)].filter(([id, [, most]]) => isSmall(truth.get(id) ?? 0) && most < SMALLEST_SHOWN).map(([id, [least, most]]) => `${id}: ${String(least)} to ${String(most)}`);
}

describe('a report for publication', () => {
  it.each([[1, 40], [2, 150], [3, 400], [4, 700], [5, 12], [6, 900]])('gives no count from 1 to 4 to whoever solves its equations (made-up hub %i of %i families)', (seed, families) => {
    const report = reportOf(someFacts(randomly(seed), families));
    const { told } = readPublication(report);
    expect([...told.values()].filter(isSmall)).toEqual([]);
    const found = workedOut(told, kpiSums(AUTHORITIES, report));
    expect([...found].filter(([, value]) => isSmall(value))).toEqual([]);
    expect(foundSmall(report)).toEqual([]);
  });

  /** Twenty enquiries, and approvals of the period after so many days. */
  const approvedAfter = (...approvedAfterDays: number[]): KpiReport => {
    const fact = { authority: 'derby', month: '2026-05', count: 1 };
    const approvals = approvedAfterDays.map((days) => ({ ...fact, turnaroundDays: days, withinSixMonths: days < 184, processing: { days: days - 60, withinEightMonths: days - 60 < 244 }, heldDays: 0 }));
    const enquiries = Array.from({ length: 20 }, () => ({ ...fact, furthest: 'enquiry' as const, standing: 'open' as const, pastSixMonths: false }));
    return reportOf({ contacts: [{ ...fact, count: 20 }], excluded: [], enquiries, times: [], approvals, responses: [] }, ['derby']);
  };

  it('does not tell by the order of the days how many of few approvals were late', () => {
    // The 90th percentile of 177 days says that no more than one of five was late.
    expect(foundSmall(approvedAfter(120, 130, 140, 150, 195))).toEqual([]);
    expect(foundSmall(approvedAfter(...Array.from({ length: 60 }, (_, index) => 100 + index), 190, 200))).toEqual([]);
    const days = (report: KpiReport): Cell[] => kpiWorkbook(report, 'publication', null).sheets[0].rows.filter((row) => row.some((cell) => cell.kind === 'text' && /^turnaround\..*Days$/.test(cell.text))).map((row) => row[2]!);
    const hiddenSign = { kind: 'text', text: HIDDEN_SIGN };
    expect(days(approvedAfter(...Array.from({ length: 9 }, (_, index) => 100 + index)))).toEqual([hiddenSign, hiddenSign, hiddenSign]);
    expect(days(approvedAfter(...Array.from({ length: 10 }, (_, index) => 100 + index)))).toEqual([{ kind: 'number', value: 105 }, { kind: 'number', value: 105 }, hiddenSign]);
    expect(days(approvedAfter(...Array.from({ length: 42 }, (_, index) => 100 + index)))).toEqual([{ kind: 'number', value: 121 }, { kind: 'number', value: 121 }, { kind: 'number', value: 137 }]);
  });

  it('tells contacts of all authorities together only: less the enquiries they would count the few that were left out', () => {
    const { told, hidden } = readPublication(reportOf(someFacts(randomly(4), 700)));
    expect([...told.keys(), ...hidden].filter((id) => id.endsWith('/contacts'))).toEqual(['total/contacts']);
  });

  it('does not tell by the total of a stage how few of an authority can stand in it', () => {
    const open = (authority: string, furthest: 'enquiry' | 'initial_application' | 'home_visit' | 'application', count: number) => ({ authority, month: '2026-05', count, furthest, standing: 'open' as const, pastSixMonths: false });
    const closed = { authority: 'derbyshire', month: '2026-05', count: 1, furthest: 'enquiry' as const, standing: 'closed' as const, closedBy: 'applicant' as const, closedReason: 'not_now' as const };
    // Five stand after the home visit: were that told, some in Nottinghamshire would leave four at most to Derby.
    const enquiries = [open('derby', 'enquiry', 9), open('derby', 'initial_application', 6), open('derby', 'home_visit', 1), closed, open('derbyshire', 'enquiry', 5), open('derbyshire', 'home_visit', 2), open('derbyshire', 'application', 2), open('nottinghamshire', 'enquiry', 4), open('nottinghamshire', 'home_visit', 2)];
    expect(foundSmall(reportOf({ contacts: enquiries.map(({ authority, month, count }) => ({ authority, month, count })), excluded: [], enquiries, times: [], approvals: [], responses: [] }))).toEqual([]);
  });

  it('tells approvals of a first year under neither of their names where a small number would follow', () => {
    const fact = { authority: 'derby', month: '2026-05', count: 1 };
    const facts = { contacts: [{ ...fact, count: 50 }], excluded: [], times: [], responses: [], approvals: [{ ...fact, count: 8, turnaroundDays: 150, withinSixMonths: true, processing: { days: 90, withinEightMonths: true }, heldDays: 0 }],
      enquiries: [{ ...fact, count: 8, furthest: 'approved' as const, standing: 'approved' as const }, { ...fact, count: 39, furthest: 'enquiry' as const, standing: 'closed' as const, closedBy: 'applicant' as const, closedReason: 'not_now' as const }, { ...fact, count: 3, furthest: 'enquiry' as const, standing: 'open' as const, pastSixMonths: false }] };
    const { told } = readPublication(reportOf(facts, ['derby']));
    const approved = told.get('total/turnaround.approvals') ?? told.get('total/funnel.approved');
    expect([approved, told.get('total/dropOut.closed')]).toContain(undefined);
  });

  it('knows of whom there can be nobody, once the calendar says so', () => {
    const facts = someFacts(randomly(3), 400);
    const named = (to: string, name: string) => kpiSums([], reportOf(facts, ['derby'], to)).some(({ parts }) => parts.includes(`total/*${name}`));
    expect([named('2026-10-28', 'not yet due'), named('2026-10-27', 'not yet due')]).toEqual([true, false]);
    expect([named('2026-05-18', 'open for less'), named('2026-05-17', 'open for less')]).toEqual([true, false]);
  });

  it('knows that the approvals beyond those of the period’s own enquirers are of earlier ones, as long as the period is not over', () => {
    const facts = someFacts(randomly(3), 400);
    const ofEarlier = (to: string) => kpiSums(AUTHORITIES, reportOf(facts, AUTHORITIES, to)).filter(({ parts }) => parts.includes('derby/funnel.approved') && parts.some((part) => part.includes('earlier')));
    expect(['2026-11-18', '2027-03-31'].map((to) => ofEarlier(to).length)).toEqual([1, 1]);
    expect(ofEarlier('2026-11-17')).toEqual([]);
  });

  it('would be broken by hiding small counts alone: the attack is a real one', () => {
    const report = reportOf(someFacts(randomly(3), 400));
    const told = new Map<string, number>();
    for (const [scope, block] of [['total', report.total], ...Object.entries(report.byAuthority)] as const) {
      for (const line of FIGURE_LINES) {
        const value = line.of(block) ?? 0;
        if (line.kind === 'count' && !line.path.startsWith('conversion.estimated') && !isSmall(value)) told.set(kpiCell(scope, line.path), value);
      }
    }
    expect([...workedOut(told, kpiSums(AUTHORITIES, report))].filter(([, value]) => isSmall(value)).length).toBeGreaterThan(10);
  });

  it('still tells the totals, rounds shares to whole per cent, and tells no share of what is hidden', () => {
    const report = reportOf(someFacts(randomly(4), 700));
    const { told, hidden, cells } = readPublication(report);
    expect(told.get('total/enquiries')).toBe(report.total.enquiries);
    expect(told.get('total/dropOut.closed')).toBe(report.total.dropOut.closed);
    for (const cell of cells) if (cell.kind === 'share') expect(Math.round(cell.value * 100) / 100).toBe(cell.value);
    expect(hidden.length).toBeLessThan(told.size);
    expect(cells.filter((cell) => cell.kind === 'text').every((cell) => cell.text === HIDDEN_SIGN)).toBe(true);
  });

  it('hides nothing inside the hub, and holds every figure of the report in its line', () => {
    const report = reportOf(someFacts(randomly(3), 400));
    const { rows } = kpiWorkbook(report, 'inside', 7).sheets[0];
    expect(rows.flat().some((cell) => cell.kind === 'text' && cell.text === HIDDEN_SIGN)).toBe(false);
    const leaves = (value: unknown): number => (typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, part) => sum + leaves(part), 0) : 1);
    const { conversion, dropOut, ...rest } = report.total;
    // Left out: figures that stand under another name already (reached, closed and approvals again), and the days of the estimates.
    expect(FIGURE_LINES.length).toBe(leaves(rest) + leaves(conversion) - 2 - 3 + leaves({ ...dropOut, byReason: 0, steps: 0 }) - 2 + MILESTONES.length - 1 + new Set(CLOSED_BY.flatMap((by) => CLOSE_REASONS[by])).size);
  });

  it('says what it cannot hide: what two files about the same families tell together', () => {
    const notes = (readership: 'inside' | 'publication'): string => JSON.stringify(kpiWorkbook(reportOf(someFacts(randomly(5), 12)), readership, null).sheets[1]);
    expect(notes('publication')).toContain('Publish one file about the same families only');
    expect(notes('inside')).not.toContain('Publish one file');
  });

  it('says what it is and how to read it before the first figure, so that a file of figures alone says it too', () => {
    const head = (readership: 'inside' | 'publication', toMend: number): string[] => kpiWorkbook(reportOf(someFacts(randomly(5), 12)), readership, toMend).sheets[0].rows.flatMap((row) => (row[0]?.kind === 'text' && row[0].text === 'About' && row[1]?.kind === 'text' && row[2]?.kind === 'text' ? [`${row[1].text}: ${row[2].text}`] : []));
    expect(head('publication', 12).join('\n')).toMatch(/\[c\]: Not told\.[^]*Publish one file[^]*Data quality: 12 things/);
    for (const few of [0, 3]) expect(head('publication', few).at(-1)).toContain('Data quality: Fewer than five things');
    expect(head('inside', 3).at(-1)).toContain('Data quality: 3 things');
  });

  it('is made for one authority as well', () => {
    const report = reportOf(someFacts(randomly(6), 300), ['derby']);
    const { told } = readPublication(report);
    expect([...workedOut(told, kpiSums([], report))].filter(([, value]) => isSmall(value))).toEqual([]);
  });
});
