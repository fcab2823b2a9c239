import { loadDemonstration } from '@app/demo';
import { MovableClock } from '@app/kernel';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

describe('constellations of the demonstration', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('has four constellations with two years of life', async () => {
    const loaded = await loadDemonstration(database.transactions, new MovableClock(new Date('2026-11-18T10:00:00Z')), { households: 10, seed: 7, signIns: [], publicUrl: 'http://localhost', atOnce: 2, onProgress: () => undefined });
    expect(loaded).toMatchObject({ ok: true, value: { refused: [] } });
    const { rows } = await database.owner.query<{ name: string; months: number; satellites: number; stays: number; contacts: number; liaison: boolean }>(
      `SELECT c.name, c.liaison_id IS NOT NULL AS liaison, (SELECT count(*)::int FROM constellation_reports r WHERE r.constellation_id = c.id AND r.liaison_signed_at IS NOT NULL) AS months,
              (SELECT count(*)::int FROM constellation_memberships m WHERE m.constellation_id = c.id AND m.role = 'satellite' AND m.held @> '2026-11-18'::date) AS satellites,
              (SELECT count(*)::int FROM constellation_stays s WHERE s.constellation_id = c.id) AS stays, (SELECT count(*)::int FROM constellation_contacts t WHERE t.constellation_id = c.id) AS contacts
         FROM constellations c ORDER BY name`,
    );
    expect(rows).toHaveLength(4);
    for (const { months, satellites, stays, contacts, liaison } of rows) {
      expect(months).toBeGreaterThanOrEqual(23);
      expect(satellites).toBeGreaterThanOrEqual(4);
      expect(satellites).toBeLessThanOrEqual(10);
      expect(Math.min(stays, contacts)).toBeGreaterThan(20);
      expect(liaison).toBe(true);
    }
    const [carers] = (await database.owner.query<{ all: number; left: number }>(`SELECT count(*)::int AS all, count(left_on)::int AS left FROM carer_households WHERE demonstration AND reference LIKE 'EARLIER-%'`)).rows;
    expect(carers?.all).toBe(160);
    expect(carers?.left).toBeGreaterThan(4);
    const counted = async (sql: string): Promise<number> => (await database.owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`)).rows[0]?.count ?? 0;
    expect(await counted(`constellation_attendance WHERE invited_at IS NOT NULL AND reply IS NULL`)).toBeGreaterThanOrEqual(4);
    expect(await counted(`constellation_attendance WHERE reply IS NOT NULL`)).toBeGreaterThanOrEqual(8);
    expect(await counted(`constellation_stays WHERE starts_on > '2026-11-18' AND planned`)).toBe(8);
    for (const ending of ['planned', 'unplanned']) expect(await counted(`carer_placements WHERE ending = '${ending}'`)).toBeGreaterThan(10);
    expect(await counted(`carer_reviews WHERE held_on IS NULL AND stopped_on IS NULL AND due_on < '2026-11-18'`)).toBeGreaterThan(2);
    expect(await counted(`emails WHERE kind = 'constellation_invitation' AND (state <> 'kept' OR NOT demonstration)`)).toBe(0);
  });
});
