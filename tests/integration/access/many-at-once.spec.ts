import type { StaffActor } from '@app/access';
import { AUTHORITY_CODES } from '@app/authorities';
import { dataSourceOptions, rows, Transactions } from '@app/database';
import { DataSource } from 'typeorm';
import { makeStaffActor } from '../../support/staff';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { makeWaitingFamily } from '../../support/waiting-family';

describe('twenty members of staff over ten connections', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    source = await new DataSource(dataSourceOptions(database.url, 10)).initialize();
    for (const authority of AUTHORITY_CODES) await makeWaitingFamily(database, { receivedAt: new Date('2026-11-18T10:00:00Z'), authority });
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('each see their own families in a thousand transactions, some of which fail half-way', async () => {
    const transactions = new Transactions(source);
    const actors: StaffActor[] = [];
    for (let member = 0; member < 20; member += 1) actors.push(await makeStaffActor(database, 'social_worker', AUTHORITY_CODES[member % 4] ?? 'derby'));
    const seen: boolean[] = [];
    // A hundred at a time wait for ten connections: longer queues only measure how patient the pool is.
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, async (_, place) => {
        const request = round * 100 + place;
        const actor = actors[request % 20]!;
        const own = actor.roles[0]?.authority;
        try {
          const found = await transactions.run(actor, async (tx) => {
            const families = await rows<{ authority: string }>(tx, 'SELECT authority FROM households');
            if (request % 7 === 0) throw new Error('half-way');
            return families;
          });
          return found.length === 1 && found[0]?.authority === own;
        } catch (error) {
          return (error as Error).message === 'half-way';
        }
      }));
      seen.push(...answers);
    }
    expect(seen.filter((isOwn) => !isOwn)).toEqual([]);
    expect(await source.query('SELECT 1 FROM households')).toEqual([]);
  });
});
