import { type DemonstrationSignIn, loadDemonstration, newSignIns } from '@app/demo';
import { system } from '@app/database';
import { impossibleStates } from '@app/journeys';
import { localDate, MovableClock } from '@app/kernel';
import { ComputeKpiReport, type KpiReport, keptReports } from '@app/reports';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

/** A Saturday evening: the hub is closed, and work waits for Monday. */
const NOW = new Date('2026-11-21T20:00:00Z');
const HOUSEHOLDS = 40;
const LAST_YEAR = { from: localDate('2025-04-01'), to: localDate('2026-03-31') };

const load = (database: TestDatabase, signIns: readonly DemonstrationSignIn[], more: { readonly seed?: number; readonly households?: number; readonly now?: Date; readonly onProgress?: (done: number) => void } = {}) =>
  loadDemonstration(database.transactions, new MovableClock(more.now ?? NOW), {
    households: more.households ?? HOUSEHOLDS,
    seed: more.seed ?? 11,
    signIns,
    publicUrl: 'https://hub.example.org',
    atOnce: 3,
    monthsOfConstellations: 4,
    onProgress: more.onProgress ?? (() => undefined),
  });

async function lastYear(database: TestDatabase): Promise<Omit<KpiReport, 'generatedAt'>> {
  const computed = await new ComputeKpiReport(database.transactions, new MovableClock(NOW)).run(system('test'), LAST_YEAR);
  if (!computed.ok) throw new Error(computed.refusal);
  const { generatedAt: _moment, ...report } = computed.value.report;
  return report;
}

const counted = async (database: TestDatabase, sql: string): Promise<number> => (await database.owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`)).rows[0]!.count;
const column = async (database: TestDatabase, sql: string): Promise<readonly unknown[]> => (await database.owner.query<unknown[]>({ text: sql, rowMode: 'array' })).rows.map(([value]) => value);

describe('the demonstration', () => {
  const signIns = newSignIns();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase(8);
    const loaded = await load(database, signIns);
    expect(loaded).toMatchObject({ ok: true, value: { already: false, refused: [] } });
  });
  afterAll(() => database.drop());

  it('is in no state in which no journey can be', async () => {
    expect(await database.transactions.read(system('test'), (tx) => impossibleStates(tx))).toEqual([]);
  });

  it('has as many enquiries in the last year as were asked for', async () => {
    const { total } = await lastYear(database);
    expect(total.enquiries).toBe(HOUSEHOLDS);
    expect(total.openNow.total).toBeLessThanOrEqual(2);
    expect(total.firstResponse.rate).toBeGreaterThan(0.75);
    expect(total.funnel.initial_application).toBeGreaterThan(4);
    expect(total.funnel.approved).toBeGreaterThan(0);
  });

  it('is made up, and says so in every row', async () => {
    for (const table of ['households', 'journeys', 'contacts', 'emails', 'staff']) expect([table, await counted(database, `${table} WHERE NOT demonstration`)]).toEqual([table, 0]);
    const addresses = [...(await column(database, 'SELECT email FROM applicants WHERE email IS NOT NULL')), ...(await column(database, 'SELECT email FROM staff')), ...(await column(database, 'SELECT to_address FROM emails'))];
    expect(addresses.filter((address) => !String(address).endsWith('@example.org'))).toEqual([]);
    const phones = await column(database, 'SELECT phone FROM applicants WHERE phone IS NOT NULL');
    expect(phones.filter((phone) => !/^\+44(7700900|1632960|1154960|1144960|1164960|1214960)\d{3}$/.test(String(phone)))).toEqual([]);
    expect(await counted(database, `households h WHERE postcode IS NOT NULL AND NOT EXISTS (SELECT FROM postcodes p WHERE p.postcode = h.postcode) AND postcode !~ '^(DE|NG)9'`)).toBe(0);
  });

  it('sends its mail to nobody, and has it in the mailbox at the time it was written', async () => {
    expect(await column(database, 'SELECT DISTINCT state FROM emails')).toEqual(['kept']);
    expect(await counted(database, `emails WHERE kind = 'alert_breach'`)).toBeGreaterThan(0);
    expect(await counted(database, 'emails WHERE sent_at <> created_at OR created_at > \'2026-11-21T20:00:00Z\'')).toBe(0);
    expect(await counted(database, `alerts WHERE state = 'planned' AND due_at < '2026-11-21T20:00:00Z' AND journey_id IN (SELECT id FROM journeys WHERE status = 'open')`)).toBe(0);
  });

  it('knew nothing before it happened', async () => {
    const before = '2026-01-01T00:00:00Z';
    expect(await counted(database, `journey_events WHERE recorded_at > '2026-11-21T20:00:00Z'`)).toBe(0);
    expect(await counted(database, `journey_events WHERE recorded_at < '${before}'`)).toBeGreaterThan(50);
  });

  it('has work of every kind waiting', async () => {
    const waiting = async (condition: string): Promise<number> => counted(database, `journeys WHERE ${condition}`);
    expect(await waiting(`status = 'open' AND next_step = 'ring_back' AND next_due_at < '${NOW.toISOString()}'`)).toBeGreaterThanOrEqual(3);
    expect(await waiting(`status = 'open' AND next_step = 'ring_back' AND next_due_at::date = '2026-11-23'`)).toBeGreaterThanOrEqual(3);
    expect(await waiting(`status = 'open' AND authority = 'unrouted'`)).toBeGreaterThanOrEqual(4);
    expect(await waiting(`status = 'on_hold' AND hold_until <= '2026-11-21'`)).toBeGreaterThanOrEqual(2);
    expect(await waiting(`status = 'on_hold' AND hold_until > '2026-11-21'`)).toBeGreaterThanOrEqual(2);
    expect(await waiting(`status = 'open' AND safeguarding`)).toBeGreaterThanOrEqual(1);
    expect(await waiting(`approved_on >= '2026-11-01'`)).toBeGreaterThanOrEqual(1);
    for (const stage of ['enquiry', 'initial_application', 'home_visit', 'assessment', 'decision']) expect([stage, await waiting(`status = 'open' AND stage = '${stage}'`)]).not.toEqual([stage, 0]);
    expect(await counted(database, `contacts WHERE screening = 'held'`)).toBe(3);
    const twice = `applicants a JOIN applicants b ON b.phone = a.phone AND b.household_id > a.household_id JOIN journeys j ON j.household_id = a.household_id AND j.status = 'open' JOIN journeys k ON k.household_id = b.household_id AND k.status = 'open'`;
    expect(await counted(database, twice)).toBeGreaterThanOrEqual(2);
  });

  it('has a file with its checks for every family that is being assessed', async () => {
    const assessed = `journeys j WHERE j.status = 'open' AND j.stage IN ('assessment', 'decision')`;
    expect(await counted(database, assessed)).toBeGreaterThan(0);
    expect(await counted(database, `${assessed} AND NOT EXISTS (SELECT FROM checks c WHERE c.journey_id = j.id)`)).toBe(0);
    expect(await counted(database, 'checks WHERE outcome IS NOT NULL')).toBeGreaterThan(0);
  });

  it('approves by a decision with terms, after checks, a report, a panel and its minutes, and puts who was approved on the register', async () => {
    expect(await counted(database, 'journeys WHERE approved_on IS NOT NULL')).toBeGreaterThan(2);
    expect(await counted(database, `journeys j WHERE j.approved_on IS NOT NULL AND NOT EXISTS (SELECT FROM decisions d JOIN panel_cases c ON c.journey_id = d.journey_id JOIN panels p ON p.id = c.panel_id WHERE d.journey_id = j.id AND d.kind = 'approval' AND d.terms IS NOT NULL AND p.minutes_agreed_on IS NOT NULL)`)).toBe(0);
    expect(await counted(database, `checks c JOIN journeys j ON j.id = c.journey_id WHERE j.approved_on IS NOT NULL AND c.outcome IS NULL AND c.no_longer_needed_on IS NULL`)).toBe(0);
    expect(await counted(database, `certificate_details d JOIN journeys j ON j.id = d.journey_id WHERE j.approved_on IS NOT NULL`)).toBe(0);
    expect(await counted(database, `journeys j WHERE j.approved_on < '2026-10-20' AND NOT EXISTS (SELECT FROM carer_households h WHERE h.journey_id = j.id)`)).toBe(0);
    expect(await counted(database, `letters WHERE code IN ('stage_1_go_on', 'approval')`)).toBeGreaterThan(5);
  });

  it('has determinations in every state, and panels behind and ahead', async () => {
    const determined = `journeys j JOIN decisions d ON d.journey_id = j.id AND d.kind = 'qualifying_determination' LEFT JOIN representations r ON r.journey_id = j.id`;
    for (const state of [`j.status = 'open' AND r.id IS NULL`, `j.status = 'open' AND r.way = 'service'`, `j.status = 'open' AND r.way = 'irm' AND r.recommendation IS NULL`, `r.way = 'irm' AND r.recommendation IS NOT NULL`]) expect([state, await counted(database, `${determined} WHERE ${state}`)]).not.toEqual([state, 0]);
    for (const kind of ['final_refusal', 'lapse']) expect([kind, await counted(database, `decisions d JOIN journeys j ON j.id = d.journey_id AND j.closed_reason = 'not_approved' WHERE d.kind = '${kind}'`)]).not.toEqual([kind, 0]);
    expect(await counted(database, `assessments WHERE stage_1_outcome = 'refused' AND stage_1_letter_sent_on IS NOT NULL`)).toBeGreaterThan(0);
    for (const council of ['derby', 'derbyshire', 'nottingham', 'nottinghamshire']) {
      expect([council, await counted(database, `panels WHERE authority = '${council}' AND meets_on < '2026-11-21' AND minutes_agreed_on IS NULL`)]).not.toEqual([council, 0]);
      expect([council, await counted(database, `panels WHERE authority = '${council}' AND meets_on > '2026-11-21'`)]).toEqual([council, 2]);
      expect([council, await counted(database, `clocks c JOIN journeys j ON j.id = c.journey_id WHERE j.authority = '${council}' AND c.rule = 'decision' AND c.state = 'running'`)]).not.toEqual([council, 0]);
    }
  });

  it('lets one person of each role sign in, and a social worker and a team manager of each council', async () => {
    expect(signIns).toHaveLength(new Set(signIns.map(({ email }) => email)).size);
    expect(signIns.filter(({ role }) => role === 'social_worker').map(({ authority }) => authority)).toEqual(['derby', 'derbyshire', 'nottingham', 'nottinghamshire']);
    expect(await counted(database, 'staff_passwords')).toBe(signIns.length);
  });

  it('keeps the nightly reports of the year so far', async () => {
    const kept = await database.transactions.read(system('test'), (tx) => keptReports(tx, { from: localDate('2026-04-01'), to: localDate('2027-03-31') }, localDate('2026-04-01')));
    expect(kept.length).toBeGreaterThan(40);
  });

  it('is left as it is by a second load, and not mixed with another', async () => {
    const contacts = await counted(database, 'contacts');
    expect(await load(database, signIns)).toMatchObject({ ok: true, value: { already: true } });
    expect(await load(database, signIns, { seed: 12 })).toEqual({ ok: false, refusal: 'another_demonstration' });
    expect(await counted(database, 'contacts')).toBe(contacts);
  });
});

describe('loading the demonstration', () => {
  let whole: TestDatabase;
  let broken: TestDatabase;
  beforeAll(async () => {
    [whole, broken] = [await createTestDatabase(8), await createTestDatabase(8)];
  });
  afterAll(async () => {
    await whole.drop();
    await broken.drop();
  });

  it('goes on after it was cut off, twice nothing, and comes to the same figures as one that was not', async () => {
    const stop = new Error('cut off');
    const cutOff = load(broken, newSignIns(), { households: 12, onProgress: (done) => { if (done >= 20) throw stop; } });
    await expect(cutOff).rejects.toThrow(stop);
    expect(await counted(broken, 'progress WHERE ended_at IS NULL')).toBe(1);
    // Hours later, and a family that is no demonstration has come meanwhile.
    await broken.owner.query(`UPDATE journeys SET demonstration = false WHERE id = (SELECT id FROM journeys LIMIT 1)`);
    expect(await load(broken, newSignIns(), { households: 12, now: new Date(NOW.getTime() + 9 * 3_600_000) })).toMatchObject({ ok: true, value: { already: false, refused: [] } });
    expect(await load(whole, newSignIns(), { households: 12 })).toMatchObject({ ok: true, value: { refused: [] } });
    const tables = ['contacts', 'journeys', 'households', 'journey_events', 'timeline_entries', 'clocks', 'alerts', 'emails', 'staff'];
    for (const table of tables) expect([table, await counted(broken, table)]).toEqual([table, await counted(whole, table)]);
    expect(await lastYear(broken)).toEqual(await lastYear(whole));
    expect(await counted(broken, 'progress WHERE ended_at IS NULL')).toBe(0);
  });

  it('is refused beside families that are not made up', async () => {
    const real = await createTestDatabase();
    await real.owner.query(`INSERT INTO households (id, authority, name, created_at) VALUES (uuidv7(), 'derby', 'Somebody', now())`);
    await real.owner.query(
      `INSERT INTO journeys (id, reference, household_id, authority, channel, enquiry_received_at, enquiry_on, stage, stage_since, status, next_step, next_due_at, waiting_for, last_activity_at)
       SELECT uuidv7(), 'FEM-TEST-0001', id, 'derby', 'phone', '2026-11-02T10:00Z', '2026-11-02', 'enquiry', '2026-11-02', 'open', 'ring_back', now(), 'hub', now() FROM households`,
    );
    expect(await load(real, newSignIns())).toEqual({ ok: false, refusal: 'has_real_families' });
    expect(await counted(real, 'progress')).toBe(0);
    await real.drop();
  });
});
