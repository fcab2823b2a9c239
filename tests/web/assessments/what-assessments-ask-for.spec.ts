import { addDays, localDateOf } from '@app/kernel';
import { applied, type Hub, hubOf, makeTeam, type Team } from '../../support/assessed-family';
import { wordsOf } from '../../support/page-text';
import { createTestApp, type TestApp } from '../../support/test-app';

const ADDRESS = '/staff/administration/assessments';
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

describe('what assessments ask for', () => {
  it('changes from a date on: a council without panels, a check that begins, one that ends', async () => {
    const administrator = await app.signedInAs('administrator');
    const journey = await applied(hub, team, 'Following');
    const tomorrow = addDays(today(), 1);
    expect((await administrator.post(`${ADDRESS}/rules`, { rule: 'panel_needed', authority: 'derby', amount: '0', holdsFrom: tomorrow, source: 'Cabinet decision' })).status).toBe(303);
    expect((await administrator.post(`${ADDRESS}/checks`, { name: 'First aid certificate', about: 'applicant', condition: 'always', times: '1', chase: '10', valid: '36', type_from: tomorrow, type_source: 'Practice' })).status).toBe(303);
    expect((await administrator.post(`${ADDRESS}/checks/end`, { end_code: 'finance', end_from: tomorrow })).status).toBe(303);
    const listed = wordsOf((await administrator.get(ADDRESS)).text);
    expect(listed).toContain('A panel considers each case (1 yes, 0 no) 0 Derby');
    expect(listed).toContain('First aid certificate Each applicant Always 1 10 36');

    const file = `/staff/families/${journey.reference}/assessment`;
    let worker = await app.signIn(team.worker);
    const before = wordsOf((await worker.get(file)).text);
    expect(before).toContain('Finances To ask for');
    expect(before).not.toContain('First aid certificate');
    app.clock.advance(86_400_000);
    worker = await app.signIn(team.worker);
    const after = wordsOf((await worker.get(file)).text);
    expect(after).toContain('Finances No longer needed');
    expect(after).toContain('First aid certificate To ask for');
    expect(after).toContain('This council needs no panel');
  });

  it('refuses the past, a second one from the same day, and what is not filled in', async () => {
    const administrator = await app.signedInAs('administrator');
    const rule = { rule: 'personal_referees', authority: 'hub', amount: '2', holdsFrom: today(), source: 'Practice' };
    expect((await administrator.post(`${ADDRESS}/rules`, rule)).status).toBe(303);
    expect(wordsOf((await administrator.post(`${ADDRESS}/rules`, rule)).text)).toContain('There is one from that date or a later one already');
    expect(wordsOf((await administrator.post(`${ADDRESS}/rules`, { ...rule, holdsFrom: addDays(today(), -1) })).text)).toContain('Choose today or a later date');
    expect(wordsOf((await administrator.post(`${ADDRESS}/rules`, { ...rule, rule: 'panel_needed', amount: '2', holdsFrom: addDays(today(), 5) })).text)).toContain('Enter 1 for yes or 0 for no');
    const empty = await administrator.post(`${ADDRESS}/checks`, {});
    expect(empty.status).toBe(422);
    expect(wordsOf(empty.text)).toContain('Enter the name of the check');
    expect((await (await app.signIn(team.manager)).get(ADDRESS)).status).toBe(404);
  });
});
