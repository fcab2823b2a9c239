import { makeCarer } from '../../support/registered-carer';
import { receiveFamily, named } from '../../support/received-family';
import { createTestApp, TEST_MORNING, type TestApp } from '../../support/test-app';

describe('the register of approved carers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it('takes an approved family, and shows it from then on', async () => {
    const family = await receiveFamily(app.database, new Date('2026-03-02T10:00:00Z'), { applicants: named('Ann', 'Approved') });
    await app.database.owner.query(`UPDATE journeys SET initial_application_on = '2026-03-05', home_visit_on = '2026-03-06', application_on = '2026-03-20', stage = 'approved', status = 'approved', approved_on = '2026-09-08', next_step = NULL, next_due_at = NULL, waiting_for = NULL WHERE id = $1`, [family.journeyId]);
    const worker = await app.signedInAs('social_worker', 'derby');
    expect((await worker.get(`/staff/families/${family.reference}`)).text).toContain(`/staff/carers/register/${family.reference}`);
    const list = await worker.get('/staff/carers');
    expect(list.status).toBe(200);
    expect(list.text).toContain('Approved, not yet on the register');
    const address = `/staff/carers/register/${family.reference}`;
    expect((await worker.get(address)).status).toBe(200);
    const fields = { agreement_on: '2026-09-10', supervisor: worker.staff.staffId, beds: '2', children: '4', age_from: '0', age_to: '10', care: ['short_term', 'emergency'], above: 'none' };
    const refused = await worker.post(address, fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('above the usual fostering limit');
    const done = await worker.post(address, { ...fields, children: '2' });
    expect([done.status, done.headers.location]).toEqual([303, `/staff/carers/${family.reference}`]);
    const shown = await worker.get(`/staff/carers/${family.reference}`);
    expect(shown.text).toContain('2 children, 0 to 10 years, short-term and emergency');
    expect(shown.text).toContain('2 vacancies');
    expect((await worker.get(address)).status).toBe(303);
  });

  it('shows every form, takes what fits and says what does not', async () => {
    const { reference } = await makeCarer(app.database, 'derby');
    const worker = await app.signedInAs('social_worker', 'derby');
    for (const step of ['terms', 'training', 'place', 'edit', 'hold', 'leave', 'review']) expect([step, (await worker.get(`/staff/carers/${reference}/${step}`)).status]).toEqual([step, 200]);
    expect((await worker.get(`/staff/carers/${reference}/resume`)).status).toBe(404);
    expect((await worker.post(`/staff/carers/${reference}/place`, { child: 'Sally Smith', on: '2026-11-01' })).text).toContain('letters and digits, never a name');
    expect((await worker.post(`/staff/carers/${reference}/place`, { child: 'ch-20481', on: '2026-11-01' })).status).toBe(303);
    expect((await worker.post(`/staff/carers/${reference}/training`, { step: 'first_aid', on: '2024-05-01' })).status).toBe(303);
    expect((await worker.post(`/staff/carers/${reference}/hold`, { on: '2026-12-01', reason: 'A move' })).text).toContain('is in the future');
    expect((await worker.post(`/staff/carers/${reference}/hold`, { on: '2026-11-01', reason: 'A move', version: '1' })).text).toContain('changed this household meanwhile');
    expect((await worker.post(`/staff/carers/${reference}/hold`, { on: '2026-11-01', until: '2027-01-01', reason: 'A move' })).status).toBe(303);
    expect((await worker.get('/staff/carers?standing=on_hold')).text).toContain(reference);
    expect((await worker.post(`/staff/carers/${reference}/leave`, { on: '2026-11-18', reason: 'resignation:retired' })).text).toContain('Children are placed there after that day');
    expect((await worker.get(`/staff/carers/${reference}`)).text).toContain('CH-20481');
  });

  it('puts a leaving right that was recorded wrongly', async () => {
    const { id, reference } = await makeCarer(app.database, 'derby');
    const worker = await app.signedInAs('social_worker', 'derby');
    const shown = async (): Promise<string> => (await worker.get(`/staff/carers/${reference}`)).text;
    expect((await worker.get(`/staff/carers/${reference}/take-back-leaving`)).status).toBe(404);
    expect((await worker.post(`/staff/carers/${reference}/leave`, { on: '2026-11-10', reason: 'resignation:health' })).status).toBe(303);
    expect((await worker.post(`/staff/carers/${reference}/exit-interview`, { on: '2026-11-12', feedback: 'Tired' })).status).toBe(303);
    expect((await worker.post(`/staff/carers/${reference}/correct-leaving`, { on: '2024-02-01', reason: 'resignation:health' })).text).toContain('This lies before the approval');
    expect((await worker.post(`/staff/carers/${reference}/correct-leaving`, { on: '2026-11-02', reason: 'termination:standards_of_care' })).status).toBe(303);
    for (const words of ['Left 2 Nov 2026', 'The service ended the approval: standards of care', 'recorded before as 10 Nov 2026', 'Tired']) expect(await shown()).toContain(words);
    expect((await worker.post(`/staff/carers/${reference}/take-back-leaving`, { reason: '' })).text).toContain('Write why it was recorded');
    expect((await worker.post(`/staff/carers/${reference}/take-back-leaving`, { reason: 'Another family was meant' })).status).toBe(303);
    expect(await shown()).toContain('Leaving on 2 Nov 2026 taken back: Another family was meant. The exit interview had said: Tired');
    expect(await shown()).toContain('2 vacancies');
    const { rows } = await app.database.owner.query('SELECT number, due_on::text FROM carer_reviews WHERE carer_id = $1 AND stopped_on IS NULL', [id]);
    expect(rows).toEqual([{ number: 1, due_on: '2025-03-01' }]);
  });

  it('says in every form that no child is named', async () => {
    const { reference } = await makeCarer(app.database, 'derby');
    const worker = await app.signedInAs('social_worker', 'derby');
    for (const step of ['terms', 'hold', 'review']) expect([step, (await worker.get(`/staff/carers/${reference}/${step}`)).text.includes('No names of children')]).toEqual([step, true]);
  });

  it('lists a page at a time, by standing, kind of care, age and name', async () => {
    for (let index = 0; index < 27; index += 1) await makeCarer(app.database, 'derbyshire', { name: `Household ${String(index).padStart(2, '0')}` });
    const worker = await app.signedInAs('social_worker', 'derbyshire');
    const listed = (html: string): readonly string[] => [...html.matchAll(/>(Household \d\d)</g)].map(([, name]) => name ?? '');
    const first = (await worker.get('/staff/carers')).text;
    expect([listed(first).length, listed(first)[0]]).toEqual([25, 'Household 00']);
    expect(first).toContain('1 to 25 of 27 households');
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await worker.get(next)).text;
    expect(listed(second)).toEqual(['Household 25', 'Household 26']);
    expect(second).toContain('rel="prev"');
    expect(second).not.toContain('rel="next"');
    expect(listed((await worker.get('/staff/carers?page=9')).text)).toEqual(listed(second));
    expect(listed((await worker.get('/staff/carers?care=long_term&age=12')).text)).toHaveLength(25);
    expect((await worker.get('/staff/carers?care=emergency')).text).toContain('No household is like that');
    expect((await worker.get('/staff/carers?age=13')).text).toContain('No household is like that');
    expect(listed((await worker.get('/staff/carers?text=hold 26&age=x&care=x&page=x')).text)).toEqual(['Household 26']);
  });

  it('is closed to strangers', async () => {
    const { reference } = await makeCarer(app.database, 'nottingham');
    const worker = await app.signedInAs('social_worker', 'derby');
    expect((await worker.get(`/staff/carers/${reference}`)).status).toBe(404);
    expect((await worker.post(`/staff/carers/${reference}/edit`, { beds: '1' })).status).toBe(404);
    for (const [role, authority] of [['liaison_worker', 'nottingham'], ['analyst', null], ['recruitment_officer', null], ['administrator', null]] as const) {
      const browser = await app.signedInAs(role, authority);
      expect([role, (await browser.get('/staff/carers')).status, (await browser.get(`/staff/carers/${reference}`)).status]).toEqual([role, 404, 404]);
    }
    expect(TEST_MORNING.getTime()).toBe(app.clock.now().getTime());
  });
});

describe('need and offer', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
    for (let index = 0; index < 3; index += 1) await makeCarer(app.database, 'derby');
  });
  afterAll(() => app.close());

  it('stand beside each other, and newer numbers are kept beside older ones', async () => {
    const analyst = await app.signedInAs('analyst');
    const shown = await analyst.get('/staff/carers/need');
    expect(shown.status).toBe(200);
    for (const words of ['Nottingham has the most children in care for each fostering household', '550', '6 places', 'Published for 2025']) expect(shown.text).toContain(words);
    const coming = await receiveFamily(app.database, new Date('2026-03-02T10:00:00Z'), { applicants: named('Ann', 'Later', { email: 'ann.later@example.org' }) });
    await app.database.owner.query(`UPDATE journeys SET authority = 'derby', initial_application_on = '2026-03-10', home_visit_on = '2026-03-20', application_on = '2026-04-01', stage = 'assessment' WHERE id = $1`, [coming.journeyId]);
    await app.database.owner.query(`UPDATE households SET authority = 'derby', spare_rooms = 2, interests = '{long_term,teenagers}' WHERE id = (SELECT household_id FROM journeys WHERE id = $1)`, [coming.journeyId]);
    const withComing = (await analyst.get('/staff/carers/need')).text;
    expect(withComing).toContain('6+2 places');
    expect(withComing).toMatch(/Long-term<\/\w+>\s*<td[^>]*>0<\/td>\s*<td[^>]*>6<\/td>\s*<td[^>]*>6\+2<\/td>\s*<td[^>]*>0\+2<\/td>\s*<td[^>]*>0<\/td>/);
    const fields = { authority: 'derby', on: '2026-04-01', children: '560', households: '141', source: 'The yearly return' };
    expect((await analyst.post('/staff/carers/need', fields)).status).toBe(303);
    expect((await analyst.get('/staff/carers/need')).text).toMatch(/560 children.*1 Apr 2026 \(counts now\)/s);
    app.clock.advance(60_000);
    expect((await analyst.post('/staff/carers/need', { ...fields, children: '650', source: 'The yearly return, read again' })).status).toBe(303);
    expect((await analyst.post('/staff/carers/need', { ...fields, on: '2027-04-01', children: '700' })).status).toBe(303);
    const corrected = (await analyst.get('/staff/carers/need')).text;
    expect(corrected).toMatch(/650 children.*1 Apr 2027 \(to come\).*1 Apr 2026 \(counts now\).*read again.*1 Apr 2026 \(corrected since\)/s);
    const worker = await app.signedInAs('social_worker', 'derby');
    expect((await worker.get('/staff/carers/need')).status).toBe(404);
  });
});
