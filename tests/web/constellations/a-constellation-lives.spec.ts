import { makeCarer } from '../../support/registered-carer';
import { createTestApp, type TestApp } from '../../support/test-app';

describe('a constellation', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it('is started, filled, lived in and reported on by its liaison worker', async () => {
    const [hub, family, other] = [await makeCarer(app.database, 'derby'), await makeCarer(app.database, 'derby'), await makeCarer(app.database, 'derby')];
    const liaison = await app.signedInAs('liaison_worker', 'derby');
    expect((await liaison.get('/staff/constellations')).text).toContain('No constellation yet');
    const wrong = await liaison.post('/staff/constellations/start', { authority: 'derby', name: 'Willow', area: 'Allestree', started_on: '' });
    expect([wrong.status, wrong.text.includes('Enter the first day')]).toEqual([422, true]);
    const started = await liaison.post('/staff/constellations/start', { authority: 'derby', name: 'Willow', area: 'Allestree', started_on: '2026-01-01', liaison: liaison.staff.staffId, hub_home: hub.id });
    expect(started.status).toBe(303);
    const home = String(started.headers.location);
    expect((await liaison.get(home)).text).toContain('the model asks for 6 at least');
    const again = await liaison.post(`${home}/join`, { family: hub.id, role: 'satellite', on: '2026-02-01' });
    expect([again.status, again.text.includes('belongs to a constellation on some of these days already')]).toEqual([422, true]);
    for (const { id } of [family, other]) expect((await liaison.post(`${home}/join`, { family: id, role: 'satellite', on: '2026-02-01' })).status).toBe(303);
    for (const step of ['activity', 'stay', 'contact', 'request', 'settle', 'cancel-stay', 'expense', 'join', 'leave', 'part', 'correct', 'take-back', 'edit', 'end']) expect([step, (await liaison.get(`${home}/${step}`)).status]).toEqual([step, 200]);

    expect((await liaison.post(`${home}/stay`, { family: family.id, kind: 'sleepover', planned: 'planned', child: 'Tom', on: '2026-11-20', nights: '2' })).text).toContain('never a name');
    expect((await liaison.post(`${home}/stay`, { family: family.id, kind: 'sleepover', planned: 'planned', child: 'CH-7', on: '2026-11-20', nights: '2' })).status).toBe(303);
    expect((await liaison.post(`${home}/contact`, { family: family.id, way: 'phone', by: 'hub_home', on: '2026-10-05' })).status).toBe(303);
    expect((await liaison.post(`${home}/request`, { family: family.id, about: 'advice', on: '2026-10-06', words: 'How to talk with the school' })).status).toBe(303);
    const [request] = (await app.database.owner.query<{ id: string }>('SELECT id FROM constellation_requests')).rows;
    expect((await liaison.post(`${home}/settle`, { about: request?.id ?? '', met: 'met', on: '2026-10-07', how: 'Talked it through' })).status).toBe(303);
    expect((await liaison.post(`${home}/expense`, { what: 'food', amount: '24.50', on: '2026-10-08' })).status).toBe(303);
    expect((await liaison.post(`${home}/activity`, { kind: 'social', title: 'Autumn walk', on: '2026-10-10', at: '10:00', minutes: '180', place: 'Markeaton Park' })).status).toBe(303);
    const [walk] = (await app.database.owner.query<{ id: string }>(`SELECT id FROM constellation_activities WHERE title = 'Autumn walk'`)).rows;
    expect((await liaison.post(`${home}/activities/${walk?.id ?? ''}`, { what: 'attend', came: [hub.id, family.id] })).status).toBe(303);
    const shown = await liaison.get(home);
    for (const words of ['Autumn walk', '2 families came', 'CH-7', '£24.50', 'Talked it through', 'October 2026', '<svg']) expect(shown.text).toContain(words);

    const report = `${home}/reports/2026-10`;
    const draft = await liaison.get(report);
    for (const words of ['2 of 3 (67%)', '1: 1 met', '£24.50', 'One-to-one contacts']) expect(draft.text).toContain(words);
    expect((await liaison.post(`${report}/words`, { went_well: 'The walk', was_hard: '', next_month: '' })).status).toBe(303);
    expect((await liaison.post(`${home}/reports/2026-11/sign`)).text).toContain('The month is not over');
    expect((await liaison.post(`${report}/hub-home`, { name: 'Robin Carer', on: '2026-11-02' })).status).toBe(303);
    expect((await liaison.post(`${report}/sign`)).status).toBe(303);
    expect((await liaison.post(`${report}/words`, { went_well: 'Other words', was_hard: '', next_month: '' })).text).toContain('Both have signed this report');
    const retained = await liaison.get(`${home}/achievements`);
    expect(retained.text).toContain('Members were not chosen at random');
    expect(retained.text).toContain('0 of 3 households');
  });

  it('invites by mail with a calendar file, and takes the answer by a link', async () => {
    const hub = await makeCarer(app.database, 'nottingham');
    const liaison = await app.signedInAs('liaison_worker', 'nottingham');
    const started = await liaison.post('/staff/constellations/start', { authority: 'nottingham', name: 'Sherwood', area: 'Sherwood', started_on: '2026-01-01', hub_home: hub.id });
    const home = String(started.headers.location);
    await liaison.post(`${home}/activity`, { kind: 'monthly_meeting', title: 'December meeting', on: '2026-12-02', at: '18:30', minutes: '90', place: 'The hub home' });
    const [meeting] = (await app.database.owner.query<{ id: string }>(`SELECT id FROM constellation_activities WHERE title = 'December meeting'`)).rows;
    const address = `${home}/activities/${meeting?.id ?? ''}`;
    for (const _ of [1, 2]) expect((await liaison.post(address, { what: 'invite' })).status).toBe(303);
    const mails = (await app.database.owner.query<{ body: string; attachment: { name: string; type: string; content: string } }>(`SELECT body, attachment FROM emails WHERE kind = 'constellation_invitation'`)).rows;
    expect(mails).toHaveLength(1);
    expect(mails[0]?.attachment).toMatchObject({ name: 'appointment.ics', type: expect.stringContaining('text/calendar') as string });
    expect(mails[0]?.attachment.content).toContain('DTSTART:20261202T183000Z');
    const link = /\/reply\/[A-Za-z0-9_-]+/.exec(mails[0]?.body ?? '')?.[0] ?? '';
    const visitor = app.visitor();
    expect((await visitor.get(link)).text).toContain('December meeting');
    expect((await visitor.post(link, { reply: 'perhaps' })).status).toBe(422);
    expect((await visitor.post(link, { reply: 'yes', note: 'We bring cake' })).status).toBe(303);
    expect((await liaison.get(address)).text).toContain('Yes, we will come: We bring cake');
    expect((await visitor.get(`/reply/${'x'.repeat(32)}`)).status).toBe(404);
    expect((await liaison.post(address, { what: 'cancel' })).status).toBe(303);
    expect((await visitor.get(link)).text).toContain('It was cancelled');
    expect((await visitor.post(link, { reply: 'no' })).text).toContain('too late to answer');
  });

  it('shows a liaison worker the carers in it, and neither their assessment nor a neighbour', async () => {
    const [inside, outside] = [await makeCarer(app.database, 'derbyshire'), await makeCarer(app.database, 'derbyshire')];
    const liaison = await app.signedInAs('liaison_worker', 'derbyshire');
    const started = await liaison.post('/staff/constellations/start', { authority: 'derbyshire', name: 'Peak', area: 'Buxton', started_on: '2026-01-01', hub_home: inside.id });
    const home = String(started.headers.location);
    expect((await liaison.get(`/staff/carers/${inside.reference}`)).status).toBe(200);
    expect((await liaison.get(`/staff/carers/${inside.reference}`)).text).not.toContain('Children placed');
    expect((await liaison.get(`/staff/carers/${outside.reference}`)).status).toBe(404);
    expect((await liaison.get('/staff/carers')).status).toBe(404);
    for (const path of ['/staff/search', '/staff/caseload', '/staff/worklist']) expect((await liaison.get(path)).status).toBe(404);
    const neighbour = await app.signedInAs('liaison_worker', 'derby');
    for (const path of ['', '/join', '/achievements', '/reports/2026-10']) expect((await neighbour.get(`${home}${path}`)).status).toBe(404);
    const worker = await app.signedInAs('social_worker', 'derbyshire');
    expect([(await worker.get(home)).status, (await worker.get(`${home}/join`)).status]).toEqual([200, 404]);
    const officer = await app.signedInAs('recruitment_officer');
    expect((await officer.get(home)).status).toBe(404);
  });

  it('may be as large as the administrator sets from a date on', async () => {
    const administrator = await app.signedInAs('administrator');
    const address = '/staff/administration/constellations';
    expect((await administrator.get('/staff/administration')).text).toContain(`href="${address}"`);
    expect((await administrator.get(address)).text).toContain('Satellite families at most');
    const limit = { rule: 'most_satellites', authority: 'derby', amount: '8', holdsFrom: '2027-01-01', source: 'The board, November 2026' };
    const wrong = await administrator.post(address, { ...limit, amount: 'eight', source: '' });
    expect([wrong.status, wrong.text.includes('Enter how many'), wrong.text.includes('Say who decided this')]).toEqual([422, true, true]);
    expect((await administrator.post(address, limit)).status).toBe(303);
    expect((await administrator.get(address)).text).toMatch(/The board, November 2026/);
    expect((await administrator.post(address, limit)).text).toContain('This limit is set from that date already');
    expect((await administrator.post(address, { ...limit, amount: '1', holdsFrom: '2027-02-01' })).text).toContain('A constellation has more satellite families then');
    expect((await (await app.signedInAs('liaison_worker', 'derby')).get(address)).status).toBe(404);
  });
});
