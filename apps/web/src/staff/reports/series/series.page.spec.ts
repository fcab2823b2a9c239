import { addDays, addMonthsClamped, type LocalDate } from '@app/kernel';
import { type CountedFacts, kpiBlock, type KpiMonth, xmrChart } from '@app/reports';
import { figureAsked, SERIES_FIGURES } from './series.figures';
import { seriesPage } from './series.page';
import { spanName } from './series.words';

const NOTHING: CountedFacts = { contacts: [], excluded: [], enquiries: [], times: [], approvals: [], responses: [] };
const AS_AT = '2026-11-18' as LocalDate;

/** Whole months that end with October 2026, each with its own facts. */
function months(facts: readonly Partial<CountedFacts>[]): KpiMonth[] {
  return facts.map((some, index) => {
    const from = addMonthsClamped('2026-11-01' as LocalDate, index - facts.length);
    return { period: { from, to: addDays(addMonthsClamped(from, 1), -1) }, block: kpiBlock({ ...NOTHING, ...some }) };
  });
}

const enquiries = (count: number): Partial<CountedFacts> => (count === 0 ? {} : { enquiries: [{ authority: 'derby', count, furthest: 'enquiry', standing: 'open', pastSixMonths: false }] });
const approvals = (count: number, turnaroundDays = 170): Partial<CountedFacts> => (count === 0 ? {} : { approvals: [{ authority: 'derby', count, turnaroundDays, withinSixMonths: true, processing: null, heldDays: 0 }] });
const answered = (inTime: number, late: number): Partial<CountedFacts> => ({
  responses: [[true, inTime] as const, [false, late] as const].filter(([, count]) => count > 0).map(([withinStandard, count]) => ({ authority: 'derby', count, withinStandard, workingMinutes: 60 })),
});
const approvedAfter = (approved: number, of: number): Partial<CountedFacts> => ({
  ...enquiries(of),
  times: [{ authority: 'derby', days: 100, ending: 'approved' as const, count: approved }, { authority: 'derby', days: 600, ending: 'censored' as const, count: of - approved }],
});

const shown = (path: string, facts: readonly Partial<CountedFacts>[], unit: 'month' | 'week' = 'month') => seriesPage(figureAsked(path), months(facts), unit, AS_AT);
const rowsOf = ({ chart }: ReturnType<typeof shown>): string[][] => chart!.table.rows.map((row) => row.map(({ text }) => text));
const wideOf = ({ chart }: ReturnType<typeof shown>) => chart!.drawing.wide.marks;
const ZIGZAG = Array.from({ length: 24 }, (_, index) => 20 + 6 * (index % 2));

describe('a figure month by month', () => {
  it('is any of the report, once', () => {
    const paths = SERIES_FIGURES.map(({ path }) => path);
    for (const path of ['contacts', 'excluded.duplicate', 'funnel.initial_application', 'funnel.home_visit', 'funnel.application', 'funnel.stage_1', 'funnel.stage_2', 'funnel.panel', 'conversion.estimated.274.estimate', 'dropOut.byStage.home_visit', 'dropOut.byWho.applicant', 'dropOut.byReason.no_spare_room', 'dropOut.steps.panel.rate', 'turnaround.meanDays', 'processing.p90Days', 'openNow.total', 'openNow.pastSixMonths']) expect(paths).toContain(path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(new Set(SERIES_FIGURES.map(({ section, name }) => `${section}: ${name}`)).size).toBe(paths.length);
    expect(figureAsked('constructor').path).toBe('enquiries');
  });

  it('has the newest finding for its title, with the month', () => {
    const title = (facts: readonly Partial<CountedFacts>[], path = 'enquiries'): string => shown(path, facts).chart!.title;
    expect(title(ZIGZAG.map(enquiries))).toBe('Enquiries: nothing more than chance');
    expect(title(ZIGZAG.map((count, index) => enquiries(index === 20 ? 60 : count)))).toBe('Enquiries: 60 in July 2026, more than chance explains');
    expect(title(ZIGZAG.map((count, index) => approvals(index === 20 ? 1 : index === 3 ? 60 : count)), 'turnaround.approvals')).toBe('Approvals: 60 in February 2025, more than chance explains');
    expect(title(ZIGZAG.map((count, index) => enquiries(index < 15 ? count : count + 9)))).toBe('Enquiries: 9 months in a row above the mean, from February 2026');
    expect(title(ZIGZAG.map((count, index) => enquiries(index < 10 || index > 16 ? count : 16 + 2 * (index - 10))))).toBe('Enquiries: rising over 7 months in a row, from September 2025');
  });

  it('marks nothing where so few stand behind each that chance cannot be told', () => {
    const page = shown('firstResponse.rate', Array.from({ length: 52 }, (_, index) => answered(1 + (index % 3), index % 13 === 5 ? 1 : 0)), 'week');
    expect(page.chart!.title).toBe('Share answered in time: too few each week to tell change from chance');
    expect(page.chart!.description).toContain('look by month');
    expect(wideOf(page).filter(({ of }) => of === 'stands-out' || of === 'open')).toEqual([]);
    expect(page.judged).toBe(false);
    expect(page.chart!.table.head.map(({ text }) => text)).toEqual(['Week', 'Share answered in time', 'Change in percentage points']);
  });

  it('does not call unusual what is still growing', () => {
    const page = shown('dropOut.closed', ZIGZAG.map((count, index): Partial<CountedFacts> => ({ enquiries: [{ authority: 'derby', count: index > 20 ? 1 : count, furthest: 'enquiry', standing: 'closed', closedBy: 'applicant', closedReason: 'not_now' }] })));
    expect([page.judged, page.chart!.title]).toEqual([false, 'Closed without approval: still changing, so none is marked']);
    expect(page.changesYet).toContain('Nobody who enquired then is on the way any more.');
    expect(wideOf(page).filter(({ of }) => of === 'stands-out')).toEqual([]);
  });

  it('says how many are still on the way, and from which month', () => {
    const page = shown('dropOut.rate', ZIGZAG.map((count, index): Partial<CountedFacts> => ({ enquiries: [
      { authority: 'derby', count: count - 3, furthest: 'enquiry', standing: 'closed', closedBy: 'applicant', closedReason: 'not_now' },
      { authority: 'derby', count: 3, furthest: 'enquiry', ...(index < 20 ? { standing: 'closed', closedBy: 'applicant', closedReason: 'not_now' } : { standing: 'open', pastSixMonths: false }) },
    ] })));
    expect(page.changesYet).toContain('of the 552 families who enquired in these months 12 are still on the way.');
    expect(page.chart!.table.head.at(-1)!.text).toBe('Enquirers still on their way');
    expect(rowsOf(page).slice(18, 22).map((row) => row.at(-1))).toEqual(['0', '0', '3', '3']);
  });

  it('says how often a chart as long as this one marks what is nothing but chance', () => {
    expect(shown('enquiries', ZIGZAG.map(enquiries)).byChance).toBe('Of 100 charts of 24 months in which nothing changed, about 14 would show a mark by chance alone.');
    expect(shown('enquiries', ZIGZAG.slice(0, 10).map(enquiries)).byChance).toContain('Of 100 charts of 10 months in which nothing changed, about 5 ');
    expect(shown('turnaround.approvals', ZIGZAG.map((_, index) => approvals(5 + (index % 2)))).byChance).toContain('up to 20 would show a mark by chance alone, more than usual, because few stand behind each month.');
    expect(shown('turnaround.approvals', ZIGZAG.map(() => approvals(1))).byChance).toBeNull();
  });

  it('points from months with too few to quarters, where the months make enough of them', () => {
    expect(shown('turnaround.approvals', ZIGZAG.map(() => approvals(1))).chart!.description).toContain('look by quarter');
    expect(shown('turnaround.approvals', ZIGZAG.slice(1).map(() => approvals(1))).chart!.description).toContain('compare whole years');
  });

  it('names quarters by their months', () => {
    const quarter = { from: '2026-07-01' as LocalDate, to: '2026-09-30' as LocalDate };
    expect([spanName('quarter', quarter), spanName('quarter', quarter, true)]).toEqual(['Jul–Sept', 'July to September 2026']);
  });

  it('estimates the share approved of those alone who can be followed for so long', () => {
    const page = shown('conversion.estimated.183.estimate', ZIGZAG.map((count) => approvedAfter(count - 10, 100)));
    // 30 April 2026 and 183 days are 30 October; 31 May and 183 days are 30 November, which is still to come.
    expect(rowsOf(page).at(-1)![0]).toBe('April 2026');
    expect(page.notes).toEqual(['6 months whose enquirers cannot yet be followed for 183 days are left out.']);
    expect(page.judged).toBe(true);
  });

  it('begins with the first approval what rests on approvals', () => {
    const page = shown('turnaround.approvals', ZIGZAG.map((count, index) => ({ ...enquiries(count), ...approvals(index < 5 ? 0 : count) })));
    expect(rowsOf(page)[0]!.slice(0, 3)).toEqual(['April 2025', '26', '–']);
    expect(page.notes).toEqual(['This begins with the first approval: 5 months before it are left out.']);
    expect(shown('enquiries', ZIGZAG.map(enquiries)).notes).toEqual([]);
  });

  it('keeps the place of a month without the figure, on the axis and in the table', () => {
    const page = shown('turnaround.medianDays', ZIGZAG.map((count, index) => approvals(index === 7 || index === 9 ? 0 : 60, 150 + count)));
    expect(rowsOf(page)).toHaveLength(24);
    expect(rowsOf(page)[7]!.slice(1)).toEqual(['–', '–', '–']);
    expect(rowsOf(page)[8]!.slice(1)).toEqual(['170', '–', '–']);
    expect(page.notes).toEqual(['2 months without an approval are left blank.']);
    const path = wideOf(page).find(({ of }) => of === 'series')!;
    expect(path.kind === 'path' && path.d.match(/M/g)).toHaveLength(3);
  });

  it('writes no value beyond a limit as the limit itself', () => {
    const inTime = (index: number, worst: number): number => (index === 12 ? worst : 8200 + 600 * (index % 2));
    const shares = (worst: number): number[] => Array.from({ length: 24 }, (_, index) => inTime(index, worst) / 10_000);
    // The best of those that lie beyond the limits: less than a tenth of a per cent beyond it.
    const worst = Array.from({ length: 3000 }, (_, less) => 8000 - less).find((most) => xmrChart(shares(most))!.points[12]!.signals.includes('beyond_limits'))!;
    const page = shown('firstResponse.rate', Array.from({ length: 24 }, (_, index) => answered(inTime(index, worst), 10_000 - inTime(index, worst))));
    const [, low] = /limits ([\d.]+)%/.exec(page.chart!.table.caption)!;
    const value = rowsOf(page)[12]![1]!;
    expect(rowsOf(page)[12]![3]).toContain('beyond the limits');
    expect(Number.parseFloat(value)).toBeLessThan(Number(low));
    expect(Number.parseFloat(value)).toBeGreaterThan(Number(low) - 0.1);
  });

  it('signs each change, and marks one that is greater than chance makes it', () => {
    const page = shown('enquiries', ZIGZAG.map((count, index) => enquiries(index === 20 ? 60 : count)));
    expect(rowsOf(page).slice(18, 23).map(([, , change]) => change)).toEqual(['−6', '+6', '+34 (more than chance)', '−34 (more than chance)', '−6']);
    expect(page.chart!.table.head.map(({ text }) => text)).toEqual(['Month', 'Enquiries', 'Change', 'Stands out because']);
  });

  it('marks as many points as its table names, in a shape for each reason', () => {
    const page = shown('enquiries', ZIGZAG.map((count, index) => enquiries(index === 3 ? 70 : index < 15 ? count : count + 12)));
    const named = rowsOf(page).filter(([, , , why]) => why !== '–');
    const kinds = new Set(named.map(([, , , why]) => why!.split(',')[0]));
    expect(kinds.size).toBeGreaterThan(1);
    // One more of each shape stands above the drawing, with what it means.
    expect(wideOf(page).filter(({ of }) => of === 'stands-out')).toHaveLength(named.length + kinds.size);
    for (const word of kinds) expect(wideOf(page).some((mark) => mark.kind === 'text' && mark.text.startsWith(word!))).toBe(true);
  });

  it('draws the numbers of its table, and the limits that it names', () => {
    const page = shown('enquiries', ZIGZAG.map((count, index) => enquiries(count + (index % 5))));
    for (const scene of [page.chart!.drawing.wide, page.chart!.drawing.narrow]) {
      const ticks = scene.marks.flatMap((mark) => (mark.kind === 'text' && mark.anchor === 'end' ? [[Number(mark.text), mark.y - 4] as const] : []));
      const [[low, lowAt], [high, highAt]] = [ticks[0]!, ticks.at(-1)!];
      const valueAt = (y: number): number => low + ((y - lowAt) * (high - low)) / (highAt - lowAt);
      const drawn = scene.marks.flatMap((mark) => (mark.kind === 'circle' ? [Math.round(valueAt(mark.y))] : []));
      expect(drawn.map(String)).toEqual(rowsOf(page).map(([, value]) => value));
      const limits = scene.marks.flatMap((mark) => (mark.kind === 'line' && mark.of === 'far-limit' ? [valueAt(mark.y1).toFixed(0)] : []));
      expect(limits).toEqual([/limits [\d.]+ to ([\d.]+)/.exec(page.chart!.table.caption)![1], /limits ([\d.]+) to/.exec(page.chart!.table.caption)![1]].map((limit) => Number(limit).toFixed(0)));
    }
  });

  it('has no parts of a family on its axis', () => {
    const ticks = wideOf(shown('turnaround.approvals', ZIGZAG.map((_, index) => approvals(1 + (index % 2))))).flatMap((mark) => (mark.kind === 'text' && mark.anchor === 'end' ? [mark.text] : []));
    expect(ticks).toEqual(['1', '2']);
  });

  it('names its lines, and the years, at both widths', () => {
    const { drawing } = shown('enquiries', ZIGZAG.map(enquiries)).chart!;
    for (const scene of [drawing.wide, drawing.narrow]) {
      const texts = scene.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
      expect(texts).toEqual(expect.arrayContaining([expect.stringMatching(/^upper( limit)? \d/), 'mean 23', expect.stringMatching(/^lower( limit)? \d/), '2024', '2025', '2026']));
      expect(scene.marks.every((mark) => mark.kind !== 'text' || mark.x >= 0)).toBe(true);
    }
  });
});
