import type { Journey } from '@app/journeys';
import { addDays, addMonthsClamped, localDateOf } from '@app/kernel';
import { applied, assessed, type Hub, hubOf, makeTeam, recommended, type Team, withPapers } from '../../support/assessed-family';
import { wordsOf } from '../../support/page-text';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

let app: TestApp;
let hub: Hub;
let team: Team;

beforeAll(async () => {
  app = await createTestApp();
  hub = hubOf(app);
  team = await makeTeam(app.database);
});
afterAll(() => app.close());

const today = () => localDateOf(app.clock.now());

describe('a date that is corrected on the family’s page', () => {
  const dated = async ({ id }: Journey) => (await app.database.owner.query<Record<string, unknown>>('SELECT application_on::text, stage_1_started_on::text, stage_1_decided_on::text, stage_2_started_on::text FROM assessments WHERE journey_id = $1', [id])).rows[0];
  const correct = async (by: TestBrowser, { reference }: Journey, what: string, on: string) => by.post(`/staff/families/${reference}/correct`, { what, on, reason: 'Typed wrongly' });
  const clock = async ({ id }: Journey, rule: string) => (await app.database.owner.query<Record<string, unknown>>('SELECT due_on::text, state FROM clocks WHERE journey_id = $1 AND rule = $2 ORDER BY id DESC LIMIT 1', [id, rule])).rows[0];

  it('moves the dates and clocks of the assessment file along, also for a hub manager who does not open files', async () => {
    const journey = await applied(hub, team, 'Corrected');
    const entered = today();
    app.clock.advance(3 * 24 * 3_600_000);
    await assessed(hub, team, journey);
    const hubManager = await app.signedInAs('hub_manager');
    const later = addDays(entered, 1);
    expect((await correct(hubManager, journey, 'application', later)).status).toBe(303);
    expect(await dated(journey)).toEqual({ application_on: later, stage_1_started_on: later, stage_1_decided_on: today(), stage_2_started_on: today() });
    expect(await clock(journey, 'recommendation')).toEqual({ due_on: addMonthsClamped(later, 8), state: 'running' });
    expect((await correct(hubManager, journey, 'stage_2', addDays(today(), -1))).status).toBe(303);
    expect(await dated(journey)).toMatchObject({ stage_2_started_on: addDays(today(), -1) });

    const [panelOn, decidedOn] = [addDays(today(), 21), addDays(today(), 23)];
    await recommended(hub, team, journey, await withPapers(hub, team, journey));
    app.clock.set(new Date(`${decidedOn}T15:00:00Z`));
    const decisionMaker = await app.signIn(team.decisionMaker);
    await decisionMaker.post(`/staff/families/${journey.reference}/assessment/approve`, { on: decidedOn, children: '1', age_from: '0', age_to: '10', care: 'short_term', reasons: 'As recommended' });
    const manager = await app.signIn(team.manager);
    expect((await correct(manager, journey, 'approved', addDays(decidedOn, -1))).status).toBe(303);
    const { rows } = await app.database.owner.query('SELECT decided_on::text FROM decisions WHERE journey_id = $1', [journey.id]);
    expect(rows).toEqual([{ decided_on: addDays(decidedOn, -1) }]);
    expect(await clock(journey, 'told_orally')).toMatchObject({ state: 'running' });
    const words = async (what: string, on: string) => wordsOf((await correct(manager, journey, what, on)).text);
    expect(await words('panel', addDays(panelOn, -1))).toContain('The assessment file says that the panel of');
  });

  it('stays as it is when the file would contradict it, in words that say where to put it right', async () => {
    const journey = await applied(hub, team, 'Contradicted');
    await assessed(hub, team, journey);
    app.clock.advance(3 * 24 * 3_600_000);
    const manager = await app.signIn(team.manager);
    const words = async (what: string, fields: Record<string, string>) => wordsOf((await manager.post(`/staff/families/${journey.reference}/correct`, { what, reason: 'Typed wrongly', ...fields })).text);
    const before = await dated(journey);
    expect(await words('application', { never: 'yes' })).toContain('an application there was');
    expect(await words('stage_1', { on: today() })).toContain('that the letter on stage 1 went out on');
    expect(await words('stage_2', { on: today() })).toContain('that the report was finished on');
    expect(await words('stage_2', { never: 'yes' })).toContain('stage 2 did begin');
    expect(await dated(journey)).toEqual(before);
  });
});
