import type { StaffActor } from '@app/access';
import { localDate } from '@app/kernel';
import { clocksOf } from '@app/deadlines';
import { AssignJourney, blockerInWords, CloseJourney, CorrectHistory, HoldJourney, type Journey, journeyByReference, LogAttempt, LogConversation, MarkKinship, MergeJourneys, MoveJourney, type Refusal, ReopenJourney, ResumeJourney, RouteJourney } from '@app/journeys';
import { ReceiveEnquiry } from '@app/enquiries';
import type { Result } from '@app/kernel';
import { anEnquiry, createHubWorld, type HubWorld } from '../../support/hub-world';
import { makeStaffActor } from '../../support/staff';

let hub: HubWorld;
let officer: StaffActor;
let worker: StaffActor;
let manager: StaffActor;

const monday = '2026-03-02T10:00:00Z';

beforeAll(async () => {
  hub = await createHubWorld(monday);
  officer = await makeStaffActor(hub.database, 'recruitment_officer');
  worker = await makeStaffActor(hub.database, 'social_worker', 'derby');
  manager = await makeStaffActor(hub.database, 'team_manager', 'derby');
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.clock.set(new Date(monday));
});

const enquire = async (more = {}): Promise<Journey> => {
  const { reference } = await hub.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry(more));
  return find(reference);
};
const find = async (reference: string): Promise<Journey> => {
  const journey = await hub.database.transactions.read(officer, (tx) => journeyByReference(tx, reference));
  if (!journey) throw new Error(`${reference} is not there`);
  return journey;
};
const words = (result: Result<undefined, Refusal>): readonly string[] => (result.ok ? [] : result.refusal.blockers.map(blockerInWords));
const step = async (id: string) => (await hub.database.owner.query('SELECT next_step, next_due_at, waiting_for, status, stage FROM journeys WHERE id = $1', [id])).rows[0] as { next_step: string; next_due_at: Date; waiting_for: string; status: string; stage: string };

describe('a family', () => {
  it('is waiting for an answer from the moment of its enquiry', async () => {
    const journey = await enquire();
    expect(await step(journey.id)).toMatchObject({ next_step: 'ring_back', next_due_at: new Date('2026-03-03T17:00:00Z'), waiting_for: 'hub' });
    const clocks = await hub.database.transactions.read(officer, (tx) => clocksOf(tx, journey.id));
    expect(clocks.map(({ rule, dueOn, state }) => ({ rule, dueOn, state }))).toEqual([
      { rule: 'turnaround', dueOn: '2026-09-02', state: 'running' },
      { rule: 'first_response', dueOn: '2026-03-03', state: 'running' },
    ]);
  });

  it('goes the whole way, one refused step at a time', async () => {
    const journey = await enquire();
    const move = (milestone: 'initial_application' | 'home_visit' | 'application' | 'stage_1' | 'stage_2' | 'panel' | 'approved', on: string, actor: StaffActor = worker) => hub.get(MoveJourney).run(actor, { journeyId: journey.id, milestone, on: localDate(on) });

    hub.clock.set(new Date('2026-03-02T14:30:00Z'));
    expect(words(await hub.get(LogAttempt).run(officer, { journeyId: journey.id, note: 'Left a message', nextContactOn: localDate('2026-03-03') }))).toEqual([]);
    expect((await find(journey.reference)).attempts).toBe(1);
    expect((await find(journey.reference)).firstResponseAt).toBeNull();
    expect(words(await hub.get(LogConversation).run(officer, { journeyId: journey.id, kind: 'conversation', note: 'Talked for half an hour', answers: true }))).toEqual([]);
    expect(await step(journey.id)).toMatchObject({ next_step: 'arrange_initial_application', waiting_for: 'family', next_due_at: new Date('2026-03-09T17:00:00Z') });

    expect(words(await move('home_visit', '2026-03-02'))).toEqual(['The initial home visit needs the initial application first: record the date of the initial application.']);
    expect(words(await move('initial_application', '2026-03-03'))).toEqual(['Tuesday 3 March 2026 is in the future. Enter the date on which it happened, today or earlier.']);
    expect(words(await move('initial_application', '2026-03-02'))).toEqual([]);
    expect(await step(journey.id)).toMatchObject({ next_step: 'arrange_home_visit', next_due_at: new Date('2026-03-16T17:00:00Z') });

    hub.clock.set(new Date('2026-07-30T09:00:00Z'));
    expect(words(await move('home_visit', '2026-03-10'))).toEqual([]);
    expect(words(await move('application', '2026-03-20'))).toEqual([]);
    expect(words(await move('stage_2', '2026-04-20'))).toEqual(['No social worker is assigned: assign one first.']);
    expect(words(await hub.get(AssignJourney).run(worker, { journeyId: journey.id, socialWorkerId: worker.staffId }))).toEqual(['Your role does not allow this.']);
    expect(words(await hub.get(AssignJourney).run(manager, { journeyId: journey.id, socialWorkerId: worker.staffId }))).toEqual([]);
    expect(words(await move('stage_2', '2026-04-20'))).toEqual([]);
    expect(words(await move('panel', '2026-07-01'))).toEqual(['The panel needs the stage 1 decision first: record the date of the stage 1 decision.']);
    expect(words(await move('stage_1', '2026-05-05'))).toEqual([]);
    expect(words(await move('panel', '2026-05-01'))).toEqual(['This date is before the stage 1 decision on Tuesday 5 May 2026. Enter that day or a later one.']);
    expect(words(await move('panel', '2026-07-01'))).toEqual([]);
    expect(words(await move('approved', '2026-07-09'))).toEqual([]);

    expect(await find(journey.reference)).toMatchObject({ status: 'approved', stage: 'approved', approvedOn: '2026-07-09' });
    expect(words(await hub.get(CloseJourney).run(worker, { journeyId: journey.id, on: localDate('2026-07-10'), by: 'applicant', reason: 'other' }))).toEqual(['A journey that is approved cannot be closed.']);
    const clocks = await hub.database.transactions.read(officer, (tx) => clocksOf(tx, journey.id));
    expect(clocks.map(({ rule, state }) => `${rule} ${state}`).sort()).toEqual(['first_response met', 'home_visit met', 'turnaround met']);
    expect(clocks.find(({ rule }) => rule === 'first_response')).toMatchObject({ workingMinutes: 270 });
  });

  it('can be held, brought back, closed and reopened, and its alerts follow', async () => {
    const journey = await enquire();
    const alerts = async () => (await hub.database.owner.query('SELECT rung, state FROM alerts WHERE journey_id = $1 ORDER BY due_at', [journey.id])).rows;
    expect(words(await hub.get(HoldJourney).run(officer, { journeyId: journey.id, until: localDate('2026-03-02'), reason: 'Moving house' }))).toEqual(['Monday 2 March 2026 is not in the future. Enter the date on which to come back to this family.']);
    expect(words(await hub.get(HoldJourney).run(officer, { journeyId: journey.id, until: localDate('2026-03-20'), reason: 'Moving house' }))).toEqual([]);
    expect(await step(journey.id)).toMatchObject({ status: 'on_hold', next_step: 'return_from_hold', next_due_at: new Date('2026-03-20T09:00:00Z') });
    expect(words(await hub.get(MoveJourney).run(officer, { journeyId: journey.id, milestone: 'initial_application', on: localDate('2026-03-02') }))).toEqual([
      'A journey that is on hold cannot be moved on. It is on hold until Friday 20 March 2026: bring it back first.',
    ]);
    hub.clock.set(new Date('2026-03-20T10:00:00Z'));
    expect(words(await hub.get(ResumeJourney).run(officer, { journeyId: journey.id }))).toEqual([]);
    expect(words(await hub.get(CloseJourney).run(officer, { journeyId: journey.id, on: localDate('2026-03-20'), by: 'no_contact', reason: 'changed_mind' }))).toEqual(['“Changed their mind” is not a reason that fits “No contact”. Choose one from its list.']);
    expect(words(await hub.get(CloseJourney).run(officer, { journeyId: journey.id, on: localDate('2026-03-20'), by: 'no_contact', reason: 'no_response' }))).toEqual([]);
    expect(await alerts()).toEqual(['warning', 'breach', 'escalation'].map((rung) => ({ rung, state: 'cancelled' })));
    hub.clock.set(new Date('2026-03-23T10:00:00Z'));
    expect(words(await hub.get(ReopenJourney).run(officer, { journeyId: journey.id, reason: 'They rang us' }))).toEqual([]);
    expect(await alerts()).toEqual(['warning', 'breach', 'escalation'].map((rung) => ({ rung, state: 'planned' })));
    expect(words(await hub.get(CloseJourney).run(officer, { journeyId: journey.id, on: localDate('2026-03-22'), by: 'no_contact', reason: 'no_response' }))).toEqual(['The journey was reopened on Monday 23 March 2026: it cannot have been closed before that day.']);
  });

  it('is refused to somebody who saw an older version', async () => {
    const journey = await enquire();
    await hub.get(LogAttempt).run(officer, { journeyId: journey.id, version: journey.version, note: 'No answer' });
    expect(words(await hub.get(LogAttempt).run(officer, { journeyId: journey.id, version: journey.version, note: 'No answer' }))).toEqual(['Somebody else changed this family meanwhile. Look at what changed, then send yours again.']);
  });

  it('is not there for the social worker of another council', async () => {
    const stranger = await makeStaffActor(hub.database, 'social_worker', 'nottingham');
    const journey = await enquire();
    expect(words(await hub.get(LogConversation).run(stranger, { journeyId: journey.id, kind: 'conversation', note: 'x', answers: true }))).toEqual(['There is no such family, or it is not yours to see.']);
    expect(await hub.database.transactions.read(stranger, (tx) => journeyByReference(tx, journey.reference))).toBeNull();
  });

  it('is routed by hand by the hub only, and leaves the council that had it', async () => {
    const journey = await enquire();
    await hub.get(AssignJourney).run(officer, { journeyId: journey.id, socialWorkerId: worker.staffId });
    expect(words(await hub.get(RouteJourney).run(manager, { journeyId: journey.id, authority: 'nottingham', reason: 'They moved' }))).toEqual(['Only a member of the hub’s own team can route a family to another council. Ask the hub to do it.']);
    expect(words(await hub.get(RouteJourney).run(officer, { journeyId: journey.id, authority: 'nottingham', reason: 'They moved' }))).toEqual([]);
    expect(await find(journey.reference)).toMatchObject({ authority: 'nottingham', socialWorkerId: null });
    expect(await hub.database.transactions.read(worker, (tx) => journeyByReference(tx, journey.reference))).toBeNull();
    const households = await hub.database.transactions.read(worker, (tx) => tx.query('SELECT id FROM households WHERE id = $1', [journey.householdId]));
    expect(households).toEqual([]);
  });

  it('has its dates corrected without losing what was known before', async () => {
    const journey = await enquire();
    hub.clock.set(new Date('2026-03-05T12:00:00Z'));
    await hub.get(MoveJourney).run(officer, { journeyId: journey.id, milestone: 'initial_application', on: localDate('2026-03-04') });
    hub.clock.set(new Date('2026-03-06T12:00:00Z'));
    expect(words(await hub.get(CorrectHistory).run(manager, { journeyId: journey.id, what: 'initial_application', to: localDate('2026-03-03'), reason: 'Typed wrongly' }))).toEqual([]);
    const { rows } = await hub.database.owner.query(`SELECT happened_on, superseded_at IS NOT NULL AS superseded FROM journey_events WHERE journey_id = $1 AND milestone = 'initial_application' ORDER BY id`, [journey.id]);
    expect(rows).toEqual([{ happened_on: '2026-03-04', superseded: true }, { happened_on: '2026-03-03', superseded: false }]);
    const homeVisit = (await hub.database.transactions.read(officer, (tx) => clocksOf(tx, journey.id))).filter(({ rule }) => rule === 'home_visit');
    expect(homeVisit.map(({ state, dueOn }) => ({ state, dueOn }))).toEqual(expect.arrayContaining([{ state: 'running', dueOn: '2026-03-17' }, { state: 'stopped', dueOn: '2026-03-18' }]));
    expect(words(await hub.get(CorrectHistory).run(manager, { journeyId: journey.id, what: 'first_response', to: new Date('2026-03-02T09:00:00Z'), reason: 'x' }))).toEqual(['The first response cannot be before the enquiry was received.']);
    expect(words(await hub.get(CorrectHistory).run(manager, { journeyId: journey.id, what: 'first_response', to: new Date('2026-03-03T09:00:00Z'), reason: 'It was by letter' }))).toEqual([]);
    expect((await find(journey.reference)).firstResponseAt).toEqual(new Date('2026-03-03T09:00:00Z'));
    expect(words(await hub.get(CorrectHistory).run(worker, { journeyId: journey.id, what: 'first_response', to: null, reason: 'x' }))).toEqual(['Your role does not allow this.']);
  });

  it('is marked as kinship when it is closed as kinship', async () => {
    const journey = await enquire();
    await hub.get(CloseJourney).run(officer, { journeyId: journey.id, on: localDate('2026-03-02'), by: 'service', reason: 'kinship' });
    expect((await find(journey.reference)).kinship).toBe(true);
    await hub.get(MarkKinship).run(officer, { journeyId: journey.id, kinship: false, reason: 'A mistake' });
    expect((await find(journey.reference)).kinship).toBe(false);
  });
});

describe('two journeys of one household', () => {
  it('merge into the earlier one, which keeps everything of both', async () => {
    const first = await enquire({ message: 'The first words' });
    hub.clock.set(new Date('2026-03-04T10:00:00Z'));
    const second = await enquire({ message: 'The second words', applicants: [{ firstName: 'Priya', lastName: 'Example', email: 'priya@example.org', phone: '+441154960777', preferredContact: null, bestTime: null }] });
    await hub.get(LogConversation).run(officer, { journeyId: second.id, kind: 'conversation', note: 'Answered the second', answers: true });
    await hub.get(MoveJourney).run(officer, { journeyId: second.id, milestone: 'initial_application', on: localDate('2026-03-04') });

    expect(words(await hub.get(MergeJourneys).run(officer, { journeyId: second.id, otherId: second.id }))).toEqual(['These are the same journey: enter the reference of the other one.']);
    expect(words(await hub.get(MergeJourneys).run(officer, { journeyId: second.id, otherId: first.id }))).toEqual([]);

    const kept = await find(first.reference);
    expect(kept).toMatchObject({ status: 'open', stage: 'initial_application', initialApplicationOn: '2026-03-04', firstResponseAt: new Date('2026-03-04T10:00:00Z') });
    expect(await find(second.reference)).toMatchObject({ status: 'closed', closedReason: 'duplicate', mergedInto: first.id, householdId: first.householdId });
    expect(await step(first.id)).toMatchObject({ next_step: 'arrange_home_visit' });
    const { rows: people } = await hub.database.owner.query('SELECT first_name FROM applicants WHERE household_id = $1 ORDER BY position', [first.householdId]);
    expect(people).toEqual([{ first_name: 'Robin' }, { first_name: 'Priya' }]);
    const { rows: contacts } = await hub.database.owner.query('SELECT message FROM contacts WHERE journey_id = $1 ORDER BY received_at', [first.id]);
    expect(contacts).toEqual([{ message: 'The first words' }, { message: 'The second words' }]);
    const { rows: entries } = await hub.database.owner.query(`SELECT body FROM timeline_entries WHERE journey_id = $1 AND kind = 'conversation'`, [first.id]);
    expect(entries).toEqual([{ body: 'Answered the second' }]);
    expect(words(await hub.get(ReopenJourney).run(officer, { journeyId: second.id, reason: 'x' }))).toEqual([`This household has another open journey, ${first.reference}. Work on that one, or close it first.`]);
  });

  it('are not merged while the household of the later one has another that is open', async () => {
    const first = await enquire();
    hub.clock.advance(60_000);
    const second = await enquire();
    await hub.get(CloseJourney).run(officer, { journeyId: second.id, on: localDate('2026-03-02'), by: 'applicant', reason: 'not_now' });
    hub.clock.set(new Date('2026-03-04T10:00:00Z'));
    const again = await enquire();
    await hub.database.owner.query('UPDATE journeys SET household_id = $2 WHERE id = $1', [again.id, second.householdId]);
    const blocked = [`This household has another open journey, ${again.reference}. Work on that one, or close it first.`];
    expect(words(await hub.get(MergeJourneys).run(officer, { journeyId: first.id, otherId: second.id }))).toEqual(blocked);
    expect(words(await hub.get(MergeJourneys).run(officer, { journeyId: second.id, otherId: first.id }))).toEqual(blocked);
    expect(words(await hub.get(MergeJourneys).run(officer, { journeyId: first.id, otherId: again.id }))).toEqual([]);
  });
});
