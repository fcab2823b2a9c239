import { loadCalendars } from '@app/authorities';
import { type Actor, rows, system } from '@app/database';
import { clocksOf, meetClock, NoTimeLimitError, planClock, resumeClocks, startClock, stopClocks, storeClocks, timeLimits } from '@app/deadlines';
import { localDate, momentAt } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { makeWaitingFamily } from '../../support/waiting-family';

const SYSTEM = system('test');
const at = (on: string, hour: number): Date => momentAt(localDate(on), hour * 60);

describe('a clock', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    const limit = `INSERT INTO time_limits (rule, authority, holds_from, amount, unit, source, recorded_by) VALUES ('home_visit', $1, $2, $3, $4, 'a test', 'test')`;
    await database.owner.query(limit, [null, '2026-10-01', 5, 'working_days']);
    await database.owner.query(limit, ['derby', '2026-09-01', 14, 'calendar_days']);
  });
  afterAll(() => database.drop());

  const start = (actor: Actor, journeyId: string, authority: string, startOn: string): Promise<{ dueOn: string; dueAt: Date }> =>
    database.transactions.run(actor, async (tx) => startClock(tx, { journeyId, rule: 'home_visit', startOn: localDate(startOn), authority, calendars: await loadCalendars(tx) }));
  const clocks = (journeyId: string): ReturnType<typeof clocksOf> => database.transactions.read(SYSTEM, (tx) => clocksOf(tx, journeyId));

  it('keeps the limit that was in force on the day it started, an authority\'s own before the hub\'s', async () => {
    const dueOf = async (authority: string, startOn: string): Promise<string> => (await start(SYSTEM, (await makeWaitingFamily(database, { receivedAt: at('2026-08-03', 10) })).journeyId, authority, startOn)).dueOn;
    expect(await dueOf('nottingham', '2026-09-30')).toBe('2026-10-14');
    expect(await dueOf('nottingham', '2026-10-01')).toBe('2026-10-08');
    expect(await dueOf('derby', '2026-08-31')).toBe('2026-09-14');
    expect(await dueOf('derby', '2026-09-01')).toBe('2026-09-15');
    expect(await dueOf('derby', '2026-10-05')).toBe('2026-10-19');
  });

  it('is not moved by a limit that is set later', async () => {
    const { journeyId } = await makeWaitingFamily(database, { receivedAt: at('2026-10-05', 10), authority: 'nottinghamshire' });
    await start(SYSTEM, journeyId, 'nottinghamshire', '2026-10-05');
    await database.owner.query(`INSERT INTO time_limits (rule, holds_from, amount, unit, source, recorded_by) VALUES ('home_visit', '2026-10-02', 1, 'working_days', 'a later rule', 'test')`);
    expect(await clocks(journeyId)).toMatchObject([{ rule: 'home_visit', dueOn: '2026-10-12', limit: { amount: 5, unit: 'working_days', holdsFrom: '2026-10-01', source: 'a test' } }, { rule: 'first_response' }]);
  });

  it('is due at closing time for a first response, and when the day has ended for a rule in days', async () => {
    const { journeyId, dueAt } = await makeWaitingFamily(database, { receivedAt: at('2026-04-02', 18) });
    expect(dueAt).toEqual(at('2026-04-08', 17));
    const visit = await start(SYSTEM, journeyId, 'derbyshire', '2026-04-02');
    expect(visit).toMatchObject({ dueOn: '2026-04-20', dueAt: at('2026-04-21', 0) });
  });

  it('is refused where nobody has set a limit', async () => {
    const { journeyId } = await makeWaitingFamily(database, { receivedAt: at('2026-10-05', 10) });
    await expect(start(SYSTEM, journeyId, 'derby', '2015-12-31')).rejects.toThrow(NoTimeLimitError);
  });

  it('of a family that was there before is out of reach of the public, who can read neither clocks nor mail', async () => {
    const { journeyId } = await makeWaitingFamily(database, { receivedAt: at('2026-10-05', 10) });
    const seen = await database.transactions.run({ kind: 'public' }, async (tx) => {
      await queueEmail(tx, { kind: 'acknowledgement', to: 'jo@example.org', subject: 'Thank you', body: 'We will ring you.', onceKey: `thanks:${journeyId}`, demonstration: false, now: at('2026-10-05', 10) });
      await meetClock(tx, journeyId, 'first_response', at('2026-10-05', 11));
      return { clocks: await clocksOf(tx, journeyId), mail: await rows(tx, 'SELECT id FROM emails') };
    });
    expect(seen).toEqual({ clocks: [], mail: [] });
    await expect(start({ kind: 'public' }, journeyId, 'derby', '2026-10-05')).rejects.toThrow('row-level security');
    expect(await clocks(journeyId)).toMatchObject([{ rule: 'first_response', state: 'running' }]);
  });

  it('is met by an answer even after the journey has closed, and stopped only while nothing met it', async () => {
    const { journeyId } = await makeWaitingFamily(database, { receivedAt: at('2026-10-05', 10) });
    const change = (work: Parameters<typeof database.transactions.run<unknown>>[1]): Promise<unknown> => database.transactions.run(SYSTEM, work);
    await change((tx) => stopClocks(tx, journeyId, at('2026-10-05', 12)));
    expect(await change((tx) => meetClock(tx, journeyId, 'first_response', at('2026-10-05', 11), 60))).toBe(true);
    await change((tx) => stopClocks(tx, journeyId, at('2026-10-06', 12)));
    expect(await clocks(journeyId)).toMatchObject([{ state: 'met', endedAt: at('2026-10-05', 11), workingMinutes: 60 }]);
    expect(await change((tx) => meetClock(tx, journeyId, 'first_response', at('2026-10-07', 11), 600))).toBe(false);
  });

  it('that was replaced after a correction stays stopped when the journey is reopened', async () => {
    const { journeyId } = await makeWaitingFamily(database, { receivedAt: at('2026-10-05', 10), authority: 'nottingham' });
    await start(SYSTEM, journeyId, 'nottingham', '2026-10-05');
    await database.transactions.run(SYSTEM, (tx) => stopClocks(tx, journeyId, at('2026-10-07', 9), 'home_visit'));
    await start(SYSTEM, journeyId, 'nottingham', '2026-10-06');
    await database.transactions.run(SYSTEM, (tx) => stopClocks(tx, journeyId, at('2026-10-08', 9)));
    await database.transactions.run(SYSTEM, (tx) => resumeClocks(tx, journeyId));
    const visits = (await clocks(journeyId)).filter(({ rule }) => rule === 'home_visit');
    expect(visits).toMatchObject([{ startedAt: at('2026-10-05', 0), state: 'stopped' }, { startedAt: at('2026-10-06', 0), state: 'running', endedAt: null }]);
  });

  it('of a thousand imported journeys is stored in one go, with how it ended', async () => {
    const family = await makeWaitingFamily(database, { receivedAt: at('2026-03-02', 10) });
    await database.transactions.run(SYSTEM, async (tx) => {
      const [limits, calendars] = [await timeLimits(tx), await loadCalendars(tx)];
      const planned = Array.from({ length: 1500 }, () =>
        planClock(limits, { journeyId: family.journeyId, rule: 'first_response', startedAt: at('2026-03-02', 10), authority: 'derby', calendars, noAlertsBefore: at('2026-03-03', 15), outcome: { state: 'stopped', at: at('2026-03-02', 11) } }),
      );
      await storeClocks(tx, planned);
    });
    const { rows: stored } = await database.owner.query(
      `SELECT a.rung, a.state, a.why_cancelled, count(*)::int AS many FROM alerts a JOIN clocks c ON c.id = a.clock_id WHERE a.journey_id = $1 AND c.state = 'stopped' GROUP BY 1, 2, 3 ORDER BY min(a.due_at)`,
      [family.journeyId],
    );
    expect(stored).toEqual([
      { rung: 'warning', state: 'cancelled', why_cancelled: 'passed_before_import', many: 1500 },
      { rung: 'breach', state: 'cancelled', why_cancelled: 'stopped', many: 1500 },
      { rung: 'escalation', state: 'cancelled', why_cancelled: 'stopped', many: 1500 },
    ]);
  });
});
