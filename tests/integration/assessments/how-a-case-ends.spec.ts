import { anyBlockerInWords, type AnyBlocker, AssessmentsModule, awaitingDecision, DecideStage1, decisionsOf, MakeDecision, MovePanel, readyForPanel, TakeToPanel } from '@app/assessments';
import { clocksOf } from '@app/deadlines';
import { CloseJourney, impossibleStates, type Journey, journeyByReference, ReopenJourney } from '@app/journeys';
import { addDays, localDateOf, type Result } from '@app/kernel';
import { applied, assessed, done, makeTeam, passChecks, recommended, type Team, withPapers } from '../../support/assessed-family';
import { workingDaysFrom } from '../../support/reference-clocks';
import { createHubWorld, type HubWorld } from '../../support/hub-world';

let hub: HubWorld;
let team: Team;

beforeAll(async () => {
  hub = await createHubWorld('2026-03-02T10:00:00Z', [AssessmentsModule]);
  team = await makeTeam(hub.database);
});
afterEach(async () => {
  expect(await hub.database.transactions.run({ kind: 'system', process: 'tests' }, (tx) => impossibleStates(tx))).toEqual([]);
});
afterAll(() => hub.close());

const today = () => localDateOf(hub.clock.now());
const words = <T>(result: Result<T, { readonly blockers: readonly AnyBlocker[] }>): readonly string[] => (result.ok ? [] : result.refusal.blockers.map(anyBlockerInWords));
const count = async (sql: string, { id }: Journey): Promise<number> => (await hub.database.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql} AND journey_id = $1`, [id])).rows[0]?.n ?? -1;
const decide = () => hub.get(MakeDecision);
const on = (journey: Journey) => ({ journeyId: journey.id, on: today() });

/** A family whose panel advised against, and whose determination is of today. */
async function determined(lastName: string): Promise<Journey> {
  const journey = await applied(hub, team, lastName);
  await assessed(hub, team, journey);
  await recommended(hub, team, journey, await withPapers(hub, team, journey), 'not_approve');
  done(await decide().determine(team.decisionMaker, { ...on(journey), reasons: 'As in the minutes' }));
  return journey;
}

describe('certificate details', () => {
  it.each([
    ['a withdrawal', (journey: Journey) => hub.get(CloseJourney).run(team.worker, { ...on(journey), by: 'applicant', reason: 'changed_mind' })],
    ['the service that ends it', (journey: Journey) => hub.get(CloseJourney).run(team.worker, { ...on(journey), by: 'service', reason: 'no_spare_room' })],
    ['a refusal at stage 1', (journey: Journey) => hub.get(DecideStage1).run(team.manager, { ...on(journey), outcome: 'refused', reasons: 'What the checks say' })],
  ])('go with %s, leaving the note that they went', async (_what, ends) => {
    const journey = await applied(hub, team, 'Ending');
    await passChecks(hub, team, journey);
    expect(await count('certificate_details WHERE true', journey)).toBe(3);
    done(await ends(journey));
    expect(await count('certificate_details WHERE true', journey)).toBe(0);
    expect(await count(`check_history WHERE step = 'details_destroyed' AND happened_on = '${today()}' AND recorded_by LIKE 'staff:%'`, journey)).toBe(3);
  });
});

describe('a panel', () => {
  it('no longer shows its members a family that left', async () => {
    const journey = await applied(hub, team, 'Leaving');
    await assessed(hub, team, journey);
    await withPapers(hub, team, journey);
    const seen = () => hub.database.transactions.run(team.member, (tx) => journeyByReference(tx, journey.reference));
    expect(await seen()).not.toBeNull();
    done(await hub.get(CloseJourney).run(team.worker, { ...on(journey), by: 'applicant', reason: 'changed_mind' }));
    expect(await seen()).toBeNull();
  });

  it('is moved while its papers are in time for the new day and nothing is recommended; its members are told', async () => {
    const journey = await applied(hub, team, 'Moving');
    await assessed(hub, team, journey);
    const panelId = await withPapers(hub, team, journey);
    const move = (days: number, actor = team.administrator) => hub.get(MovePanel).run(actor, panelId, { meetsAt: new Date(`${addDays(today(), days)}T13:30:00Z`), place: 'The library' });
    expect((await move(28, team.member)).ok).toBe(false);
    expect(words(await move(-1))[0]).toContain('a panel is moved to a day that is still to come.');
    expect(words(await move(3))[0]).toMatch(/the papers have to be with its members by .*, and some went out on .*\. Choose a later day\.$/);
    expect(words(await move(28))).toEqual([]);
    const { rows } = await hub.database.owner.query<{ meetsOn: string; due: string; place: string }>(`SELECT meets_on::text AS "meetsOn", papers_due_on::text AS due, place FROM panels WHERE id = $1`, [panelId]);
    expect(rows).toEqual([{ meetsOn: addDays(today(), 28), due: workingDaysFrom(addDays(today(), 28), -5), place: 'The library' }]);
    const mail = await hub.database.owner.query<{ to: string; body: string }>(`SELECT to_address AS "to", body FROM emails WHERE kind = 'panel_moved'`);
    expect(mail.rows).toHaveLength(1);
    expect(mail.rows[0]?.body).toContain('Place: The library');
    expect(mail.rows[0]?.body).not.toContain('Moving');
    expect(words(await move(28))).toEqual(['The panel meets at that time and place already: change one of them.']);
    hub.clock.set(new Date(`${addDays(today(), 28)}T15:00:00Z`));
    await recommendedNow(journey, panelId);
    expect(words(await move(7))).toEqual(['This panel has made recommendations: it cannot be moved or called off any more.']);
  });
});

/** The panel recommends today. */
async function recommendedNow(journey: Journey, panelId: string): Promise<void> {
  done(await hub.get(TakeToPanel).recommend(team.administrator, { journeyId: journey.id, panelId, recommendation: 'approve', reasons: 'A warm home' }));
}

describe('a final refusal', () => {
  it('waits for the answer of the review, and its journey is not opened again', async () => {
    const journey = await determined('Reviewed');
    done(await decide().represent(team.administrator, { ...on(journey), way: 'irm' }));
    const waiting = async () => (await hub.database.transactions.run(team.decisionMaker, (tx) => awaitingDecision(tx, 'derby'))).some(({ journeyId }) => journeyId === journey.id);
    const uphold = () => decide().refuse(team.decisionMaker, { ...on(journey), reasons: 'As before' });
    expect(words(await uphold())).toEqual(['The Independent Review Mechanism has not answered: record what it recommends, or that it ended without a recommendation, first.']);
    expect(await waiting()).toBe(false);
    hub.clock.advance(40 * 86_400_000);
    done(await decide().reviewStep(team.administrator, { ...on(journey), step: 'ended_without', words: 'The family withdrew' }));
    expect(await waiting()).toBe(true);
    done(await uphold());
    const made = await hub.database.transactions.run(team.decisionMaker, (tx) => decisionsOf(tx, journey.id));
    expect(made.map(({ kind, dueOn }) => [kind, dueOn === null])).toEqual([['qualifying_determination', false], ['final_refusal', true]]);
    expect(words(await hub.get(ReopenJourney).run(team.manager, { journeyId: journey.id, reason: 'They ask again' }))[0]).toMatch(/^The agency’s decision of .* not to approve is final\. If the family applies again, log a new enquiry: it begins a new journey\.$/);
  });

  it('after an answer to the service is due seven working days after the minutes of the panel that considered the case again', async () => {
    const journey = await determined('Again');
    done(await decide().represent(team.administrator, { ...on(journey), way: 'service' }));
    expect(words(await decide().reviewStep(team.administrator, { ...on(journey), step: 'recommendation', words: 'x' }))).toEqual(['The family answered the service: the Independent Review Mechanism has no part in it.']);
    expect((await hub.database.transactions.run(team.administrator, (tx) => readyForPanel(tx, 'derby'))).map(({ journeyId }) => journeyId)).toContain(journey.id);
    hub.clock.advance(86_400_000);
    const panelId = await withPapers(hub, team, journey);
    const uphold = () => decide().refuse(team.decisionMaker, { ...on(journey), reasons: 'As before' });
    expect(words(await uphold())).toEqual(['A panel considers this family again: the final decision waits for its recommendation and the agreed minutes.']);
    await recommended(hub, team, journey, panelId, 'not_approve');
    const due = workingDaysFrom(today(), 7);
    const ofDecision = async () => (await hub.database.transactions.run(team.worker, (tx) => clocksOf(tx, journey.id))).filter(({ rule }) => rule === 'decision').map(({ state, dueOn }) => [state, dueOn]);
    expect((await ofDecision()).at(-1)).toEqual(['running', due]);
    const [next] = (await hub.database.transactions.run(team.decisionMaker, (tx) => awaitingDecision(tx, 'derby'))).filter(({ journeyId }) => journeyId === journey.id);
    expect(next).toMatchObject({ step: 'decide_finally', dueOn: due });
    done(await uphold());
    expect((await ofDecision()).map(([state]) => state)).toEqual(['met', 'met']);
    expect((await hub.database.transactions.run(team.decisionMaker, (tx) => decisionsOf(tx, journey.id))).at(-1)).toMatchObject({ kind: 'final_refusal', receivedOn: today(), dueOn: due });
  });
});
