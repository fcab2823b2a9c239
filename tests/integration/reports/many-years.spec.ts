import { system } from '@app/database';
import { localDate, localDateOf, SystemClock } from '@app/kernel';
import { ComputeKpiReport, cutOf, factsFromHistory, KeepCountedMonths, kpiReport } from '@app/reports';
import { makeFamilies } from '../../load/make-families.mjs';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const JOURNEYS = 3_000;
const clock = new SystemClock();

describe('the country that measurements are made with', () => {
  let database: TestDatabase;
  const count = async (sql: string): Promise<number> => Number((await database.owner.query<{ count: string }>(`SELECT count(*) FROM ${sql}`)).rows[0]?.count);

  beforeAll(async () => {
    database = await createTestDatabase();
    await makeFamilies(database.owner, { journeys: JOURNEYS, years: 3, forgotten: 0, papers: 'open' });
  });
  afterAll(() => database.drop());

  it('is what living through it would have left behind', async () => {
    expect(await count('journeys')).toBe(JOURNEYS);
    expect(await count(`journeys WHERE status = 'open' AND enquiry_on < current_date - 400`)).toBe(0);
    expect(await count('households h WHERE search_text <> household_search_text(h)')).toBe(0);
    expect(await count(`contacts c WHERE NOT EXISTS (SELECT FROM journey_events e WHERE e.kind = 'contact' AND e.detail ->> 'contactId' = c.id::text AND e.journey_id = c.journey_id)`)).toBe(0);
    expect(await count('(SELECT journey_id FROM journey_events EXCEPT SELECT id FROM journeys) strangers')).toBe(0);
    const named = `SELECT to_jsonb(s) - 'changed_by'`;
    expect(await count(`((${named} FROM journey_standings s) EXCEPT (${named} FROM standings_of(ARRAY(SELECT id FROM journeys)) s)) wrong`)).toBe(0);
    const { rows } = await database.owner.query<{ of: string }>(`SELECT indrelid::regclass::text AS of FROM pg_index WHERE indrelid IN ('households'::regclass, 'journeys'::regclass, 'journey_events'::regclass) GROUP BY 1 HAVING count(*) < 3`);
    expect(rows).toEqual([]);
  });

  it('has the same figures from the counted months as from the whole history', async () => {
    await new KeepCountedMonths(database.transactions, clock).run();
    const period = { from: localDate('2020-01-01'), to: localDateOf(clock.now()) };
    const computed = await new ComputeKpiReport(database.transactions, clock).run(system('test'), period);
    if (!computed.ok) throw new Error(computed.refusal);
    const { report } = computed.value;
    const request = { period, asAt: report.asAt, knownAt: null, authority: null };
    const facts = await database.transactions.read(system('test'), (tx) => factsFromHistory(tx, request, cutOf(report.asAt, new Date(report.generatedAt)), 'every_journey'));
    expect(report.total.enquiries).toBeGreaterThan(JOURNEYS * 0.9);
    expect(report).toEqual(kpiReport(request, facts, Object.keys(report.byAuthority), new Date(report.generatedAt)));
  });
});
