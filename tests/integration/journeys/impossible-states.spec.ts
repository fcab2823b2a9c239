import type { StaffActor } from '@app/access';
import { ReceiveEnquiry } from '@app/enquiries';
import { system } from '@app/database';
import { HoldJourney, impossibleStates, type Journey, journeyByReference, lastRecordsCheck, LogConversation, LookThroughRecords, MergeJourneys, MoveJourney, RouteJourney } from '@app/journeys';
import { localDate } from '@app/kernel';
import { anEnquiry, createHubWorld, type HubWorld } from '../../support/hub-world';
import { makeStaffActor } from '../../support/staff';

const MONDAY = '2026-03-02T10:00:00Z';
let hub: HubWorld;
let officer: StaffActor;

beforeAll(async () => {
  hub = await createHubWorld(MONDAY);
  officer = await makeStaffActor(hub.database, 'recruitment_officer');
});
afterAll(() => hub.close());
beforeEach(() => { hub.clock.set(new Date(MONDAY)); });

const enquire = async (more = {}): Promise<Journey> => {
  const { reference } = await hub.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry(more));
  const journey = await hub.database.transactions.read(officer, (tx) => journeyByReference(tx, reference));
  return journey!;
};
const impossible = async (): Promise<readonly string[]> => (await hub.database.transactions.read(system('test'), (tx) => impossibleStates(tx))).map(({ what }) => what);
/** Breaks a journey behind the back of the use cases, looks, and mends it. */
const whenBroken = async (brokenBy: string, mendedBy: string, parameters: readonly unknown[]): Promise<readonly string[]> => {
  await hub.database.owner.query(brokenBy, [...parameters]);
  const found = await impossible();
  await hub.database.owner.query(mendedBy, [...parameters]);
  return found;
};

describe('impossible states', () => {
  it('are none after everyday work', async () => {
    const journey = await enquire();
    await hub.get(LogConversation).run(officer, { journeyId: journey.id, kind: 'conversation', note: 'Talked', answers: true });
    await hub.get(MoveJourney).run(officer, { journeyId: journey.id, milestone: 'initial_application', on: localDate('2026-03-02') });
    await hub.get(HoldJourney).run(officer, { journeyId: journey.id, until: localDate('2026-04-01'), reason: 'Moving house' });
    expect(await impossible()).toEqual([]);
  });

  it.each([
    ['SET status = \'open\', held_on = NULL, hold_until = NULL WHERE id = $1', 'SET status = \'on_hold\', held_on = \'2026-03-02\', hold_until = \'2026-04-01\' WHERE id = $1', 'on hold in the list and not in the history, or the other way round'],
    ['SET initial_application_on = \'2026-03-02\' WHERE id = $1', 'SET initial_application_on = NULL WHERE id = $1', 'a milestone on another date than its history says'],
    ['SET authority = \'nottingham\' WHERE id = $1', 'SET authority = \'derby\' WHERE id = $1', 'with another council than its history says'],
    ['SET first_response_at = \'2026-03-02T11:00Z\' WHERE id = $1', 'SET first_response_at = NULL WHERE id = $1', 'answered at another time than its history says'],
    ['SET stage = \'decision\' WHERE id = $1', 'SET stage = \'enquiry\' WHERE id = $1', 'in a stage that its milestones do not lead to'],
    ['SET kinship = true WHERE id = $1', 'SET kinship = false WHERE id = $1', 'marked as kinship in the list and not in the history, or the other way round'],
  ])('are found in a journey after %s', async (breaking, mending, what) => {
    const journey = await enquire();
    await hub.get(RouteJourney).run(officer, { journeyId: journey.id, authority: 'derby', reason: 'Lives there' });
    if (what.startsWith('on hold')) await hub.get(HoldJourney).run(officer, { journeyId: journey.id, until: localDate('2026-04-01'), reason: 'Moving house' });
    expect(await whenBroken(`UPDATE journeys ${breaking}`, `UPDATE journeys ${mending}`, [journey.id])).toContain(what);
    expect(await impossible()).toEqual([]);
  });

  it('are told to the administrators by count, once for as long as they stay the same, and kept in the trail', async () => {
    const administrator = await makeStaffActor(hub.database, 'administrator');
    const look = new LookThroughRecords(hub.database.transactions, hub.clock, { publicUrl: 'https://hub.example.org' });
    const told = async (): Promise<readonly { to_address: string; body: string }[]> => (await hub.database.owner.query(`SELECT to_address, body FROM emails WHERE kind = 'records_alert'`)).rows;
    expect(await look.run()).toEqual([]);
    const journey = await enquire();
    await hub.database.owner.query('UPDATE journeys SET kinship = true WHERE id = $1', [journey.id]);
    await look.run();
    await look.run();
    const [mail, ...others] = await told();
    expect(others).toEqual([]);
    expect(mail?.body).toContain('- marked as kinship in the list and not in the history, or the other way round: 1 journey\n');
    expect(mail?.body).not.toContain(journey.reference);
    const check = await hub.database.transactions.read(administrator, lastRecordsCheck);
    expect(check?.found).toEqual([{ what: 'marked as kinship in the list and not in the history, or the other way round', journeys: 1, references: [journey.reference] }]);

    await hub.database.owner.query(`UPDATE journeys SET kinship = false, stage = 'decision' WHERE id = $1`, [journey.id]);
    await look.run();
    expect(await told()).toHaveLength(2);
    await hub.database.owner.query(`UPDATE journeys SET stage = 'enquiry' WHERE id = $1`, [journey.id]);
    expect(await look.run()).toEqual([]);
    expect(await told()).toHaveLength(2);
  });

  it('are found in a clock that runs although the family was answered', async () => {
    const journey = await enquire();
    await hub.get(LogConversation).run(officer, { journeyId: journey.id, kind: 'conversation', note: 'Talked', answers: true });
    const found = await whenBroken(
      `UPDATE clocks SET state = 'running', ended_at = NULL WHERE journey_id = $1 AND rule = 'first_response'`,
      `UPDATE clocks SET state = 'met', ended_at = '${MONDAY}' WHERE journey_id = $1 AND rule = 'first_response'`,
      [journey.id],
    );
    expect(found).toEqual(['answered without its clock being met, or met without an answer']);
  });
});

describe('a merge of journeys with different councils', () => {
  it('leaves the family, its contacts and its clocks with the council of the journey that is kept', async () => {
    const first = await enquire({ askedForAuthority: 'derby' });
    hub.clock.set(new Date('2026-03-03T10:00:00Z'));
    const second = await enquire({ askedForAuthority: 'nottingham' });
    expect(await hub.get(MergeJourneys).run(officer, { journeyId: first.id, otherId: second.id })).toMatchObject({ ok: true });
    const { rows: [household] } = await hub.database.owner.query('SELECT authority FROM households WHERE id = $1', [first.householdId]);
    expect(household).toEqual({ authority: 'derby' });
    const { rows: contacts } = await hub.database.owner.query('SELECT DISTINCT authority FROM contacts WHERE journey_id = $1', [first.id]);
    expect(contacts).toEqual([{ authority: 'derby' }]);
    expect(await impossible()).toEqual([]);
  });
});
