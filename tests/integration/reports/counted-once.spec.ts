import { type Actor, system } from '@app/database';
import { addDays, addMonthsClamped, localDate, type LocalDate, MovableClock } from '@app/kernel';
import { ComputeKpiReport, type CountedFacts, cutOf, eachMonthOfAPeriod, factsFromHistory, factsOfWeeks, forecastFacts, KeepCountedMonths, LOSS_DIMENSIONS, type ReportRequest, TraceLosses } from '@app/reports';
import { curvesInShort } from '../../support/curves-in-short';
import { groupsOf } from '../../support/groups-of-facts';
import { seededRandom } from '../../support/random-import-file';
import { type Past, type PastEvent, recordPasts } from '../../support/recorded-history';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const FIRST = localDate('2025-01-01');
const DAYS = 330;
const NOW = new Date('2025-12-10T11:30:20Z');
const MILESTONES = ['initial_application', 'home_visit', 'application', 'stage_1', 'stage_2', 'panel', 'approved'];
const CLOSES = [['applicant', 'changed_mind'], ['service', 'no_spare_room'], ['no_contact', 'no_response'], ['service', 'duplicate'], ['service', 'not_an_enquiry'], ['service', 'kinship']] as const;
const AUTHORITIES = ['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'unrouted'];

describe('what is counted once and kept', () => {
  let database: TestDatabase;
  const clock = new MovableClock(NOW);
  const random = seededRandom(7);
  const from = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const one = <T>(items: readonly T[]): T => items[from(0, items.length - 1)]!;
  const moment = (on: LocalDate): string => `${on}T${String(from(8, 20)).padStart(2, '0')}:${String(from(0, 59)).padStart(2, '0')}:00Z`;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  /** Anything that can happen to a journey after a day, in time or told too late, now and then corrected since. */
  function happening(after: LocalDate): PastEvent {
    const on = addDays(after, from(0, 200));
    const at = moment(on);
    const late = random() < 0.3 ? from(1, 60) : 0;
    const recordedAt = new Date(Date.parse(at) + late * 86_400_000).toISOString();
    const corrected = random() < 0.2 ? { supersededAt: new Date(Date.parse(recordedAt) + from(1, 40) * 86_400_000).toISOString() } : {};
    const what = random();
    if (what < 0.2) return { kind: 'closed', on, ...(([by, reason]) => ({ by, reason }))(one(CLOSES)), recordedAt, ...corrected };
    if (what < 0.3) return { kind: 'reopened', at, recordedAt };
    if (what < 0.4) return { kind: one(['held', 'resumed']), at, recordedAt };
    if (what < 0.5) return { kind: 'routed', at, authority: one(AUTHORITIES), recordedAt };
    if (what < 0.6) return { kind: one(['kinship_marked', 'kinship_cleared']), at, recordedAt };
    return { kind: 'milestone', milestone: one(MILESTONES), on, recordedAt, ...corrected };
  }

  function randomPast(): Past {
    const on = addDays(FIRST, from(0, DAYS));
    const receivedAt = moment(on);
    const dueAt = `${addDays(on, 1)}T17:00:00Z`;
    const taken = new Set<string>();
    const events = Array.from({ length: from(0, 6) }, () => happening(on)).filter(({ kind, milestone, supersededAt }) => {
      if (kind !== 'milestone' || supersededAt !== undefined) return true;
      if (taken.has(milestone ?? '')) return false;
      taken.add(milestone ?? '');
      return true;
    });
    if (random() < 0.7) {
      const at = new Date(Date.parse(receivedAt) + from(0, 4_000) * 60_000).toISOString();
      events.push({ kind: 'first_response', at, dueAt, workingMinutes: from(0, 900), recordedAt: at });
    }
    return { receivedAt, dueAt, authority: one(AUTHORITIES), recordedAt: receivedAt, events };
  }

  /** What changes the past: facts that become known, dates of enquiries that move to another month, contacts that come in and move with a merge. */
  async function change(): Promise<void> {
    const now = clock.now().toISOString();
    await recordPasts(database.owner, Array.from({ length: from(1, 4) }, randomPast));
    const { rows: journeys } = await database.owner.query<{ id: string; on: LocalDate }>(`SELECT journey_id AS id, happened_on AS on FROM journey_events WHERE milestone = 'enquiry' AND superseded_at IS NULL ORDER BY md5(journey_id || $1) LIMIT 6`, [now]);
    const [moved, told, written, merged, kept] = journeys;
    if (!moved || !told || !written || !merged || !kept) throw new Error('There are too few journeys.');
    await database.owner.query(`UPDATE journey_events SET superseded_at = greatest($2::timestamptz, recorded_at), correction_reason = 'test' WHERE journey_id = $1 AND milestone = 'enquiry' AND superseded_at IS NULL`, [moved.id, now]);
    const anew = moment(addDays(moved.on, -40));
    await database.owner.query(`INSERT INTO journey_events (journey_id, kind, milestone, happened_on, happened_at, due_at, recorded_at, recorded_by) VALUES ($1, 'milestone', 'enquiry', $2::timestamptz::date, $2, $3, $4, 'test')`, [moved.id, anew, moment(addDays(moved.on, -38)), now]);
    const closed = happening(told.on);
    await database.owner.query(`INSERT INTO journey_events (journey_id, kind, happened_on, closed_by, closed_reason, recorded_at, recorded_by) VALUES ($1, 'closed', $2, $3, $4, $5, 'test')`, [told.id, closed.on ?? closed.at?.slice(0, 10), ...one(CLOSES), now]);
    await database.owner.query(`INSERT INTO contacts (id, authority, journey_id, received_at, recorded_at, channel, reference, screening) VALUES (gen_random_uuid(), 'derby', $1, $2, $3, 'phone', 'again', 'clear')`, [written.id, moment(addDays(FIRST, from(0, DAYS))), now]);
    await database.owner.query('UPDATE contacts SET journey_id = $1 WHERE journey_id = $2', [kept.id, merged.id]);
    await database.owner.query(`INSERT INTO journey_events (journey_id, kind, happened_on, closed_by, closed_reason, recorded_at, recorded_by) VALUES ($1, 'closed', $2, 'service', 'duplicate', $3, 'test')`, [merged.id, now.slice(0, 10), now]);
  }

  function randomQuestion(): ReportRequest {
    const start = random() < 0.6 ? addMonthsClamped(FIRST, from(-2, 10)) : addDays(FIRST, from(0, DAYS));
    const to = random() < 0.6 ? addDays(addMonthsClamped(localDate(`${start.slice(0, 7)}-01`), from(1, 12)), -1) : addDays(start, from(0, 300));
    const today = localDate(clock.now().toISOString().slice(0, 10));
    const asAt = random() < 0.4 ? today : addDays(today, -from(0, 300));
    return { period: { from: start, to: to < start ? start : to }, asAt, knownAt: random() < 0.3 ? new Date(clock.now().getTime() - from(0, 200) * 86_400_000) : null, authority: null };
  }

  /** Asks as ever, then again when no month is kept, and whatever has something still to come is asked how it stood, and everything has. */
  async function withAndWithoutStandings<T>(ask: () => Promise<T>): Promise<readonly [T, T]> {
    const quick = await ask();
    await database.owner.query(`DELETE FROM counted_months; UPDATE journey_standings SET last_on = '2999-12-31'`);
    const full = await ask();
    await database.owner.query(`UPDATE journey_standings s SET last_on = n.last_on FROM standings_of(ARRAY(SELECT journey_id FROM journey_standings)) n WHERE n.journey_id = s.journey_id`);
    return [quick, full];
  }

  it('gives the same figures as the whole history, whatever happens, becomes known or is corrected', async () => {
    await recordPasts(database.owner, Array.from({ length: 160 }, randomPast));
    const keep = new KeepCountedMonths(database.transactions, clock);
    let fromMonths = 0;
    for (let round = 0; round < 12; round += 1) {
      if (round % 3 !== 0) fromMonths += (await keep.run()).counted;
      if (round % 2 === 0) await change();
      for (let question = 0; question < 6; question += 1) {
        const request = randomQuestion();
        const cut = cutOf(request.asAt, request.knownAt ?? clock.now());
        const [quick, full] = await database.transactions.read(system('test'), async (tx) => {
          const months: CountedFacts[] = [];
          await eachMonthOfAPeriod(tx, request, cut, (_, facts) => months.push(facts));
          return [months, await factsFromHistory(tx, request, cut, 'every_journey')] as const;
        });
        expect({ request, groups: groupsOf(quick) }).toEqual({ request, groups: groupsOf([full]) });
      }
      clock.advance(from(1, 20) * 3_600_000);
    }
    expect(fromMonths).toBeGreaterThan(12);
  });

  it('counts weeks as the whole history does', async () => {
    const monday = localDate('2024-12-30');
    for (let question = 0; question < 8; question += 1) {
      const weeks = Array.from({ length: from(3, 40) }, (_, week) => ({ from: addDays(monday, 7 * week), to: addDays(monday, 7 * week + 6) }));
      const request = { ...randomQuestion(), period: { from: monday, to: weeks.at(-1)!.to } };
      const cut = cutOf(request.asAt, request.knownAt ?? clock.now());
      await database.transactions.read(system('test'), async (tx) => {
        const counted = await factsOfWeeks(tx, weeks, request, cut);
        for (const week of [weeks[0]!, weeks.at(-1)!, one(weeks), one(weeks)]) {
          const whole = await factsFromHistory(tx, { ...request, period: week }, cut, 'every_journey');
          const withoutMonths = (facts: CountedFacts | undefined) => groupsOf(facts === undefined ? [] : [JSON.parse(JSON.stringify(facts, (key, value: unknown) => (key === 'month' ? undefined : value))) as CountedFacts]);
          expect({ request, week, groups: withoutMonths(counted.get(week.from)) }).toEqual({ request, week, groups: withoutMonths(whole) });
        }
      });
    }
  });

  it.each([['while much of it is still to come', NOW], ['when all of it has happened', new Date('2026-12-01T10:00:30Z')]])('tells where families were lost, and how long each stage took, as the whole history does, %s', async (_, now) => {
    clock.set(now);
    await new KeepCountedMonths(database.transactions, clock).run();
    await change();
    const questions = Array.from({ length: 15 }, (_, index) => ({ dimension: LOSS_DIMENSIONS[index % LOSS_DIMENSIONS.length]!, ...randomQuestion() }));
    const answers = async () => {
      const found = [];
      for (const { period, asAt, knownAt, dimension } of questions) {
        const traced = await new TraceLosses(database.transactions, clock).run(system('test'), { ...period, asAt, knownAt }, dimension);
        if (!traced.ok) throw new Error(traced.refusal);
        const { all, groups, stages } = traced.value;
        found.push({ period, asAt, knownAt, dimension, all, groups, stages });
      }
      return found;
    };
    const [quick, full] = await withAndWithoutStandings(answers);
    expect(curvesInShort(quick)).toEqual(curvesInShort(full));
    expect(quick.filter(({ all, asAt, period }) => all.enquiries > 20 && asAt > period.from).length).toBeGreaterThan(5);
    clock.set(NOW);
  });

  it('counts for a forecast as the whole history does', async () => {
    const year = { from: localDate('2025-04-01'), to: localDate('2026-03-31') };
    const asAts = ['2025-05-02', '2025-07-31', '2025-09-14', '2025-11-30', clock.now().toISOString().slice(0, 10)].map(localDate);
    const [quick, full] = await withAndWithoutStandings(() => database.transactions.read(system('test'), async (tx) => {
      const found = [];
      for (const asAt of asAts) found.push(await forecastFacts(tx, year, asAt, cutOf(asAt, clock.now())));
      return found;
    }));
    expect(quick).toEqual(full);
    expect(quick.at(-1)!.stays.length).toBeGreaterThan(50);
  });

  it('counts a month anew only when one of its journeys changed', async () => {
    const keep = new KeepCountedMonths(database.transactions, clock);
    await keep.run();
    expect(await keep.run()).toEqual({ counted: 0 });
    const [journey] = await recordPasts(database.owner, [{ ...randomPast(), receivedAt: '2025-03-12T10:00:00Z', events: [] }]);
    expect(await keep.run()).toEqual({ counted: 1 });
    await database.owner.query(`INSERT INTO journey_events (journey_id, kind, milestone, happened_on, recorded_at, recorded_by) VALUES ($1, 'milestone', 'approved', '2025-08-20', now(), 'test')`, [journey]);
    expect(await keep.run()).toEqual({ counted: 2 });
  });

  it('believes nothing that was counted in another database, such as the one that a copy was taken of', async () => {
    const keep = new KeepCountedMonths(database.transactions, clock);
    await keep.run();
    const { rowCount } = await database.owner.query(`UPDATE counted_months SET identity = 'elsewhere'`);
    expect(await keep.run()).toEqual({ counted: rowCount });
  });

  describe('a report that is asked for again', () => {
    const question = { from: FIRST, to: localDate('2027-12-31') };
    // Everything that the random pasts tell has happened by then.
    beforeAll(() => { clock.set(new Date('2027-03-01T10:00:30Z')); });

    const manager: Actor = { kind: 'staff', staffId: 'b5f1b0f2-0000-7000-8000-000000000001', name: 'Test', people: ['derby'], figures: ['derby'], file: [], carers: [], constellations: [], readsAudit: false };
    const asked = async (compute: ComputeKpiReport, actor: Actor = system('test')) => {
      const computed = await compute.run(actor, question);
      if (!computed.ok) throw new Error(computed.refusal);
      return computed.value;
    };

    it('is remembered while nothing changed, and counted anew after any one change, also of a transaction that began before', async () => {
      const compute = new ComputeKpiReport(database.transactions, clock);
      const before = await asked(compute);
      expect((await asked(compute)).facts).toBe(before.facts);
      await database.owner.query('BEGIN');
      const [id] = (await database.owner.query<{ id: string }>(`INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, recorded_at, recorded_by)
        SELECT journey_id, 'contact', '2025-02-03', '2025-02-03T10:00Z', now(), 'test' FROM journey_events WHERE milestone = 'enquiry' AND superseded_at IS NULL LIMIT 1 RETURNING id`)).rows;
      await database.source.query('SELECT pg_current_xact_id()');
      const during = await asked(compute);
      expect(during.report.total.contacts).toBe(before.report.total.contacts);
      await database.owner.query('COMMIT');
      const after = await asked(compute);
      expect(after.report.total.contacts).toBe(before.report.total.contacts + 1);
      await database.owner.query(`UPDATE journey_events SET superseded_at = now() WHERE id = $1`, [id!.id]);
      expect((await asked(compute)).report.total).toEqual(before.report.total);
    });

    it('misses a first response in the minute after it was due, though nothing happens', async () => {
      const due = new Date(clock.now().getTime() + 600_000);
      await recordPasts(database.owner, [{ receivedAt: clock.now().toISOString(), dueAt: due.toISOString(), authority: 'derby', recordedAt: clock.now().toISOString(), events: [] }]);
      const compute = new ComputeKpiReport(database.transactions, clock);
      const before = await asked(compute);
      clock.set(due);
      expect((await asked(compute)).facts).toBe(before.facts);
      clock.advance(60_000);
      expect((await asked(compute)).report.total.firstResponse.counted).toBe(before.report.total.firstResponse.counted + 1);
    });

    it('shows each only the figures in their reach, whoever asked first, and says when it was asked for', async () => {
      const compute = new ComputeKpiReport(database.transactions, clock);
      const all = await asked(compute);
      clock.advance(1_000);
      const theirs = await asked(compute, manager);
      expect(Object.keys(theirs.report.byAuthority)).toEqual(['derby']);
      expect(theirs.report.total).toEqual(all.report.byAuthority.derby);
      expect(theirs.facts.enquiries.every(({ authority }) => authority === 'derby')).toBe(true);
      expect(Date.parse(theirs.report.generatedAt)).toBe(Math.floor(clock.now().getTime() / 1_000) * 1_000);
      expect((await asked(compute)).report.byAuthority).toEqual(all.report.byAuthority);
    });
  });
});
