import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthoritiesModule, ChangeSettings, ImportBankHolidays } from '@app/authorities';
import type { Actor } from '@app/database';
import { ReceiveEnquiry, ScreenContact } from '@app/enquiries';
import { CloseJourney, CorrectHistory, HoldJourney, ImportJourneys, LogConversation, MarkKinship, MergeJourneys, MoveJourney, ReopenJourney, ResumeJourney, RouteJourney } from '@app/journeys';
import { addDays, expectedBankHolidays, localDate, type LocalDate, localDateOf } from '@app/kernel';
import { ComputeKpiReport, type CountedFacts, cutOf, eachMonthOfAPeriod, factsFromHistory, KeepCountedMonths, kpiReport, LOSS_DIMENSIONS, type LossDimension, type ReportRequest, ReportsModule, TraceLosses } from '@app/reports';
import { rowsOfFile } from '@app/spreadsheets';
import { curvesInShort } from '../../support/curves-in-short';
import { groupsOf } from '../../support/groups-of-facts';
import { anEnquiry, createHubWorld, type HubWorld } from '../../support/hub-world';
import { randomImportFile, seededRandom } from '../../support/random-import-file';
import { makeStaffActor } from '../../support/staff';

const ROUNDS = 4;
const FROM = localDate('2024-11-01');
const COUNCILS = ['derby', 'derbyshire', 'nottingham', 'nottinghamshire'] as const;
const NEXT = [['initial_application', 'initial_application_on IS NULL'], ['home_visit', 'initial_application_on IS NOT NULL AND home_visit_on IS NULL'], ['application', 'home_visit_on IS NOT NULL AND application_on IS NULL']] as const;
const CLOSES = [['applicant', 'changed_mind'], ['service', 'no_spare_room'], ['no_contact', 'no_response'], ['service', 'not_an_enquiry'], ['service', 'kinship']] as const;

describe('what is kept while two write, one counts and one asks', () => {
  let hub: HubWorld;
  let folder: string;
  const actor: Extract<Actor, { kind: 'system' }> = { kind: 'system', process: 'test' };
  const random = seededRandom(11);
  const from = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const one = <T>(items: readonly T[]): T => items[from(0, items.length - 1)]!;
  const today = (): LocalDate => localDateOf(hub.clock.now());
  const done: Record<string, number> = {};

  beforeAll(async () => {
    hub = await createHubWorld('2025-12-10T11:30:20Z', [ReportsModule, AuthoritiesModule]);
    folder = await mkdtemp(join(tmpdir(), 'counted-'));
    await importFile();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await hub.close();
  });

  async function importFile(): Promise<boolean> {
    const seed = from(1, 1e6);
    const path = join(folder, `${String(seed)}.csv`);
    const csv = randomImportFile({ rows: Object.keys(done).length === 0 ? 150 : 8, seed, from: FROM, days: 330, until: addDays(today(), -1) });
    await writeFile(path, csv.replaceAll(/^(?!reference)/gm, `${String(seed)}-`));
    const imported = await hub.get(ImportJourneys).run(actor, { rows: rowsOfFile(path), dryRun: false, skipInvalid: true, onMistake: () => undefined });
    return imported.ok;
  }

  const anyJourney = async (which = 'true'): Promise<{ id: string; on: LocalDate }> => {
    const { rows: [journey] } = await hub.database.owner.query<{ id: string; on: LocalDate }>(`SELECT id, enquiry_on::text AS on FROM journeys WHERE ${which} ORDER BY md5(id || $1) LIMIT 1`, [String(random())]);
    return journey ?? { id: '00000000-0000-7000-8000-000000000000', on: today() };
  };
  const worked = async (change: Promise<{ readonly ok: boolean }>): Promise<boolean> => (await change).ok;
  const earlier = (on: LocalDate): LocalDate => [addDays(on, from(0, 120)), today()].sort()[0]!;

  /** Everything that people and files do to journeys, and to what is counted of them. */
  const changes: Readonly<Record<string, () => Promise<boolean>>> = {
    import: importFile,
    enquiry: async () => Boolean(await hub.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ source: one(['A bus', 'A friend', '']), askedForAuthority: one(COUNCILS) }))),
    release: async () => {
      const { reference } = await hub.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ suspicions: ['honeypot'] }));
      const [contact] = (await hub.database.owner.query<{ id: string }>('SELECT id FROM contacts WHERE reference = $1', [reference])).rows;
      return worked(hub.get(ScreenContact).release(await makeStaffActor(hub.database, 'hub_manager'), contact!.id));
    },
    answer: async () => worked(hub.get(LogConversation).run(actor, { journeyId: (await anyJourney(`status = 'open' AND first_response_at IS NULL`)).id, kind: 'conversation', note: 'Talked', answers: true })),
    move: async () => {
      const [milestone, before] = one(NEXT);
      return worked(hub.get(MoveJourney).run(actor, { journeyId: (await anyJourney(`status = 'open' AND ${before}`)).id, milestone, on: today() }));
    },
    correctDate: async () => {
      const { id, on } = await anyJourney('initial_application_on IS NOT NULL');
      return worked(hub.get(CorrectHistory).run(actor, { journeyId: id, what: one(['initial_application', 'home_visit', 'application', 'panel']), to: random() < 0.3 ? null : earlier(on), reason: 'Read wrongly' }));
    },
    correctAnswer: async () => {
      const { id, on } = await anyJourney('first_response_at IS NOT NULL');
      return worked(hub.get(CorrectHistory).run(actor, { journeyId: id, what: 'first_response', to: random() < 0.3 ? null : new Date(`${addDays(on, from(1, 3))}T10:15:00Z`), reason: 'It was another day' }));
    },
    correctApproval: async () => {
      const { id, on } = await anyJourney('approved_on IS NOT NULL');
      return worked(hub.get(CorrectHistory).run(actor, { journeyId: id, what: 'approved', to: earlier(addDays(on, 200)), reason: 'It was another day' }));
    },
    merge: async () => {
      const [kept, dropped] = [await anyJourney(`status = 'open'`), await anyJourney(`status IN ('open', 'closed')`)];
      return worked(hub.get(MergeJourneys).run(actor, { journeyId: kept.id, otherId: dropped.id }));
    },
    route: async () => worked(hub.get(RouteJourney).run(actor, { journeyId: (await anyJourney(`status = 'open'`)).id, authority: one(COUNCILS), reason: 'They have moved' })),
    close: async () => {
      const { id, on } = await anyJourney(`status = 'open'`);
      const [by, reason] = one(CLOSES);
      return worked(hub.get(CloseJourney).run(actor, { journeyId: id, on: earlier(on), by, reason }));
    },
    reopen: async () => worked(hub.get(ReopenJourney).run(actor, { journeyId: (await anyJourney(`status = 'closed'`)).id, reason: 'They rang again' })),
    hold: async () => worked(hub.get(HoldJourney).run(actor, { journeyId: (await anyJourney(`status = 'open'`)).id, until: addDays(today(), 30), reason: 'A move' })),
    resume: async () => worked(hub.get(ResumeJourney).run(actor, { journeyId: (await anyJourney(`status = 'on_hold'`)).id })),
    kinship: async () => worked(hub.get(MarkKinship).run(actor, { journeyId: (await anyJourney(`status = 'open'`)).id, kinship: random() < 0.7, reason: 'A nephew' })),
    source: async () => (await hub.database.owner.query('UPDATE journeys SET source = $2, channel = $3 WHERE id = $1', [(await anyJourney()).id, one(['A bus', ' A friend ', '']), one(['phone', 'web'])])).rowCount === 1,
    timeLimit: () => worked(hub.get(ChangeSettings).addTimeLimit(actor, { rule: 'first_response', authority: one([null, ...COUNCILS]), holdsFrom: addDays(today(), from(0, 3)), amount: from(1, 3), unit: 'working_days', source: 'test' })),
    closureDay: () => worked(hub.get(ChangeSettings).addClosureDay(actor, addDays(today(), from(0, 10)), 'Moving')),
    bankHolidays: () => {
      const soon = addDays(today(), from(1, 20));
      const events = [...new Set([...expectedBankHolidays(Number(soon.slice(0, 4))), soon])].map((date) => ({ title: 'Bank holiday', date }));
      return worked(hub.get(ImportBankHolidays).run(actor, JSON.stringify({ 'england-and-wales': { events } })));
    },
  };

  /** One person's work: everything twice, in any order. Who is refused, or was in another's way, goes on with the next. */
  async function write(): Promise<void> {
    const names = Object.keys(changes).flatMap((name) => [{ name, turn: random() }, { name, turn: random() }]).sort((one, other) => one.turn - other.turn);
    for (const { name } of names) if (await changes[name]!().catch(inTheWay)) done[name] = (done[name] ?? 0) + 1;
  }
  /** PostgreSQL ends one of two that wait for each other, and refuses one of two that would both open a journey of a household. */
  const inTheWay = (error: unknown): false => {
    if (error instanceof Error && 'code' in error && (error.code === '40P01' || error.message.includes('one_open_journey_a_household'))) return false;
    throw error;
  };

  /** What is counted by people who keep at it, some of it seen by nobody yet. */
  async function countAndAsk(): Promise<void> {
    for (let turn = 0; turn < 6; turn += 1) {
      await hub.get(KeepCountedMonths).run();
      await hub.get(ComputeKpiReport).run(actor, { from: FROM, to: today() });
      await hub.get(TraceLosses).run(actor, { from: FROM, to: today() }, one(LOSS_DIMENSIONS));
    }
  }

  /** A change that began before months were counted, and is committed after. */
  async function writeAcross(): Promise<void> {
    const { id } = await anyJourney(`status = 'open'`);
    await hub.database.owner.query('BEGIN');
    await hub.database.owner.query(`INSERT INTO journey_events (journey_id, kind, happened_on, closed_by, closed_reason, recorded_at, recorded_by) VALUES ($1, 'closed', $2, 'applicant', 'other', $3, 'test')`, [id, today(), hub.clock.now()]);
    await hub.get(KeepCountedMonths).run();
    await hub.get(ComputeKpiReport).run(actor, { from: FROM, to: today() });
    await hub.database.owner.query('COMMIT');
  }

  function randomRequest(): ReportRequest {
    const start = random() < 0.7 ? localDate(`2025-${String(from(1, 12)).padStart(2, '0')}-01`) : addDays(FROM, from(0, 300));
    const asAt = random() < 0.5 ? today() : addDays(today(), -from(0, 200));
    return { period: { from: start, to: addDays(start, from(0, 400)) }, asAt, knownAt: random() < 0.3 ? new Date(hub.clock.now().getTime() - from(0, 60 * 24) * 3_600_000) : null, authority: null };
  }

  const losses = async (trace: TraceLosses, { period, asAt, knownAt }: ReportRequest, dimension: LossDimension) => {
    const traced = await trace.run(actor, { ...period, asAt, knownAt }, dimension);
    if (!traced.ok) throw new Error(traced.refusal);
    const { all, groups, stages } = traced.value;
    return curvesInShort({ all, groups, stages });
  };

  it('always equals the full computation', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all([write(), write(), countAndAsk()]);
      await writeAcross();
      const wrong = await hub.database.owner.query(`(SELECT to_jsonb(s) - 'changed_by' FROM journey_standings s) EXCEPT (SELECT to_jsonb(s) - 'changed_by' FROM standings_of(ARRAY(SELECT id FROM journeys)) s)`);
      expect(wrong.rows).toEqual([]);
      const remembered = await hub.get(ComputeKpiReport).run(actor, { from: FROM, to: today() });
      if (!remembered.ok) throw new Error(remembered.refusal);
      const { report } = remembered.value;
      const everything = { period: report.period, asAt: report.asAt, knownAt: null, authority: null };
      const facts = await hub.database.transactions.read(actor, (tx) => factsFromHistory(tx, everything, cutOf(report.asAt, hub.clock.now()), 'every_journey'));
      expect(report).toEqual(kpiReport(everything, facts, Object.keys(report.byAuthority), new Date(report.generatedAt)));

      const asked = Array.from({ length: 4 }, () => ({ request: randomRequest(), dimension: one(LOSS_DIMENSIONS) }));
      asked.push({ request: everything, dimension: LOSS_DIMENSIONS[round % LOSS_DIMENSIONS.length]! });
      const quick: unknown[] = [];
      for (const { request, dimension } of asked) {
        const cut = cutOf(request.asAt, request.knownAt ?? hub.clock.now());
        await hub.database.transactions.read(actor, async (tx) => {
          const months: CountedFacts[] = [];
          await eachMonthOfAPeriod(tx, request, cut, (_, month) => months.push(month));
          expect({ round, request, groups: groupsOf(months) }).toEqual({ round, request, groups: groupsOf([await factsFromHistory(tx, request, cut, 'every_journey')]) });
        });
        quick.push(await losses(hub.get(TraceLosses), request, dimension));
      }
      // Nothing is kept, and everything has something still to come: so all of it is read from the history.
      await hub.database.owner.query(`CREATE TEMP TABLE kept AS SELECT * FROM counted_months; DELETE FROM counted_months; UPDATE journey_standings SET last_on = '2999-12-31'`);
      const full: unknown[] = [];
      for (const { request, dimension } of asked) full.push(await losses(new TraceLosses(hub.database.transactions, hub.clock), request, dimension));
      await hub.database.owner.query(`INSERT INTO counted_months SELECT * FROM kept; DROP TABLE kept; UPDATE journey_standings s SET last_on = n.last_on FROM standings_of(ARRAY(SELECT journey_id FROM journey_standings)) n WHERE n.journey_id = s.journey_id`);
      expect(asked.map((question, index) => ({ round, ...question, answer: quick[index] }))).toEqual(asked.map((question, index) => ({ round, ...question, answer: full[index] })));
      hub.clock.advance(from(1, 72) * 3_600_000);
    }
    expect(Object.keys(done).sort()).toEqual(Object.keys(changes).sort());
  }, 240_000);
});
