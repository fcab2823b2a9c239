import { BRIEF_REPORT_SECTIONS, CarryStage2, REPORT_SECTIONS } from '@app/assessments';
import type { Journey } from '@app/journeys';
import { addDays, dateInWords, localDateOf } from '@app/kernel';
import { applied, assessed, done, type Hub, hubOf, makeTeam, recommended, type Team, withPapers } from '../../support/assessed-family';
import { wordsOf } from '../../support/page-text';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

let app: TestApp;
let hub: Hub;
let team: Team;
let browsers: { worker: TestBrowser; administrator: TestBrowser; decisionMaker: TestBrowser; member: TestBrowser };

beforeAll(async () => {
  app = await createTestApp();
  hub = hubOf(app);
  team = await makeTeam(app.database);
  await everybodySignsIn();
});
afterAll(() => app.close());

async function everybodySignsIn(): Promise<void> {
  browsers = { worker: await app.signIn(team.worker), administrator: await app.signIn(team.administrator), decisionMaker: await app.signIn(team.decisionMaker), member: await app.signIn(team.member) };
}
const file = (journey: Journey, part = ''): string => `/staff/families/${journey.reference}/assessment${part}`;
const today = () => localDateOf(app.clock.now());
const journeyRow = async ({ id }: Journey) => (await app.database.owner.query<Record<string, unknown>>('SELECT status, closed_reason, approved_on::text FROM journeys WHERE id = $1', [id])).rows[0];

describe('the report', () => {
  it('is written section by section; of two who write at once the second is shown both', async () => {
    const { worker, decisionMaker } = browsers;
    const journey = await applied(hub, team, 'Written');
    await worker.post(file(journey, '/stage-2-start'), { on: today(), assessor: team.worker.staffId });
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('The family and how it came together Not started');
    expect((await worker.post(file(journey, '/report/family'), { body: 'Mine', evidence: 'A visit', section_version: '1' })).status).toBe(303);
    const second = await worker.post(file(journey, '/report/family'), { body: 'Other words', evidence: '', section_version: '1' });
    expect(second.status).toBe(409);
    expect(wordsOf(second.text)).toContain('What somebody else saved meanwhile Mine Their evidence A visit');
    expect(second.text).toContain('Other words</textarea>');
    expect(second.text).toContain('name="section_version" value="2"');
    expect((await worker.post(file(journey, '/report/family'), { body: 'Both', evidence: '', ready: 'yes', section_version: '2' })).status).toBe(303);
    const reader = await decisionMaker.get(file(journey, '/report/family'));
    expect(wordsOf(reader.text)).toContain('Both');
    expect(reader.text).not.toContain('<textarea');
    expect((await decisionMaker.post(file(journey, '/report/family'), { body: 'x', evidence: '', section_version: '3' })).status).toBe(404);
    expect((await worker.get(file(journey, '/report/nothing'))).status).toBe(404);
  });

  it('may be a brief one when the assessment stops: shared and finished with the sections that it needs', async () => {
    const { worker } = browsers;
    const journey = await applied(hub, team, 'Stopping');
    await worker.post(file(journey, '/stage-2-start'), { on: today(), assessor: team.worker.staffId });
    for (const { code } of REPORT_SECTIONS.filter((section) => BRIEF_REPORT_SECTIONS.includes(section.code))) await worker.post(file(journey, `/report/${code}`), { body: 'Briefly', evidence: '', ready: 'yes', section_version: '1' });
    const whole = await worker.post(file(journey, '/report-share'), { sure: 'yes' });
    expect(wordsOf(whole.text)).toContain('The section “Keeping children safe” of the report is not marked as ready');
    expect((await worker.post(file(journey, '/report-share'), { sure: 'yes', brief: 'yes' })).status).toBe(303);
    expect((await worker.get(file(journey, '/stage-2-end'))).text).toMatch(/name="brief"[^>]*checked/);
    expect((await worker.post(file(journey, '/stage-2-end'), { on: today(), brief: 'yes' })).status).toBe(303);
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('Brief report finished on');
  });

  it('goes to whoever takes the family over, or to another assessor alone', async () => {
    const journey = await applied(hub, team, 'Handed');
    await browsers.worker.post(file(journey, '/stage-2-start'), { on: today(), assessor: team.worker.staffId });
    const next = await makeTeam(app.database);
    const manager = await app.signIn(team.manager);
    await manager.post(`/staff/families/${journey.reference}/assign`, { officer: 'nobody', social_worker: next.worker.staffId, note: 'Their second session is on Friday' });
    expect(wordsOf((await manager.get(file(journey))).text)).toContain(`${next.worker.name} assesses`);
    await manager.post(file(journey, '/assessor'), { assessor: team.worker.staffId, note: 'Knows the school' });
    expect(wordsOf((await manager.get(file(journey))).text)).toContain(`${team.worker.name} assesses`);
    expect(wordsOf((await manager.get(`/staff/families/${journey.reference}`)).text)).toContain('assesses from now on');
    expect((await browsers.worker.get(file(journey, '/assessor'))).status).toBe(404);
  });

  it('saves itself by a script, which is told of somebody else’s words', async () => {
    const journey = await applied(hub, team, 'Scripted');
    done(await hub.get(CarryStage2).start(team.worker, { journeyId: journey.id, on: today(), assessorId: team.worker.staffId }));
    const token = /name="_csrf" value="([0-9a-f]+)"/.exec((await browsers.worker.get(file(journey, '/report/home'))).text)?.[1] ?? '';
    const save = (body: string, version: string) => browsers.worker.postBare(file(journey, '/report/home'), { _csrf: token, body, evidence: '', section_version: version }, { accept: 'application/json' });
    expect((await save('Begun', '1')).body).toMatchObject({ version: 2 });
    const second = await save('Elsewhere', '1');
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ theirs: { body: 'Begun', version: 2 } });
    expect((await save('x'.repeat(60_001), '2')).status).toBe(422);
  });
});

describe('sessions', () => {
  it('are planned, come as a calendar file, and are recorded with who was there', async () => {
    const { worker } = browsers;
    const journey = await applied(hub, team, 'Seen');
    const missing = await worker.post(file(journey, '/session-plan'), { kind: 'session', on: '', at: '', minutes: '5', place: '' });
    expect(missing.status).toBe(422);
    expect(wordsOf(missing.text)).toContain('Enter at least 15 minutes Enter the place');
    await worker.post(file(journey, '/session-plan'), { kind: 'session', on: '2026-11-17', at: '2pm', minutes: '90', place: 'At home; upstairs', subject: 'Childhood' });
    const { rows } = await app.database.owner.query<{ id: string }>('SELECT id FROM assessment_sessions WHERE journey_id = $1', [journey.id]);
    const id = rows[0]?.id ?? '';
    const calendar = await worker.get(file(journey, `/sessions/${id}/calendar.ics`));
    expect(calendar.headers['content-type']).toContain('text/calendar');
    expect(calendar.text).toContain('DTSTART:20261117T140000Z');
    expect(calendar.text).toMatch(/SEQUENCE:\d+\r\nORGANIZER;CN=Foster for East Midlands:mailto:\S+@/);
    expect(calendar.text).toContain('LOCATION:At home\\; upstairs');
    const { rows: applicants } = await app.database.owner.query<{ id: string }>('SELECT id FROM applicants WHERE household_id = $1 ORDER BY position', [journey.householdId]);
    await worker.post(file(journey, `/session-held/${id}`), { held: 'yes', attended: applicants.map((applicant) => applicant.id), note: 'A good talk' });
    expect(wordsOf((await worker.get(file(journey))).text)).toContain('Held; there: Ann and Ben A good talk');
  });
});

describe('a panel', () => {
  it('is arranged, gets a family, shows it to its member from the papers’ day to the minutes, and leads to an approval with terms', async () => {
    const journey = await applied(hub, team, 'Approved');
    await assessed(hub, team, journey);
    const { administrator, member } = browsers;
    const arranged = await administrator.post('/staff/panels', { authority: 'derby', on: addDays(today(), 21), at: '9:30', place: 'The Council House' });
    const panel = arranged.headers.location ?? '';
    const panelId = panel.split('/').at(-1) ?? '';
    await administrator.post(`${panel}/members`, { member: team.member.staffId, capacity: 'independent' });
    await administrator.post(file(journey, '/agenda'), { panel: panelId });
    expect(wordsOf((await member.get('/staff/panels')).text)).toContain('Derby, The Council House');
    const readable = `${panel}/cases/${journey.reference}`;
    expect((await member.get(readable)).status).toBe(404);
    expect(wordsOf((await member.get(panel)).text)).not.toContain('Approved,');
    await administrator.post(file(journey, `/papers/${panelId}`));
    const shown = await member.get(readable);
    expect(wordsOf(shown.text)).toContain('Ann and Ben Approved');
    expect(wordsOf(shown.text)).toContain('What the report says about background');
    expect(shown.text).not.toContain('Evidence for');
    for (const closed of [file(journey), file(journey, '/report/family'), `/staff/families/${journey.reference}`]) expect((await member.get(closed)).status).toBe(404);

    expect((await administrator.post(`${panel}/minutes`, { minutes_on: today() })).status).toBe(422);
    app.clock.set(new Date(`${addDays(today(), 21)}T15:00:00Z`));
    await everybodySignsIn();
    expect((await browsers.administrator.post(file(journey, `/recommendation/${panelId}`), { recommendation: 'approve', reasons: 'A warm home' })).headers.location).toBe(panel);
    await browsers.administrator.post(`${panel}/attendance`, { attended: [team.member.staffId] });
    await browsers.administrator.post(`${panel}/minutes`, { minutes_on: today() });
    expect((await browsers.member.get(readable)).status).toBe(404);

    const { decisionMaker } = browsers;
    expect(wordsOf((await decisionMaker.get('/staff/decisions')).text)).toContain('Ann and Ben Approved');
    const four = { on: today(), children: '4', age_from: '0', age_to: '10', care: ['short_term', 'long_term'], reasons: 'As recommended' };
    const refused = await decisionMaker.post(file(journey, '/approve'), four);
    expect(wordsOf(refused.text)).toContain('More than 3 children are above the usual fostering limit');
    const approved = await decisionMaker.post(file(journey, '/approve'), { ...four, above: 'exemption', exemption_authority: 'Derby City Council', exemption_children: 'C-101, C-102' });
    expect(approved.status).toBe(303);
    expect(await journeyRow(journey)).toMatchObject({ status: 'approved', approved_on: today() });
    await decisionMaker.post(file(journey, '/told'), { how: 'orally', on: today() });
    const words = wordsOf((await decisionMaker.get(file(journey))).text);
    expect(words).toContain('4 children of 0 to 10 years; short-term and long-term; above the usual limit under an exemption by Derby City Council for C-101 and C-102.');
    expect(words).toContain('Tell the family');
    expect(words).toContain('Telling them orally due');
    expect((await decisionMaker.get(file(journey))).text).toContain(`href="/staff/families/${journey.reference}/letters/new/approval"`);
  });

  it('is moved on its page, which says so to its members, or why it cannot be', async () => {
    await everybodySignsIn();
    const { administrator, member } = browsers;
    const journey = await applied(hub, team, 'Postponed');
    await assessed(hub, team, journey);
    const panel = `/staff/panels/${await withPapers(hub, team, journey)}`;
    const refused = await administrator.post(`${panel}/move`, { moved_on: addDays(today(), 2), moved_time: '10:00', moved_place: 'The library' });
    expect(refused.status).toBe(422);
    expect(wordsOf(refused.text)).toContain('Choose a later day.');
    expect((await administrator.post(`${panel}/move`, { moved_on: '', moved_time: '', moved_place: '' })).status).toBe(422);
    expect((await member.post(`${panel}/move`, { moved_on: addDays(today(), 30), moved_time: '10:00', moved_place: 'The library' })).status).toBe(404);
    expect((await administrator.post(`${panel}/move`, { moved_on: addDays(today(), 30), moved_time: '10:00', moved_place: 'The library' })).headers.location).toBe(panel);
    const shown = wordsOf((await member.get(panel)).text);
    expect(shown).toContain(`Derby, The library Panel of ${dateInWords(addDays(today(), 30))}`);
    expect(shown).toContain(`Moved on ${dateInWords(today())}: it was to meet`);
    expect(shown).toContain('The Council House.');
    expect(shown).not.toContain('Move it to another day');
  });

  it('closes a case to a member with a conflict of interest, whether they declare it or the administrator does; at a later panel too', async () => {
    await everybodySignsIn();
    const { administrator, member } = browsers;
    const journey = await applied(hub, team, 'Conflicted');
    await assessed(hub, team, journey);
    const panelId = await withPapers(hub, team, journey);
    const readable = `/staff/panels/${panelId}/cases/${journey.reference}`;
    expect((await member.post(`${readable}/conflict`, { declared: ' ' })).status).toBe(422);
    const declared = await member.post(`${readable}/conflict`, { declared: 'Their neighbour' });
    expect(declared.headers.location).toBe(`/staff/panels/${panelId}`);
    const panel = await member.get(declared.headers.location ?? '');
    expect(wordsOf(panel.text)).toContain('That family’s papers are closed to you');
    expect(panel.text).not.toContain('Conflicted');
    for (const closed of [readable, `/staff/families/${journey.reference}/documents`]) expect((await member.get(closed)).status).toBe(404);
    expect((await member.post(`${readable}/conflict`, { declared: 'Again' })).status).toBe(404);
    expect(wordsOf((await administrator.get(`/staff/panels/${panelId}`)).text)).toContain('Their neighbour');

    await administrator.post(file(journey, `/withdraw/${panelId}`));
    const later = await withPapers(hub, team, journey);
    expect((await member.get(`/staff/panels/${later}/cases/${journey.reference}`)).status).toBe(404);

    const other = await applied(hub, team, 'Known');
    await assessed(hub, team, other);
    const theirs = `/staff/panels/${await withPapers(hub, team, other)}`;
    expect((await member.get(`${theirs}/cases/${other.reference}`)).status).toBe(200);
    await administrator.post(`${theirs}/conflicts`, { conflict_member: team.member.staffId, conflict_case: other.id, declared: 'A colleague' });
    expect((await member.get(`${theirs}/cases/${other.reference}`)).status).toBe(404);
  });

  it('defers: the report is taken up again, and finished anew before another panel', async () => {
    const journey = await applied(hub, team, 'Deferred');
    await assessed(hub, team, journey);
    await recommended(hub, team, journey, await withPapers(hub, team, journey), 'defer');
    await everybodySignsIn();
    const { worker, administrator } = browsers;
    expect((await worker.get(file(journey, '/report/home'))).text).not.toContain('<textarea');
    expect((await worker.get(file(journey))).text).toContain('Take the report up again');
    await worker.post(file(journey, '/stage-2-again'), { reason: 'The panel asks about the garden' });
    expect((await worker.get(file(journey, '/report/home'))).text).toContain('<textarea');
    expect((await administrator.get(file(journey))).text).not.toContain('Put on a panel’s agenda');
    await worker.post(file(journey, '/stage-2-end'), { on: today() });
    expect((await administrator.get(file(journey))).text).toContain('Put on a panel’s agenda');
  });
});

describe('a qualifying determination', () => {
  it('runs its 28 days, takes the family’s answer to the review, and is upheld', async () => {
    const journey = await applied(hub, team, 'Determined');
    await assessed(hub, team, journey);
    await recommended(hub, team, journey, await withPapers(hub, team, journey), 'not_approve');
    await everybodySignsIn();
    const { decisionMaker, administrator } = browsers;
    await decisionMaker.post(file(journey, '/determine'), { on: today(), reasons: 'As in the minutes' });
    expect(wordsOf((await decisionMaker.post(file(journey, '/uphold'), { on: today(), reasons: 'x' })).text)).toContain('The family has until');
    expect(wordsOf((await administrator.get(file(journey))).text)).toContain('Representations due');
    await administrator.post(file(journey, '/represent'), { way: 'irm', on: today() });
    expect(wordsOf((await decisionMaker.get(file(journey))).text)).toContain('The final decision waits for its answer');
    expect((await decisionMaker.get(file(journey))).text).not.toContain('Uphold the determination');
    await administrator.post(file(journey, '/review-papers'), { on: today() });
    await administrator.post(file(journey, '/review-answer'), { on: today(), words: 'We agree with the service' });
    expect(wordsOf((await decisionMaker.get('/staff/decisions')).text)).toContain('Decide finally, after representations');
    await decisionMaker.post(file(journey, '/uphold'), { on: today(), reasons: 'The review agreed' });
    expect(await journeyRow(journey)).toMatchObject({ status: 'closed', closed_reason: 'not_approved' });
    const words = wordsOf((await decisionMaker.get(file(journey))).text);
    expect(words).toContain('It recommends: We agree with the service');
    expect(words).toContain('Not approved Decided');
    const manager = await app.signIn(team.manager);
    const again = await manager.post(`/staff/families/${journey.reference}/reopen`, { reason: 'They ask again' });
    expect(again.status).toBe(422);
    expect(wordsOf(again.text)).toContain('If the family applies again, log a new enquiry');
  });

  it('that the family answers to the service comes to the panel again, and not to the review', async () => {
    const journey = await applied(hub, team, 'Answered');
    await assessed(hub, team, journey);
    await recommended(hub, team, journey, await withPapers(hub, team, journey), 'not_approve');
    await everybodySignsIn();
    const { decisionMaker, administrator } = browsers;
    await decisionMaker.post(file(journey, '/determine'), { on: today(), reasons: 'As in the minutes' });
    await administrator.post(file(journey, '/represent'), { way: 'service', on: today() });
    for (const how of ['orally', 'in_writing']) await decisionMaker.post(file(journey, '/told'), { how, on: today() });
    const page = await administrator.get(file(journey));
    expect(wordsOf(page.text)).toContain('Put on a panel’s agenda again');
    expect(page.text).not.toContain('What the review recommends');
    expect(wordsOf((await administrator.get('/staff/panels')).text)).toContain('Ann and Ben Answered');
    await withPapers(hub, team, journey);
    expect(wordsOf((await decisionMaker.get(file(journey))).text)).toContain('Wait for the panel');
    expect(wordsOf((await decisionMaker.post(file(journey, '/uphold'), { on: today(), reasons: 'x' })).text)).toContain('A panel considers this family again');
  });
});
