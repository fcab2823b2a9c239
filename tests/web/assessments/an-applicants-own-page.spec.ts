import { CarryStage2, checksOf, RecordCheck, REPORT_SECTIONS } from '@app/assessments';
import { type Applicant, applicantsOf, type Journey } from '@app/journeys';
import { localDateOf } from '@app/kernel';
import { applied, assessed, done, type Hub, hubOf, makeTeam, type Team } from '../../support/assessed-family';
import { aPdf } from '../../support/made-files';
import { wordsOf } from '../../support/page-text';
import { named, receiveFamily } from '../../support/received-family';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

let app: TestApp;
let hub: Hub;
let team: Team;
let worker: TestBrowser;

beforeAll(async () => {
  app = await createTestApp();
  hub = hubOf(app);
  team = await makeTeam(app.database);
  worker = await app.signIn(team.worker);
});
afterAll(() => app.close());

const file = (journey: Journey, part = ''): string => `/staff/families/${journey.reference}/assessment${part}`;
const applicants = (journey: Journey): Promise<readonly Applicant[]> => app.database.transactions.run(team.worker, (tx) => applicantsOf(tx, journey.householdId));
async function mailOf(kind: string, to: string): Promise<string> {
  const { rows } = await app.database.owner.query<{ body: string }>('SELECT body FROM emails WHERE kind = $1 AND to_address = $2 ORDER BY created_at DESC, id DESC LIMIT 1', [kind, to]);
  return rows[0]?.body ?? '';
}

async function invited(journey: Journey, place = 0): Promise<{ readonly address: string; readonly email: string }> {
  const applicant = (await applicants(journey))[place];
  const sent = await worker.post(file(journey, '/applicant-link'), { applicant: applicant?.id ?? '' });
  expect(sent.status).toBe(303);
  const email = applicant?.email ?? '';
  return { email, address: new URL(/https?:\S+/.exec(await mailOf('applicant_link', email))?.[0] ?? '').pathname };
}

async function opened(address: string, email: string): Promise<TestBrowser> {
  const visitor = app.visitor();
  await visitor.get(address);
  expect((await visitor.post(`${address}/code`)).headers.location).toBe(`${address}/code`);
  const code = /code is (\d{4} \d{4})/.exec(await mailOf('applicant_code', email))?.[1] ?? '';
  await visitor.get(`${address}/code`);
  expect((await visitor.post(`${address}/open`, { code })).headers.location).toBe(address);
  return visitor;
}

describe('an applicant’s own page', () => {
  it('opens with the link and a code, and shows own progress, the shared report and a comment box', async () => {
    const journey = await applied(hub, team, 'Open');
    await assessed(hub, team, journey);
    const { address, email } = await invited(journey);
    const ann = await opened(address, email);
    const answer = await ann.get(address);
    const words = wordsOf(answer.text);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(words).toContain('Your assessment, Ann');
    expect(words).toContain('Enhanced DBS check We have it');
    expect(words).toContain('What the report says about family');
    for (const kept of ['What the report says about references', 'Evidence for', 'Referee', 'referee', 'A note about check', '001234567890', 'Nothing<', 'Ben', 'Lee', 'Satisfactory']) expect({ kept, shown: answer.text.includes(kept) }).toEqual({ kept, shown: false });
    await ann.post(`${address}/comments`, { comment: '' });
    expect((await ann.post(`${address}/comments`, { comment: 'We moved in 2011, not 2010.' })).status).toBe(303);
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('Ann Open');
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('We moved in 2011, not 2010.');
    expect(await mailOf('applicant_comment', team.worker.email)).toContain(journey.reference);
    const other = await invited(journey, 1);
    const ben = await opened(other.address, other.email);
    expect((await ben.get(other.address)).text).not.toContain('We moved in 2011');
    await ann.post(`${address}/leave`);
    expect(wordsOf((await ann.get(address)).text)).toContain('Send me a code');
  });

  it('names no document, letter or check of the other applicant, and opens no page of the staff', async () => {
    const journey = await applied(hub, team, 'Apart');
    await assessed(hub, team, journey);
    const [, ben] = await applicants(journey);
    await worker.upload(`/staff/families/${journey.reference}/documents`, { title: 'What Ben told the doctor', part: 'assessment', about: `applicant:${ben?.id ?? ''}` }, { name: 'doctor.pdf', content: aPdf() });
    expect((await worker.get(`/staff/families/${journey.reference}/documents`)).text).toContain('What Ben told the doctor');
    const { address, email } = await invited(journey);
    const ann = await opened(address, email);
    const { text } = await ann.get(address);
    // Her own check and her partner's have one name: it stands there once.
    expect(text.split('Enhanced DBS check').length - 1).toBe(1);
    for (const kept of ['doctor', 'Ben', '/staff/']) expect({ kept, shown: text.includes(kept) }).toEqual({ kept, shown: false });
    const { rows } = await app.database.owner.query<{ id: string }>('SELECT id FROM checks WHERE journey_id = $1 LIMIT 1', [journey.id]);
    for (const path of [file(journey), file(journey, `/checks/${rows[0]?.id ?? ''}`), file(journey, '/report/family'), `/staff/families/${journey.reference}`, `/staff/families/${journey.reference}/documents`, `/staff/families/${journey.reference}/letters`]) {
      const { status, headers } = await ann.get(path);
      expect({ path, status, leadsTo: headers['location']?.split('?')[0] }).toEqual({ path, status: 303, leadsTo: '/staff/sign-in' });
    }
  });

  it('shows no report before it is shared, and takes no comment then', async () => {
    const journey = await applied(hub, team, 'Unshared');
    done(await hub.get(CarryStage2).start(team.worker, { journeyId: journey.id, on: localDateOf(app.clock.now()), assessorId: team.worker.staffId }));
    for (const { code } of REPORT_SECTIONS) done(await hub.get(CarryStage2).saveSection(team.worker, { journeyId: journey.id, code, body: `Draft of ${code}`, evidence: '', ready: false, sectionVersion: 1 }));
    const [check] = await app.database.transactions.run(team.worker, async (tx) => (await checksOf(tx, journey.id)).filter(({ type }) => type === 'personal_referee'));
    done(await hub.get(RecordCheck).request(team.worker, { journeyId: journey.id, checkId: check?.id ?? '', on: localDateOf(app.clock.now()), thirdParty: 'Rita Referee' }));
    const { address, email } = await invited(journey);
    const ann = await opened(address, email);
    const { text } = await ann.get(address);
    expect(text).not.toContain('Draft of');
    expect(text).not.toContain('Rita');
    expect((await ann.post(`${address}/comments`, { comment: 'x' })).status).toBe(404);
  });

  it('takes no wrong code, no old one, none twice, and none after five wrong tries', async () => {
    const journey = await applied(hub, team, 'Guessed');
    const { address, email } = await invited(journey);
    const thief = app.visitor();
    await thief.get(address);
    await thief.post(`${address}/code`);
    const code = /code is (\d{4} \d{4})/.exec(await mailOf('applicant_code', email))?.[1] ?? '';
    const wrong = code.startsWith('0') ? '11111111' : '00000000';
    for (let tries = 0; tries < 5; tries += 1) expect(wordsOf((await thief.post(`${address}/open`, { code: wrong })).text)).toContain('This is not the code');
    expect(wordsOf((await thief.post(`${address}/open`, { code })).text)).toContain('This code does not work any more');
    await thief.post(`${address}/code`);
    expect(wordsOf((await thief.post(`${address}/open`, { code })).text)).toContain('does not work any more');
    app.clock.advance(3 * 60_000);
    const late = app.visitor();
    await late.get(address);
    await late.post(`${address}/code`);
    const next = /code is (\d{4} \d{4})/.exec(await mailOf('applicant_code', email))?.[1] ?? '';
    app.clock.advance(16 * 60_000);
    expect(wordsOf((await late.post(`${address}/open`, { code: next })).text)).toContain('does not work any more');
  });

  it('closes after an hour, when a newer link is sent, and for any other link', async () => {
    worker = await app.signIn(team.worker);
    const journey = await applied(hub, team, 'Closing');
    const { address, email } = await invited(journey);
    const ann = await opened(address, email);
    expect(wordsOf((await ann.get(address)).text)).toContain('Your assessment, Ann');
    expect(wordsOf((await app.visitor().get(address)).text)).toContain('Send me a code');
    app.clock.advance(61 * 60_000);
    expect(wordsOf((await ann.get(address)).text)).toContain('Send me a code');
    const kept = await ann.post(`${address}/comments`, { comment: 'Long thoughts' });
    expect(kept.status).toBe(422);
    expect(kept.text).toContain('Long thoughts</textarea>');
    worker = await app.signIn(team.worker);
    await invited(journey);
    expect((await ann.get(address)).status).toBe(404);
    expect((await ann.get('/your-assessment/nothing')).status).toBe(404);
  });

  it('is not sent to a mailbox that both applicants share, or to nobody’s', async () => {
    const family = await receiveFamily(app.database, app.clock.now(), { applicants: [...named('Cat', 'Shared', { email: 'us@example.org' }), ...named('Dan', 'Shared', { email: 'US@example.org', phone: null })] });
    await app.database.owner.query('UPDATE journeys SET social_worker_id = $2 WHERE id = $1', [family.journeyId, team.worker.staffId]);
    for (const milestone of ['initial_application', 'home_visit', 'application']) await worker.post(`/staff/families/${family.reference}/move`, { milestone, on: localDateOf(app.clock.now()) });
    await worker.get(`/staff/families/${family.reference}/assessment`);
    const { rows } = await app.database.owner.query<{ id: string }>('SELECT id FROM applicants WHERE household_id = $1 LIMIT 1', [family.householdId]);
    const refused = await worker.post(`/staff/families/${family.reference}/assessment/applicant-link`, { applicant: rows[0]?.id ?? '' });
    expect(refused.status).toBe(422);
    expect(wordsOf(refused.text)).toContain('There is no email address that is only');
  });
});
