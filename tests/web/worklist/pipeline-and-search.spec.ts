import { named, receiveFamily } from '../../support/received-family';
import { createTestApp, type TestApp } from '../../support/test-app';
import { wordsOf } from '../../support/page-text';

let app: TestApp;
let reference: string;

beforeAll(async () => {
  app = await createTestApp();
  const family = await receiveFamily(app.database, app.clock.now(), { applicants: [...named('Amara', 'Okafor', { phone: '+447700900123', email: 'amara@example.org' }), ...named('Chidi', 'Okafor', { phone: null })], postcode: 'ZX1 1AA' });
  reference = family.reference;
  await receiveFamily(app.database, app.clock.now(), { applicants: named('Nell', 'Notts'), askedForAuthority: 'nottinghamshire' });
  const officer = await app.signedInAs('recruitment_officer');
  await officer.post(`/staff/families/${reference}/move`, { milestone: 'initial_application', on: '2026-11-18' });
});
afterAll(() => app.close());

describe('the pipeline', () => {
  it('counts the open journeys by stage and council, each number a link to its list', async () => {
    const answer = await (await app.signedInAs('hub_manager')).get('/staff/pipeline');
    const words = wordsOf(answer.text);
    expect(words).toContain('2 journeys are open, 0 with something overdue.');
    expect(words).toMatch(/Initial application 1 0 days 1 0 days 0 0 0 0/);
    expect(answer.text).toContain('href="/staff/worklist?whose=everybodys&amp;stage=enquiry&amp;authority=nottinghamshire"');
  });

  it('shows analysts figures without a way to families, and a council’s staff their own', async () => {
    const analyst = await (await app.signedInAs('analyst')).get('/staff/pipeline');
    expect(analyst.status).toBe(200);
    expect(analyst.text).not.toContain('/staff/worklist?');
    const liaison = wordsOf((await (await app.signedInAs('liaison_worker', 'derby')).get('/staff/pipeline')).text);
    expect(liaison).toContain('1 journey is open');
    expect(liaison).not.toContain('Nottinghamshire');
  });
});

describe('the search', () => {
  it.each(['okafor', 'amara okafor', 'OKAFOR chidi', '07700 900 123', '+44 7700 900123', '900123', 'amara@example.org', 'zx1 1aa', 'ZX11AA'])('finds a family by %s', async (text) => {
    const answer = await (await app.signedInAs('social_worker', 'derby')).get(`/staff/search?text=${encodeURIComponent(text)}`);
    expect(wordsOf(answer.text)).toContain('Amara and Chidi Okafor');
  });

  it('goes straight to the page of a reference, however it is typed', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    expect((await officer.get(`/staff/search?text=${reference.toLowerCase().replaceAll('-', '+')}`)).headers.location).toBe(`/staff/families/${reference}`);
  });

  it('finds nobody of another council, and says so kindly', async () => {
    const worker = await app.signedInAs('social_worker', 'nottingham');
    const words = wordsOf((await worker.get('/staff/search?text=okafor')).text);
    expect(words).toContain('No family found');
    expect(words).not.toContain('Amara');
    expect(wordsOf((await worker.get(`/staff/search?text=${reference}`)).text)).toContain('No family found');
  });

  it('does not take signs for wildcards', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    for (const text of ['%', '_', '%25%', "'; --", '\\', 'a%r']) expect(wordsOf((await officer.get(`/staff/search?text=${encodeURIComponent(text)}`)).text)).toContain('No family found');
  });
});
