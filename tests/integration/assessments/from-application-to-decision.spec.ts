import type { StaffActor } from '@app/access';
import { type AnyBlocker, anyBlockerInWords, ArrangePanel, AssessmentsModule, CarryStage2, checksOf, DecideStage1, decisionsOf, DescribePerson, HoldTrack, loadAssessment, MakeDecision, missingInFile, OpenFile, RecordCheck, REPORT_SECTIONS, TakeToPanel } from '@app/assessments';
import { loadCalendars } from '@app/authorities';
import { clocksOf } from '@app/deadlines';
import { applicantsOf, AssignJourney, EditMembers, type Journey, journeyByReference, LogConversation, MoveJourney } from '@app/journeys';
import { ReceiveEnquiry } from '@app/enquiries';
import { addDays, type LocalDate, localDate, type Result } from '@app/kernel';
import { anEnquiry, createHubWorld, type HubWorld } from '../../support/hub-world';
import { makeStaffActor } from '../../support/staff';

let hub: HubWorld;
let officer: StaffActor;
let worker: StaffActor;
let manager: StaffActor;
let administrator: StaffActor;
let decisionMaker: StaffActor;
let member: StaffActor;

beforeAll(async () => {
  hub = await createHubWorld('2026-01-05T10:00:00Z', [AssessmentsModule]);
  officer = await makeStaffActor(hub.database, 'recruitment_officer');
  worker = await makeStaffActor(hub.database, 'social_worker', 'derby');
  manager = await makeStaffActor(hub.database, 'team_manager', 'derby');
  administrator = await makeStaffActor(hub.database, 'panel_administrator', 'derby');
  decisionMaker = await makeStaffActor(hub.database, 'agency_decision_maker', 'derby');
  member = await makeStaffActor(hub.database, 'panel_member', 'derby');
});
afterAll(() => hub.close());

const words = <T>(result: Result<T, { readonly blockers: readonly AnyBlocker[] }>): readonly string[] =>
  result.ok ? [] : result.refusal.blockers.map(anyBlockerInWords);
const on = (date: string) => hub.clock.set(new Date(`${date}T10:00:00Z`));
const clock = async (journey: Journey, rule: string) => {
  const clocks = await hub.database.transactions.run(worker, (tx) => clocksOf(tx, journey.id));
  return clocks.filter((candidate) => candidate.rule === rule).map(({ state, dueOn }) => `${state} ${dueOn}`);
};

/** A couple with a lodger whose application is in, with their social worker. */
async function applied(): Promise<Journey> {
  on('2026-01-05');
  const { reference } = await hub.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ applicants: [{ firstName: 'Ann', lastName: 'Example', email: 'ann@example.org', phone: null, preferredContact: null, bestTime: null }, { firstName: 'Ben', lastName: 'Example', email: 'ann@example.org', phone: null, preferredContact: null, bestTime: null }] }));
  const journey = await hub.database.transactions.run(worker, (tx) => journeyByReference(tx, reference));
  if (!journey) throw new Error('not there');
  on('2026-02-02');
  const { id: journeyId } = journey;
  await hub.get(LogConversation).run(officer, { journeyId, kind: 'conversation', note: 'Talked', answers: true });
  await hub.get(AssignJourney).run(manager, { journeyId, socialWorkerId: worker.staffId });
  for (const [milestone, day] of [['initial_application', '2026-01-07'], ['home_visit', '2026-01-15'], ['application', '2026-02-02']] as const) {
    expect(words(await hub.get(MoveJourney).run(worker, { journeyId, milestone, on: localDate(day) }))).toEqual([]);
  }
  expect(words(await hub.get(EditMembers).add(worker, { journeyId, member: { kind: 'lodger', name: 'Lee Lodger', relationship: 'lodger', bornOn: localDate('1990-01-01') } }))).toEqual([]);
  expect(await hub.get(OpenFile).run(worker, journeyId)).toBe(true);
  return journey;
}

async function passChecks(journey: Journey, receivedOn: LocalDate): Promise<void> {
  const ids = await hub.database.transactions.run(worker, async (tx) => (await checksOf(tx, journey.id)).filter(({ outcome, noLongerNeededOn }) => outcome === null && noLongerNeededOn === null).map(({ id }) => id));
  for (const checkId of ids) {
    const request = { journeyId: journey.id, checkId };
    expect(words(await hub.get(RecordCheck).request(worker, { ...request, on: localDate('2026-02-03') }))).toEqual([]);
    expect(words(await hub.get(RecordCheck).receive(worker, { ...request, on: receivedOn, certificate: { number: '001234567890', issuedOn: receivedOn, disclosed: null } }))).toEqual([]);
    expect(words(await hub.get(RecordCheck).decide(worker, { ...request, on: receivedOn, outcome: 'satisfactory', note: null }))).toEqual([]);
  }
}

async function writeReport(journey: Journey): Promise<void> {
  const stage2 = hub.get(CarryStage2);
  const { id: journeyId } = journey;
  expect(words(await stage2.start(worker, { journeyId, on: localDate('2026-02-20'), assessorId: worker.staffId }))).toEqual([]);
  expect(words(await stage2.plan(worker, { journeyId, session: { kind: 'skills_to_foster', startsAt: new Date('2026-03-07T10:00:00Z'), minutes: 360, place: 'The hub', subject: 'Skills to Foster' } }))).toEqual([]);
  const applicants = await hub.database.transactions.run(worker, (tx) => applicantsOf(tx, journey.householdId));
  const [session] = (await hub.database.owner.query<{ id: string }>('SELECT id FROM assessment_sessions WHERE journey_id = $1', [journeyId])).rows;
  expect(words(await stage2.hold(worker, { journeyId, sessionId: session!.id, held: true, note: null, attended: applicants.slice(0, 1).map(({ id }) => id) }))).toEqual([]);
  for (const { code } of REPORT_SECTIONS) expect(words(await stage2.saveSection(worker, { journeyId, code, body: 'Written', evidence: '', ready: true, sectionVersion: 1 }))).toEqual([]);
  expect(words(await stage2.end(worker, { journeyId, on: localDate('2026-05-01'), brief: false }))).toEqual(['Ben Example has not attended Skills to Foster.', 'The report has not been shared with the applicants.']);
  expect(words(await stage2.hold(worker, { journeyId, sessionId: session!.id, held: true, note: null, attended: applicants.map(({ id }) => id) }))).toEqual([]);
  expect(words(await stage2.share(worker, { journeyId }))).toEqual([]);
  expect(words(await stage2.end(worker, { journeyId, on: localDate('2026-05-01'), brief: false }))).toEqual([]);
}

async function considered(journey: Journey, recommendation: 'approve' | 'not_approve'): Promise<void> {
  const { id: journeyId } = journey;
  on('2026-05-05');
  const arranged = await hub.get(ArrangePanel).run(administrator, { authority: 'derby', meetsAt: new Date('2026-05-20T09:30:00+01:00'), place: 'The Council House' });
  if (!arranged.ok) throw new Error('not arranged');
  const panelId = arranged.value;
  expect(words(await hub.get(ArrangePanel).seat(administrator, panelId, member.staffId, 'independent'))).toEqual([]);
  expect(words(await hub.get(TakeToPanel).putOnAgenda(administrator, { journeyId, panelId }))).toEqual([]);
  const seen = () => hub.database.transactions.run(member, (tx) => journeyByReference(tx, journey.reference));
  expect(await seen()).toBeNull();
  expect(words(await hub.get(TakeToPanel).sendPapers(administrator, { journeyId, panelId }))).toEqual([]);
  expect(await seen()).toMatchObject({ id: journeyId });
  on('2026-05-20');
  expect(words(await hub.get(ArrangePanel).agreeMinutes(administrator, panelId, localDate('2026-05-20')))).toEqual(['The recommendation of every case has to be recorded first.']);
  expect(words(await hub.get(TakeToPanel).recommend(administrator, { journeyId, panelId, recommendation, reasons: 'As in the report' }))).toEqual([]);
  on('2026-05-22');
  expect(words(await hub.get(ArrangePanel).agreeMinutes(administrator, panelId, localDate('2026-05-22')))).toEqual([]);
  expect(await seen()).toBeNull();
  expect(await clock(journey, 'recommendation')).toEqual(['met 2026-10-02']);
  expect(await clock(journey, 'decision')).toEqual(['running 2026-06-03']); // 7 working days over the bank holiday of 25 May
}

const terms = { children: 2, ageFrom: 0, ageTo: 10, care: ['short_term'], namedChild: null, aboveLimit: null } as const;

describe('an assessment', () => {
  it('goes from application to approval with terms', async () => {
    const journey = await applied();
    const { id: journeyId } = journey;
    expect(words(await hub.get(DecideStage1).run(worker, { journeyId, outcome: 'go_on', on: localDate('2026-02-02'), reasons: null }))).toEqual(['Your role does not allow this.']);
    const tooEarly = words(await hub.get(DecideStage1).run(manager, { journeyId, outcome: 'go_on', on: localDate('2026-02-02'), reasons: null }));
    expect(tooEarly).toContain('Enhanced DBS check of Lee Lodger has not been asked for.');
    expect(tooEarly).toContain('Personal referee, interviewed of Ann Example has not been asked for.');

    on('2026-03-31');
    await passChecks(journey, localDate('2026-03-27'));
    expect(await clock(journey, 'stage_1_outcome')).toEqual(['running 2026-04-14']); // 10 working days over Easter 2026
    expect((await hub.database.owner.query('SELECT count(*)::int AS n FROM certificate_details WHERE journey_id = $1', [journeyId])).rows[0]).toEqual({ n: 3 });
    expect(words(await hub.get(DecideStage1).run(manager, { journeyId, outcome: 'go_on', on: localDate('2026-03-30'), reasons: null }))).toEqual([]);
    expect(words(await hub.get(DecideStage1).letterSent(worker, { journeyId, on: localDate('2026-03-31') }))).toEqual([]);
    expect(await clock(journey, 'stage_1_outcome')).toEqual(['met 2026-04-14']);

    on('2026-05-04');
    await writeReport(journey);
    await considered(journey, 'approve');

    const decide = hub.get(MakeDecision);
    expect(words(await decide.approve(manager, { journeyId, on: localDate('2026-05-22'), reasons: 'x', terms }))).toEqual(['Your role does not allow this.']);
    expect(words(await decide.approve(decisionMaker, { journeyId, on: localDate('2026-05-21'), reasons: 'x', terms }))).toEqual(['This date is before the day on which the recommendation and minutes were received on Friday 22 May 2026. Enter that day or a later one.']);
    expect(words(await decide.approve(decisionMaker, { journeyId, on: localDate('2026-05-22'), reasons: 'x', terms: { ...terms, children: 4 } }))).toEqual(['More than 3 children are above the usual fostering limit: say that they are siblings, or enter the exemption (Children Act 1989, Schedule 7).']);
    expect(words(await decide.approve(decisionMaker, { journeyId, on: localDate('2026-05-22'), reasons: 'As recommended', terms }))).toEqual([]);
    expect(await hub.database.transactions.run(worker, (tx) => journeyByReference(tx, journey.reference))).toMatchObject({ status: 'approved', approvedOn: '2026-05-22' });
    expect(await clock(journey, 'told_orally')).toEqual(['running 2026-05-27']);
    expect(words(await decide.told(decisionMaker, { journeyId, on: localDate('2026-05-22'), how: 'orally' }))).toEqual([]);
    expect(await clock(journey, 'told_orally')).toEqual(['met 2026-05-27']);
    expect((await hub.database.owner.query('SELECT count(*)::int AS n FROM certificate_details WHERE journey_id = $1', [journeyId])).rows[0]).toEqual({ n: 0 });
    expect((await hub.database.owner.query(`SELECT count(*)::int AS n FROM check_history WHERE journey_id = $1 AND step = 'details_destroyed'`, [journeyId])).rows[0]).toEqual({ n: 3 });
  });

  it('goes to a qualifying determination that is upheld after representations, or lapses after 28 days', async () => {
    for (const way of ['irm', 'lapse'] as const) {
      const journey = await applied();
      const { id: journeyId } = journey;
      on('2026-03-31');
      await passChecks(journey, localDate('2026-03-27'));
      await hub.get(DecideStage1).run(manager, { journeyId, outcome: 'go_on', on: localDate('2026-03-30'), reasons: null });
      on('2026-05-04');
      await writeReport(journey);
      await considered(journey, 'not_approve');
      const decide = hub.get(MakeDecision);
      on('2026-06-01');
      expect(words(await decide.determine(decisionMaker, { journeyId, on: localDate('2026-06-01'), reasons: 'As in the minutes' }))).toEqual([]);
      expect(await clock(journey, 'representations')).toEqual(['running 2026-06-29']);
      expect(words(await decide.refuse(decisionMaker, { journeyId, on: localDate('2026-06-01'), reasons: 'x' }))).toEqual(['The family has until Monday 29 June 2026 to answer: the determination cannot lapse before.']);
      if (way === 'irm') {
        on('2026-06-30');
        expect(words(await decide.represent(administrator, { journeyId, on: localDate('2026-06-30'), way }))).toEqual(['The 28 days ended on Monday 29 June 2026.']);
        expect(words(await decide.represent(administrator, { journeyId, on: localDate('2026-06-29'), way }))).toEqual([]);
        expect(await clock(journey, 'irm_papers')).toEqual(['running 2026-07-13']);
        on('2026-09-10');
        expect(words(await decide.reviewStep(administrator, { journeyId, on: localDate('2026-09-09'), step: 'recommendation', words: 'Not to approve' }))).toEqual([]);
        expect(words(await decide.refuse(decisionMaker, { journeyId, on: localDate('2026-09-10'), reasons: 'The review agreed' }))).toEqual([]);
      } else {
        on('2026-06-29');
        expect(words(await decide.lapse(administrator, { journeyId, on: localDate('2026-06-29') }))).toEqual(['The family has until Monday 29 June 2026 to answer: the determination cannot lapse before.']);
        on('2026-06-30');
        expect(words(await decide.lapse(administrator, { journeyId, on: localDate('2026-06-30') }))).toEqual([]);
      }
      const after = await hub.database.transactions.run(worker, (tx) => journeyByReference(tx, journey.reference));
      expect(after).toMatchObject({ status: 'closed', closedBy: 'service', closedReason: 'not_approved', closedOn: way === 'irm' ? '2026-09-10' : '2026-06-30' });
      expect(await hub.database.transactions.run(worker, async (tx) => (await decisionsOf(tx, journeyId)).map(({ kind }) => kind))).toEqual(['qualifying_determination', way === 'irm' ? 'final_refusal' : 'lapse']);
    }
  });

  it('opens its file to its council only', async () => {
    const journey = await applied();
    const stranger = await makeStaffActor(hub.database, 'social_worker', 'nottingham');
    await hub.get(DescribePerson).run(worker, { journeyId: journey.id, personId: journey.householdId, facts: { bornOn: null, inUkSinceOn: null, employer: null, formerPartner: null, school: null, previousService: null, previousServiceEndedOn: null } });
    const file = (actor: StaffActor) => hub.database.transactions.run(actor, async (tx) => ({ file: await loadAssessment(tx, journey.id), checks: await checksOf(tx, journey.id) }));
    expect((await file(worker)).checks.length).toBeGreaterThan(10);
    for (const actor of [stranger, officer, member]) expect(await file(actor)).toEqual({ file: null, checks: [] });
  });

  it('lets nobody seat themselves on a panel', async () => {
    const arranged = await hub.get(ArrangePanel).run(administrator, { authority: 'derby', meetsAt: new Date('2026-06-20T09:30:00+01:00'), place: 'The Council House' });
    const panelId = arranged.ok ? arranged.value : '';
    for (const actor of [member, officer]) {
      expect(words(await hub.get(ArrangePanel).seat(actor, panelId, actor.staffId, 'chair'))).not.toEqual([]);
      await expect(hub.database.transactions.run(actor, (tx) => tx.query(`INSERT INTO panel_members (panel_id, staff_id, capacity) VALUES ('${panelId}', '${actor.staffId}', 'chair')`))).rejects.toThrow('row-level security');
    }
  });

  it('follows who lives there, and starts the clock of the outcome anew when something turns out to be missing', async () => {
    const journey = await applied();
    const { id: journeyId } = journey;
    on('2026-03-31');
    await passChecks(journey, localDate('2026-03-27'));
    const applicants = await hub.database.transactions.run(worker, (tx) => applicantsOf(tx, journey.householdId));
    const facts = { bornOn: null, inUkSinceOn: null, employer: 'A bakery', formerPartner: null, school: null, previousService: null, previousServiceEndedOn: null };
    expect(words(await hub.get(DescribePerson).run(worker, { journeyId, personId: applicants[0]!.id, facts }))).toEqual([]);
    const missing = await hub.database.transactions.run(worker, async (tx) => missingInFile({ tx, journey, today: localDate('2026-03-31'), calendars: await loadCalendars(tx) }));
    expect(missing.map(({ name, about }) => `${name} ${about}`)).toEqual(['Employer\'s reference Ann Example']);
    expect(await clock(journey, 'stage_1_outcome')).toEqual(['stopped 2026-04-14']);
    await passChecks(journey, localDate('2026-03-31'));
    expect(await clock(journey, 'stage_1_outcome')).toEqual(['stopped 2026-04-14', 'running 2026-04-16']);
    expect(words(await hub.get(DescribePerson).run(worker, { journeyId, personId: applicants[0]!.id, facts: { ...facts, employer: null } }))).toEqual([]);
    expect(await clock(journey, 'stage_1_outcome')).toEqual(['stopped 2026-04-14', 'running 2026-04-14', 'stopped 2026-04-16']);
  });

  it('holds a track without moving any clock', async () => {
    const journey = await applied();
    const { id: journeyId } = journey;
    const before = await clock(journey, 'turnaround');
    expect(words(await hub.get(HoldTrack).begin(worker, { journeyId, track: 'stage_1', from: localDate('2026-02-02'), reason: 'Moving house' }))).toEqual([]);
    expect(words(await hub.get(HoldTrack).begin(worker, { journeyId, track: 'stage_1', from: localDate('2026-02-02'), reason: 'Again' }))).toEqual(['This track is on hold from Monday 2 February 2026 already.']);
    expect(words(await hub.get(HoldTrack).end(worker, { journeyId, track: 'stage_1', on: addDays(localDate('2026-02-02'), 1) }))).toEqual([]);
    expect(words(await hub.get(HoldTrack).end(worker, { journeyId, track: 'stage_1', on: localDate('2026-02-03') }))).toEqual(['This track is not on hold.']);
    expect(await clock(journey, 'turnaround')).toEqual(before);
    expect(await clock(journey, 'recommendation')).toEqual(['running 2026-10-02']);
  });

  it('saves a section for one of two editors, and tells the other', async () => {
    const journey = await applied();
    const { id: journeyId } = journey;
    const stage2 = hub.get(CarryStage2);
    expect(words(await stage2.start(worker, { journeyId, on: localDate('2026-02-02'), assessorId: worker.staffId }))).toEqual([]);
    const save = (body: string, sectionVersion: number) => stage2.saveSection(worker, { journeyId, code: 'family', body, evidence: '', ready: false, sectionVersion });
    expect(words(await save('Mine', 1))).toEqual([]);
    const second = await save('Theirs', 1);
    expect(second).toMatchObject({ ok: false, refusal: { blockers: [{ kind: 'somebody_else_saved', body: 'Mine', version: 2 }] } });
    expect(words(await save('Both', 2))).toEqual([]);
  });
});
