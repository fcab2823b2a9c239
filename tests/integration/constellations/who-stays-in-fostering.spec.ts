import { ConstellationsModule, retentionFacts, RunConstellation } from '@app/constellations';
import { localDate } from '@app/kernel';
import { createHubWorld, type HubWorld } from '../../support/hub-world';
import { makeCarer } from '../../support/registered-carer';
import { makeStaffActor } from '../../support/staff';

describe('who stays in fostering', () => {
  let world: HubWorld;
  beforeAll(async () => {
    world = await createHubWorld('2026-11-18T10:00:00Z', [ConstellationsModule]);
  });
  afterAll(() => world.close());

  it('counts members from joining, and everybody else from the start, as long as they have not joined', async () => {
    const liaison = await makeStaffActor(world.database, 'liaison_worker', 'derby');
    const stranger = await makeStaffActor(world.database, 'liaison_worker', 'nottingham');
    const started = await world.get(RunConstellation).start(liaison, { authority: 'derby', name: 'Willow', area: 'Derby', liaisonId: null, startedOn: localDate('2025-01-01'), hubHomeId: null });
    const id = started.ok ? started.value.id : '';
    const left = (on: string, by: string, reason: string) => ({ left_on: on, left_by: by, left_reason: reason });
    const join = (carer: { id: string }, from: string, until: string | null) => world.database.owner.query(`INSERT INTO constellation_memberships (id, constellation_id, carer_id, role, held, recorded_at, recorded_by) VALUES (gen_random_uuid(), $1, $2, 'satellite', daterange($3, $4), now(), 'system:tests')`, [id, carer.id, from, until]);
    await join(await makeCarer(world.database, 'derby', left('2025-08-01', 'resignation', 'health')), '2025-02-01', '2025-08-01');
    await join(await makeCarer(world.database, 'derby'), '2025-07-01', null);
    await join(await makeCarer(world.database, 'derby'), '2025-01-01', '2025-06-01');
    await makeCarer(world.database, 'derby', left('2026-01-01', 'termination', 'standards_of_care'));
    await makeCarer(world.database, 'derby', { approved_on: '2026-01-01' });
    await makeCarer(world.database, 'derby', left('2024-12-01', 'resignation', 'retired'));
    await makeCarer(world.database, 'derby', { kind: 'adoptive', approved_on: null });
    await makeCarer(world.database, 'nottingham');
    const facts = await world.database.transactions.run(liaison, (tx) => retentionFacts(tx, id, localDate('2026-11-18')));
    expect([...facts].sort((one, other) => one.side.localeCompare(other.side) || one.days - other.days)).toEqual([
      { side: 'member', days: 181, ending: 'resignation', households: 1 },
      { side: 'member', days: 505, ending: 'censored', households: 1 },
      { side: 'member', days: 686, ending: 'censored', households: 1 },
      { side: 'non_member', days: 31, ending: 'censored', households: 1 },
      { side: 'non_member', days: 181, ending: 'censored', households: 1 },
      { side: 'non_member', days: 321, ending: 'censored', households: 1 },
      { side: 'non_member', days: 365, ending: 'termination', households: 1 },
    ]);
    expect(await world.database.transactions.run(stranger, (tx) => retentionFacts(tx, id, localDate('2026-11-18')))).toEqual([]);
  });
});
