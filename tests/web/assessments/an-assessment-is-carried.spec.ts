import { RecordCheck } from '@app/assessments';
import type { Journey } from '@app/journeys';
import { addDays, localDateOf } from '@app/kernel';
import { applied, done, type Hub, hubOf, makeTeam, passChecks, type Team } from '../../support/assessed-family';
import { wordsOf } from '../../support/page-text';
import { named, receiveFamily } from '../../support/received-family';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

let app: TestApp;
let hub: Hub;
let team: Team;
let worker: TestBrowser;
let manager: TestBrowser;

beforeAll(async () => {
  app = await createTestApp();
  hub = hubOf(app);
  team = await makeTeam(app.database);
  await at(app.clock.now());
});
afterAll(() => app.close());

/** Moves the clock, and signs everybody in again: sessions do not last for weeks. */
async function at(moment: Date): Promise<void> {
  app.clock.set(moment);
  worker = await app.signIn(team.worker);
  manager = await app.signIn(team.manager);
}
const file = (journey: Journey, part = ''): string => `/staff/families/${journey.reference}/assessment${part}`;
const today = () => localDateOf(app.clock.now());
async function checkOf(journey: Journey, type: string): Promise<string> {
  const { rows } = await app.database.owner.query<{ id: string }>('SELECT id FROM checks WHERE journey_id = $1 AND type = $2 ORDER BY id LIMIT 1', [journey.id, type]);
  return rows[0]?.id ?? '';
}

describe('an assessment’s file', () => {
  it('shows the checklist of who lives there, both clocks with the days left, and what to do next', async () => {
    const journey = await applied(hub, team, 'Ashworth');
    const words = wordsOf((await worker.get(file(journey))).text);
    expect(words).toContain('Assessment of Ann and Ben Ashworth');
    expect(words).toMatch(/Complete the checks: \d+ are missing/);
    expect(words).toContain('Enhanced DBS check of Lee Ashworth-Lodger has not been asked for.');
    expect(words).toMatch(/Recommendation due 18 Nov 2026 18 Jul 2027 242 days left/);
    expect(words).toContain('Approval due');
    const colleague = await app.signedInAs('social_worker', 'nottingham');
    const officer = await app.signedInAs('recruitment_officer');
    for (const stranger of [colleague, officer]) expect((await stranger.get(file(journey))).status).toBe(404);
  });

  it('says kindly that there is none before the application', async () => {
    const family = await receiveFamily(app.database, app.clock.now(), { applicants: named('Early', 'Bird') });
    const answer = await worker.get(`/staff/families/${family.reference}/assessment`);
    expect(wordsOf(answer.text)).toContain('The application is not in');
  });
});

describe('a check', () => {
  it('is asked for, chased by an email that was changed first, comes in and is settled', async () => {
    const journey = await applied(hub, team, 'Checked');
    const id = await checkOf(journey, 'personal_referee');
    expect((await worker.post(file(journey, `/check-requested/${id}`), { on: today(), third_party: 'Rose Referee', third_party_email: 'rose@example.org' })).headers.location).toBe(file(journey, `/checks/${id}`));
    await at(new Date('2026-12-15T10:00:00Z'));
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('To chase Asked for 27 days ago Chase it');
    expect((await worker.get(file(journey, `/checks/${id}`))).text).toContain(`href="/staff/families/${journey.reference}/letters/new/chaser?check=${id}"`);
    const draft = await worker.get(file(journey, `/check-chased/${id}`));
    expect(draft.text).toContain('Dear Rose Referee,');
    expect(draft.text).toContain('value="rose@example.org"');
    await worker.post(file(journey, `/check-chased/${id}`), { on: today(), by_email: 'yes', to: 'rose@example.org', subject: 'A reminder', body: 'My own words' });
    const { rows } = await app.database.owner.query(`SELECT to_address, subject, body FROM emails WHERE kind = 'check_chaser' AND journey_id = $1`, [journey.id]);
    expect(rows).toEqual([{ to_address: 'rose@example.org', subject: 'A reminder', body: 'My own words' }]);
    await worker.post(file(journey, `/check-received/${id}`), { on: today() });
    const refused = await worker.post(file(journey, `/check-outcome/${id}`), { on: today(), outcome: 'concern' });
    expect(refused.status).toBe(422);
    expect(wordsOf(refused.text)).toContain('Write why in the note.');
    await worker.post(file(journey, `/check-outcome/${id}`), { on: today(), outcome: 'satisfactory', note: 'Warm words' });
    const words = wordsOf((await worker.get(file(journey, `/checks/${id}`))).text);
    expect(words).toContain('Outcome: Satisfactory, Tuesday 15 December 2026');
    expect(words).toContain('Answered by Rose Referee, rose@example.org');
  });

  it('shows certificate details to those who carry the assessment, and not to the decision maker', async () => {
    const journey = await applied(hub, team, 'Certified');
    const id = await checkOf(journey, 'enhanced_dbs');
    done(await hub.get(RecordCheck).request(team.worker, { journeyId: journey.id, checkId: id, on: today() }));
    await worker.post(file(journey, `/check-received/${id}`), { on: today(), number: '009876543210', disclosed: 'A caution in 1999' });
    expect(wordsOf((await worker.get(file(journey, `/checks/${id}`))).text)).toContain('A caution in 1999');
    const decisionMaker = await app.signedInAs('agency_decision_maker', 'derby');
    const seen = await decisionMaker.get(file(journey, `/checks/${id}`));
    expect(seen.status).toBe(200);
    expect(seen.text).not.toContain('A caution in 1999');
    expect((await decisionMaker.get(file(journey, `/check-outcome/${id}`))).status).toBe(404);
    expect((await decisionMaker.post(file(journey, `/check-outcome/${id}`), { on: today(), outcome: 'satisfactory' })).status).toBe(404);
  });

  it('that does not exist, or a step that does not, is a 404', async () => {
    const journey = await applied(hub, team, 'Nowhere');
    for (const part of ['/checks/1', '/checks/00000000-0000-7000-8000-000000000000', '/check-outcome/00000000-0000-7000-8000-000000000000', '/check-outcome/x', '/nothing', '/person/00000000-0000-7000-8000-000000000000']) expect({ part, status: (await worker.get(file(journey, part))).status }).toEqual({ part, status: 404 });
  });
});

describe('stage 1', () => {
  it('names each thing that is missing, and passes when nothing is; the letter meets its clock', async () => {
    const journey = await applied(hub, team, 'Decided');
    const early = await manager.post(file(journey, '/stage-1-outcome'), { outcome: 'go_on', on: today() });
    expect(early.status).toBe(422);
    expect(wordsOf(early.text)).toContain('Personal referee, interviewed of Ben Decided has not been asked for.');
    expect((await worker.get(file(journey, '/stage-1-outcome'))).status).toBe(404);
    await passChecks(hub, team, journey);
    expect((await manager.post(file(journey, '/stage-1-outcome'), { outcome: 'go_on', on: addDays(today(), 1) })).status).toBe(422);
    expect((await manager.post(file(journey, '/stage-1-outcome'), { outcome: 'go_on', on: today() })).status).toBe(303);
    await worker.post(file(journey, '/stage-1-letter'), { on: today() });
    const words = wordsOf((await worker.get(file(journey))).text);
    expect(words).toContain('Start stage 2');
    expect(words).toContain('Stage 1 outcome due 15 Dec 2026 31 Dec 2026 done in time');
  });

  it('can rest, and its days on hold are shown without moving a clock', async () => {
    const journey = await applied(hub, team, 'Resting');
    await worker.post(file(journey, '/hold'), { track: 'stage_1', on: today(), reason: 'Moving house' });
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('Stage 1 rests since 15 Dec 2026: Moving house Holds move no clock');
    expect(wordsOf((await worker.post(file(journey, '/hold'), { track: 'stage_1', on: today(), reason: 'Again' })).text)).toContain('This track is on hold from Tuesday 15 December 2026 already.');
    await worker.post(file(journey, '/resume'), { track: 'stage_1', on: addDays(today(), 1) });
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('Stage 1 rested from 15 Dec 2026 to 16 Dec 2026: Moving house');
  });
});
