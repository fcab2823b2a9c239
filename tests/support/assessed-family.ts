import type { StaffActor } from '@app/access';
import type { Council } from '@app/authorities';
import { type AnyBlocker, anyBlockerInWords, ArrangePanel, CarryStage2, checksOf, DecideStage1, OpenFile, type Recommendation, RecordCheck, REPORT_SECTIONS, TakeToPanel } from '@app/assessments';
import { applicantsOf, AssignJourney, EditMembers, type Journey, journeyByReference, MoveJourney } from '@app/journeys';
import { addDays, type LocalDate, localDateOf, type MovableClock, type Result } from '@app/kernel';
import type { Type } from '@nestjs/common';
import { named, receiveFamily } from './received-family';
import { makeStaffActor } from './staff';
import type { TestApp } from './test-app';
import type { TestDatabase } from './test-database';

/** Where the use cases come from: the web application, or a hub without pages. */
export interface Hub {
  readonly database: TestDatabase;
  readonly clock: MovableClock;
  get<T>(useCase: Type<T>): T;
}

/** The use cases behind the pages of a web application. */
export const hubOf = (app: TestApp): Hub => ({ database: app.database, clock: app.clock, get: (useCase) => app.web.nest.get(useCase, { strict: false }) });

/** Those who carry an assessment at one council. */
export interface Team {
  readonly worker: StaffActor;
  readonly manager: StaffActor;
  readonly administrator: StaffActor;
  readonly decisionMaker: StaffActor;
  readonly member: StaffActor;
}

/** A team of Derby, unless told. */
export async function makeTeam(database: TestDatabase, authority: Council = 'derby'): Promise<Team> {
  const [worker, manager, administrator, decisionMaker, member] = [
    await makeStaffActor(database, 'social_worker', authority),
    await makeStaffActor(database, 'team_manager', authority),
    await makeStaffActor(database, 'panel_administrator', authority),
    await makeStaffActor(database, 'agency_decision_maker', authority),
    await makeStaffActor(database, 'panel_member', authority),
  ];
  return { worker, manager, administrator, decisionMaker, member };
}

/** Answers the value, or throws with everything that stands in the way. */
export function done<T>(result: Result<T, { readonly blockers: readonly AnyBlocker[] }>): T {
  if (!result.ok) throw new Error(result.refusal.blockers.map(anyBlockerInWords).join(' '));
  return result.value;
}

const today = ({ clock }: Hub): LocalDate => localDateOf(clock.now());

/** A couple, Ann and Ben, with a lodger: enquired, visited, and their application is in today. */
export async function applied(hub: Hub, team: Team, lastName = 'Example'): Promise<Journey> {
  const { database, clock } = hub;
  const received = await receiveFamily(database, clock.now(), { applicants: [...named('Ann', lastName, { email: `ann.${lastName.toLowerCase()}@example.org` }), ...named('Ben', lastName, { email: `ben.${lastName.toLowerCase()}@example.org`, phone: null })] });
  const { journeyId } = received;
  done(await hub.get(AssignJourney).run(team.manager, { journeyId, socialWorkerId: team.worker.staffId }));
  for (const milestone of ['initial_application', 'home_visit', 'application'] as const) done(await hub.get(MoveJourney).run(team.worker, { journeyId, milestone, on: today(hub) }));
  done(await hub.get(EditMembers).add(team.worker, { journeyId, member: { kind: 'lodger', name: `Lee ${lastName}-Lodger`, relationship: 'lodger', bornOn: null } }));
  await hub.get(OpenFile).run(team.worker, journeyId);
  const journey = await database.transactions.run(team.worker, (tx) => journeyByReference(tx, received.reference));
  if (!journey) throw new Error('The family just received is not there');
  return journey;
}

/** Every check asked for, in, and satisfactory, today. */
export async function passChecks(hub: Hub, { worker }: Team, journey: Journey): Promise<void> {
  const ids = await hub.database.transactions.run(worker, async (tx) => (await checksOf(tx, journey.id)).filter(({ outcome, noLongerNeededOn }) => outcome === null && noLongerNeededOn === null).map(({ id }) => id));
  const on = today(hub);
  for (const checkId of ids) {
    const request = { journeyId: journey.id, checkId, on };
    done(await hub.get(RecordCheck).request(worker, { ...request, thirdParty: `Referee of ${journey.reference}` }));
    done(await hub.get(RecordCheck).receive(worker, { ...request, certificate: { number: '001234567890', issuedOn: on, disclosed: 'Nothing' } }));
    done(await hub.get(RecordCheck).decide(worker, { ...request, outcome: 'satisfactory', note: `A note about check ${checkId}` }));
  }
}

/** Stage 1 passed with its letter, stage 2 carried, the report written, shared and finished; all today. */
export async function assessed(hub: Hub, team: Team, journey: Journey): Promise<void> {
  const { id: journeyId } = journey;
  const on = today(hub);
  const stage2 = hub.get(CarryStage2);
  await passChecks(hub, team, journey);
  done(await hub.get(DecideStage1).run(team.manager, { journeyId, outcome: 'go_on', on, reasons: null }));
  done(await hub.get(DecideStage1).letterSent(team.worker, { journeyId, on }));
  done(await stage2.start(team.worker, { journeyId, on, assessorId: team.worker.staffId }));
  done(await stage2.plan(team.worker, { journeyId, session: { kind: 'skills_to_foster', startsAt: hub.clock.now(), minutes: 360, place: 'The hub', subject: 'Skills to Foster' } }));
  const applicants = await hub.database.transactions.run(team.worker, (tx) => applicantsOf(tx, journey.householdId));
  const { rows } = await hub.database.owner.query<{ id: string }>('SELECT id FROM assessment_sessions WHERE journey_id = $1', [journeyId]);
  done(await stage2.hold(team.worker, { journeyId, sessionId: rows[0]?.id ?? '', held: true, note: null, attended: applicants.map(({ id }) => id) }));
  for (const { code } of REPORT_SECTIONS) done(await stage2.saveSection(team.worker, { journeyId, code, body: `What the report says about ${code}`, evidence: `Evidence for ${code}`, ready: true, sectionVersion: 1 }));
  done(await stage2.share(team.worker, { journeyId }));
  done(await stage2.end(team.worker, { journeyId, on, brief: false }));
}

/** A panel three weeks from today with its member and this family, whose papers are sent; answers its id. */
export async function withPapers(hub: Hub, team: Team, journey: Journey): Promise<string> {
  const meetsAt = new Date(`${addDays(today(hub), 21)}T10:00:00Z`);
  const panelId = done(await hub.get(ArrangePanel).run(team.administrator, { authority: 'derby', meetsAt, place: 'The Council House' }));
  done(await hub.get(ArrangePanel).seat(team.administrator, panelId, team.member.staffId, 'independent'));
  done(await hub.get(TakeToPanel).putOnAgenda(team.administrator, { journeyId: journey.id, panelId }));
  done(await hub.get(TakeToPanel).sendPapers(team.administrator, { journeyId: journey.id, panelId }));
  return panelId;
}

/** The panel recommends, on its day, and the minutes are agreed. Moves the clock there. */
export async function recommended(hub: Hub, team: Team, journey: Journey, panelId: string, recommendation: Recommendation = 'approve'): Promise<void> {
  hub.clock.set(new Date(`${addDays(today(hub), 21)}T15:00:00Z`));
  done(await hub.get(TakeToPanel).recommend(team.administrator, { journeyId: journey.id, panelId, recommendation, reasons: 'As the report says' }));
  done(await hub.get(ArrangePanel).agreeMinutes(team.administrator, panelId, today(hub)));
}
