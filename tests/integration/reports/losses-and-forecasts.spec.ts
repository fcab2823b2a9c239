import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { system } from '@app/database';
import { ImportJourneys } from '@app/journeys';
import { addDays, localDate, momentAt, MovableClock } from '@app/kernel';
import { approvalsThatCame, ComputeKpiReport, forecastFacts, ForecastYear, KeepForecasts, knownAtTheTime, LOSS_DIMENSIONS, type LossDimension, monthlyForecasts, newestForecast, simulatedHub, StateTarget, type TracedLosses, TraceLosses } from '@app/reports';
import { rowsOfFile } from '@app/spreadsheets';
import { parse } from 'csv-parse/sync';
import { randomImportFile } from '../../support/random-import-file';
import { type Past, recordPasts } from '../../support/recorded-history';
import { makeStaffActor } from '../../support/staff';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

type Row = Readonly<Record<string, string>>;
const NOW = new Date('2026-11-21T16:30:40Z');
const QUESTION = { from: localDate('2024-04-01'), to: localDate('2025-03-31'), asAt: localDate('2025-06-30') };
const STEPS = ['received_at', 'initial_application_on', 'home_visit_on', 'application_on', 'stage_1_on', 'stage_2_on', 'panel_on', 'approved_on'];
const STAGE_OF_STEP = ['enquiry', 'initial_application', 'home_visit', 'assessment', 'assessment', 'assessment', 'decision', 'approved'];
const dayOf = (on: string): number => Date.parse(`${on.slice(0, 10)}T00:00:00Z`) / 86_400_000;

/** What of an import file a report of the question counts: enquiries of the period that are not excluded, with what had happened by the as-at date. */
function counted(csv: string): { row: Row; steps: { step: number; on: string }[]; closedOn: string | null }[] {
  return parse<Row>(csv, { columns: true, bom: true, skip_empty_lines: true }).flatMap((row) => {
    const enquiredOn = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date(row.received_at!.length === 10 ? `${row.received_at!}T12:00:00Z` : /(Z|[+-]\d\d:\d\d)$/.test(row.received_at!) ? row.received_at! : `${row.received_at!.slice(0, 10)}T12:00:00Z`));
    const closedOn = row.closed_on !== '' && row.closed_on! <= QUESTION.asAt ? row.closed_on! : null;
    if (enquiredOn < QUESTION.from || enquiredOn > QUESTION.to || (closedOn !== null && ['duplicate', 'not_an_enquiry', 'kinship'].includes(row.closed_reason!))) return [];
    const steps = STEPS.flatMap((column, step) => (step === 0 ? [{ step, on: enquiredOn }] : row[column] !== '' && row[column]! <= QUESTION.asAt ? [{ step, on: row[column]! }] : []));
    return [{ row, steps, closedOn }];
  });
}

/** The first day by which half have left, household by household. */
function productLimitMedian(stays: readonly { readonly days: number; readonly isOpen: boolean }[]): number | undefined {
  let staying = 1;
  return [...new Set(stays.map(({ days }) => days))].sort((one, other) => one - other).find((day) => {
    const atRisk = stays.filter(({ days }) => days >= day).length;
    staying *= 1 - stays.filter(({ days, isOpen }) => days === day && !isOpen).length / atRisk;
    return staying <= 0.5;
  });
}

describe('where families are lost', () => {
  let database: TestDatabase;
  const clock = new MovableClock(NOW);
  const csv = randomImportFile({ rows: 660, seed: 5, from: '2023-11-01', days: 700, until: '2026-11-20' });

  beforeAll(async () => {
    database = await createTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'journeys-'));
    try {
      await writeFile(join(folder, 'journeys.csv'), csv);
      const imported = await new ImportJourneys(database.transactions, clock).run(system('import'), { rows: rowsOfFile(join(folder, 'journeys.csv')), dryRun: false, skipInvalid: false, onMistake: () => undefined });
      expect(imported.ok).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  afterAll(() => database.drop());

  const traced = async (dimension: LossDimension, actor: Parameters<TraceLosses['run']>[0] = system('test'), more = {}): Promise<TracedLosses> => {
    const found = await new TraceLosses(database.transactions, clock).run(actor, { ...QUESTION, ...more }, dimension);
    if (!found.ok) throw new Error(found.refusal);
    return found.value;
  };
  const sizes = ({ groups }: TracedLosses): Record<string, number> => Object.fromEntries(groups.map(({ group, enquiries }) => [group, enquiries]));

  it('is the same by whatever it is looked at, and the same as in the report', async () => {
    const report = await new ComputeKpiReport(database.transactions, clock).run(system('test'), QUESTION);
    if (!report.ok) throw new Error(report.refusal);
    const { total, byAuthority } = report.value.report;
    for (const dimension of LOSS_DIMENSIONS) {
      const { all, groups } = await traced(dimension);
      expect([dimension, all.enquiries, all.open, all.ended.approved]).toEqual([dimension, total.enquiries, total.openNow.total, total.conversion.cohort.approved]);
      expect(all.ended).toMatchObject(total.dropOut.byWho);
      for (const { days, estimate, stdErr } of total.conversion.estimated) expect(all.curve[days]?.byCause.approved).toMatchObject({ estimate, stdErr });
      expect(groups.reduce((sum, { enquiries }) => sum + enquiries, 0)).toBe(total.enquiries);
    }
    expect(sizes(await traced('authority'))).toEqual(Object.fromEntries(Object.entries(byAuthority).map(([code, { enquiries }]) => [code, enquiries])));
    const response = sizes(await traced('response'));
    expect([response.in_time, response.in_time! + response.late! + (response.never ?? 0)]).toEqual([total.firstResponse.withinStandard, total.firstResponse.counted]);
  });

  it('tells enquiries apart as the imported file does', async () => {
    const tally = (keyOf: (row: Row, on: string) => string): Record<string, number> => {
      const sums: Record<string, number> = {};
      for (const { row, steps } of counted(csv)) sums[keyOf(row, steps[0]!.on)] = (sums[keyOf(row, steps[0]!.on)] ?? 0) + 1;
      return sums;
    };
    expect(sizes(await traced('channel'))).toEqual(tally((row) => row.channel!));
    expect(sizes(await traced('source'))).toEqual(tally((row) => row.source!));
    expect(sizes(await traced('month'))).toEqual(tally((_, on) => on.slice(0, 7)));
  });

  it('is remembered while nothing changed, and counted anew when a family turns out to have heard elsewhere', async () => {
    const trace = new TraceLosses(database.transactions, clock);
    const asked = async () => {
      const found = await trace.run(system('test'), QUESTION, 'source');
      if (!found.ok) throw new Error(found.refusal);
      return sizes(found.value);
    };
    const before = await asked();
    expect(await asked()).toEqual(before);
    const { rows: [journey] } = await database.owner.query<{ id: string; source: string }>(`SELECT id, source FROM journeys WHERE enquiry_on BETWEEN $1 AND $2 AND source <> '' AND coalesce(closed_reason, '') NOT IN ('duplicate', 'not_an_enquiry', 'kinship') AND NOT kinship LIMIT 1`, [QUESTION.from, QUESTION.to]);
    await database.owner.query('UPDATE journeys SET source = $2 WHERE id = $1', [journey!.id, ' A bus that burned ']);
    expect(await asked()).toMatchObject({ 'A bus that burned': 1 });
    await database.owner.query('UPDATE journeys SET source = $2 WHERE id = $1', [journey!.id, journey!.source]);
    expect(await asked()).toEqual(before);
  });

  it('knows how long each stage took, and how long those still in it have been there', async () => {
    const expected: Record<string, { days: number; isOpen: boolean }[]> = {};
    for (const { steps, closedOn } of counted(csv)) {
      const moved: { stage: string; on: string }[] = [];
      let furthest = -1;
      for (const { step, on } of [...steps].sort((one, other) => one.on.localeCompare(other.on) || one.step - other.step)) {
        if (step <= furthest) continue;
        furthest = step;
        if (moved.at(-1)?.stage !== STAGE_OF_STEP[step]) moved.push({ stage: STAGE_OF_STEP[step]!, on });
      }
      moved.forEach(({ stage, on }, index) => {
        if (stage === 'approved') return;
        const until = moved[index + 1]?.on ?? closedOn;
        (expected[stage] ??= []).push({ days: dayOf(until ?? QUESTION.asAt) - dayOf(on), isOpen: until === null });
      });
    }
    const { stages } = await traced('authority');
    expect(stages.map(({ stage }) => stage)).toEqual(['enquiry', 'initial_application', 'home_visit', 'assessment', 'decision']);
    for (const { stage, came, wentOn, closed, open, quartiles } of stages) {
      const here = expected[stage]!;
      expect([stage, came, open, wentOn + closed]).toEqual([stage, here.length, here.filter(({ isOpen }) => isOpen).length, here.filter(({ isOpen }) => !isOpen).length]);
      expect([stage, quartiles[1]]).toEqual([stage, { days: productLimitMedian(here) }]);
    }
  });

  it('is shown for the authorities in reach, and for no other', async () => {
    const manager = await makeStaffActor(database, 'team_manager', 'derby');
    const { all, groups } = await traced('authority', manager);
    expect(groups.map(({ group }) => group)).toEqual(['derby']);
    expect(all.enquiries).toBe(groups[0]!.enquiries);
    expect(await new TraceLosses(database.transactions, clock).run(manager, { ...QUESTION, authority: 'nottingham' }, 'month')).toEqual({ ok: false, refusal: 'unknown_authority' });
    expect((await traced('month', system('test'), { authority: 'derby' })).all.enquiries).toBe(all.enquiries);
  });
});

describe('what a year is forecast to come to', () => {
  // A simulated hub with a known truth, whose as-at date lies so that the year ends when its truth does.
  const hub = simulatedHub(6);
  const year = { from: localDate('2025-04-01'), to: localDate('2026-03-31') };
  const asAt = addDays(year.to, -hub.daysAhead);
  const onDay = (day: number): string => addDays(asAt, day);
  let database: TestDatabase;
  const clock = new MovableClock(momentAt(addDays(asAt, 1), 205));

  beforeAll(async () => {
    database = await createTestDatabase();
    const pasts = hub.journeys.map(({ enquiryDay, stays }): Past => {
      const receivedAt = `${onDay(enquiryDay)}T12:00:00Z`;
      const ends = stays.map(({ untilDay, onward }): Past['events'][number] => (onward === 'closed' ? { kind: 'closed', on: onDay(untilDay), by: 'applicant', reason: 'not_now' } : { kind: 'milestone', milestone: onward, on: onDay(untilDay) }));
      return { receivedAt, dueAt: receivedAt, authority: enquiryDay % 3 === 0 ? 'derby' : 'nottingham', recordedAt: receivedAt, events: ends };
    });
    await recordPasts(database.owner, pasts);
  });
  afterAll(() => database.drop());

  const forecastYear = (): ForecastYear => new ForecastYear(database.transactions, clock);

  it('counts of the history what was known at the time, and nothing that came later', async () => {
    const sums = (groups: readonly { readonly count: number }[], keyOf: (group: never) => string): Record<string, number> => {
      const counted: Record<string, number> = {};
      for (const group of groups) counted[keyOf(group as never)] = (counted[keyOf(group as never)] ?? 0) + group.count;
      return counted;
    };
    const found = await database.transactions.read(system('test'), (tx) => forecastFacts(tx, year, asAt, { eventsBefore: momentAt(addDays(asAt, 1), 0), dueBefore: clock.now() }));
    const known = knownAtTheTime({ ...hub, daysBefore: found!.calendar.historyDays });
    const stay = ({ at, steps, onward }: { at: string; steps: number; onward: string }): string => `${at} ${String(steps)} ${onward}`;
    expect(sums(found!.stays, stay)).toEqual(sums(known.stays, stay));
    const open = ({ at, steps }: { at: string; steps: number }): string => `${at} ${String(steps)}`;
    expect(sums(found!.open, open)).toEqual(sums(known.open, open));
    expect(found!.calendar.past).toHaveLength(known.enquiries.length);
    expect(found!.calendar.ahead).toHaveLength(known.ahead.length);
    const came = sums(found!.enquiries, ({ step }: { step: number }) => String(step));
    expect(known.enquiries.map(({ count }) => count)).toEqual(known.enquiries.map((_, index) => came[String(index - known.enquiries.length)] ?? 0));
  });

  it('is kept as it was said, once a night, and holds what then came', async () => {
    const target = { yearFrom: year.from, authority: null, target: 'approvals', value: 400, source: 'Made up for this test' } as const;
    expect((await new StateTarget(database.transactions, clock).run(await makeStaffActor(database, 'hub_manager'), target)).ok).toBe(true);
    const keep = new KeepForecasts(database.transactions, forecastYear(), clock);
    expect(await keep.run()).toEqual({ kept: 3 });
    expect(await keep.run()).toEqual({ kept: 0 });
    await expect(database.owner.query(`UPDATE kept_forecasts SET forecast = '{}'`)).rejects.toThrow(/append-only|never/);
    const newest = await database.transactions.read(await makeStaffActor(database, 'analyst'), (tx) => newestForecast(tx, null));
    const { toCome, approvedSoFar, levers, pushes, target: statedThen } = newest!.forecast;
    const came = approvalsThatCame(hub);
    expect([newest!.asAt, toCome.within95.low <= came, came <= toCome.within95.high]).toEqual([asAt, true, true]);
    const report = await new ComputeKpiReport(database.transactions, clock).run(system('test'), { ...year, asAt });
    expect(approvedSoFar).toBe(report.ok ? report.value.report.total.turnaround.approvals : -1);
    expect([statedThen, levers!.volume === null || levers!.volume > 1]).toEqual([400, true]);
    expect([pushes.volume > 0, pushes.lost > 0, pushes.speed > 0]).toEqual([true, true, true]);
  });

  it('is seen by those whose figures it is', async () => {
    const manager = await makeStaffActor(database, 'team_manager', 'derby');
    expect(await database.transactions.read(manager, (tx) => newestForecast(tx, null))).toBeNull();
    expect((await database.transactions.read(manager, (tx) => monthlyForecasts(tx, 'derby', year.from))).map(({ forecast }) => forecast.authority)).toEqual(['derby']);
    expect(await database.transactions.read(manager, (tx) => monthlyForecasts(tx, 'nottingham', year.from))).toEqual([]);
    expect(await forecastYear().run(manager, { authority: null, asAt })).toEqual({ ok: false, refusal: 'unknown_authority' });
  });

  it('is not made where there is too little to go by, or nothing to come', async () => {
    expect(await forecastYear().run(system('test'), { authority: 'derbyshire', asAt })).toEqual({ ok: false, refusal: 'too_little_history' });
    expect(await forecastYear().run(system('test'), { authority: null, asAt: addDays(asAt, 2) })).toEqual({ ok: false, refusal: 'in_the_future' });
    expect(await forecastYear().run(system('test'), { authority: null, asAt: localDate('2025-03-31') })).toEqual({ ok: false, refusal: 'year_is_over' });
  });
});
