import { system } from '@app/database';
import { loadDemonstration } from '@app/demo';
import { MovableClock } from '@app/kernel';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

describe('the demonstration', () => {
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
    const [carers] = (await database.owner.query<{ all: number; left: number }>(`SELECT count(*)::int AS all, count(left_on)::int AS left FROM carer_households WHERE demonstration`)).rows;
    expect(carers?.all).toBe(160);
    expect(carers?.left).toBeGreaterThan(4);
    expect(system('tests').kind).toBe('system');
  }, 180_000);
});
