import { named, receiveFamily } from '../../support/received-family';
import { knowPostcode } from '../../support/hub-world';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';
import { wordsOf } from '../../support/page-text';

let app: TestApp;
let officer: TestBrowser & { readonly staff: { readonly staffId: string } };

beforeAll(async () => {
  app = await createTestApp();
  officer = await app.signedInAs('recruitment_officer');
  await knowPostcode(app.database, 'ZX1 1AA', 'E06000015');
  await knowPostcode(app.database, 'ZX2 2BB', 'E06000018');
});
afterAll(() => app.close());

const keyOf = async (browser: TestBrowser): Promise<string> => /name="key" value="([^"]+)"/.exec((await browser.get('/staff/log-enquiry')).text)?.[1] ?? '';
const call = async (browser: TestBrowser, more: Readonly<Record<string, string>>) => ({ key: await keyOf(browser), channel: 'phone', on: '2026-11-18', at: '09:50', postcode: 'zx11aa', spoken: 'yes', mine: 'yes', do: 'log', ...more });
const journeys = async (lastName: string) => (await app.database.owner.query(`SELECT j.* FROM journeys j JOIN applicants a ON a.household_id = j.household_id WHERE a.last_name = $1`, [lastName])).rows as Record<string, unknown>[];

describe('logging an enquiry', () => {
  it('takes a name and a telephone number, and counts the call as the answer', async () => {
    const answer = await officer.post('/staff/log-enquiry', await call(officer, { first_name_1: 'Ruth', last_name_1: 'Ringing', phone_1: '0115 496 0101', message: 'Saw the bus.', source: 'Bus' }));
    expect(answer.status).toBe(303);
    const [journey] = await journeys('Ringing');
    expect(journey).toMatchObject({ authority: 'derby', channel: 'phone', source: 'Bus', officer_id: officer.staff.staffId, first_response_at: new Date('2026-11-18T09:50:00Z') });
    expect(wordsOf((await officer.get(answer.headers.location as string)).text)).toContain(`Logged as ${String(journey?.reference)}.`);
  });

  it('says by when somebody rings when nobody has spoken with them', async () => {
    const answer = await officer.post('/staff/log-enquiry', await call(officer, { channel: 'event', first_name_1: 'Eve', last_name_1: 'Event', email_1: 'eve@example.org', spoken: 'no' }));
    expect(wordsOf((await officer.get(answer.headers.location as string)).text)).toContain('Somebody rings them by Thursday 19 November 2026 at 5pm.');
    expect((await journeys('Event'))[0]).toMatchObject({ first_response_at: null });
  });

  it('says what is missing beside what was typed', async () => {
    const answer = await officer.post('/staff/log-enquiry', { key: await keyOf(officer), channel: 'phone', on: '2026-11-18', at: '09:50', first_name_1: 'Only', spoken: 'no', message: 'Kept words', do: 'log' });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.text)).toContain('Enter a telephone number or an email address, so that somebody can answer');
    expect(answer.text).toContain('Kept words');
    const wrong = await officer.post('/staff/log-enquiry', await call(officer, { first_name_1: 'A', last_name_1: 'Wrong', phone_1: '12', email_1: 'nobody', postcode: 'D', on: '2026-11-19', at: '' }));
    expect(wordsOf(wrong.text)).toContain('Enter a telephone number, such as');
    expect(wordsOf(wrong.text)).toContain('Enter a full postcode');
    const ahead = await officer.post('/staff/log-enquiry', await call(officer, { first_name_1: 'A', last_name_1: 'Ahead', phone_1: '0115 496 0102', on: '2026-11-19' }));
    expect(wordsOf(ahead.text)).toContain('That time is in the future');
    expect(await journeys('Ahead')).toHaveLength(0);
  });

  it('gives one enquiry, however often the button is pressed', async () => {
    const fields = await call(officer, { first_name_1: 'Dora', last_name_1: 'Double', phone_1: '0115 496 0103' });
    const answers = await Promise.all([officer.post('/staff/log-enquiry', fields), officer.post('/staff/log-enquiry', fields)]);
    expect((await officer.post('/staff/log-enquiry', fields)).status).toBe(303);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await journeys('Double')).toHaveLength(1);
  });
});

describe('a household that is known already', () => {
  it('shows beside the form after a check, and has to be decided on', async () => {
    const known = await receiveFamily(app.database, new Date('2026-11-18T09:00:00Z'), { applicants: named('Jessica', 'Smithworth', { phone: '+441154960150', email: 'jess@example.org' }) });
    const typed = { first_name_1: 'Jesica', last_name_1: 'Smithworth', phone_1: '(0115) 496 0150' };
    const checked = await officer.post('/staff/log-enquiry', await call(officer, { ...typed, do: 'check' }));
    expect(checked.status).toBe(200);
    expect(wordsOf(checked.text)).toContain('Same household: Jessica Smithworth the same telephone and a similar name. Derby, enquiry, enquired 18 Nov 2026.');
    const undecided = await officer.post('/staff/log-enquiry', await call(officer, typed));
    expect(undecided.status).toBe(422);
    expect(wordsOf(undecided.text)).toContain('Choose the same household, or a new one');
    expect(await journeys('Smithworth')).toHaveLength(1);

    const again = await officer.post('/staff/log-enquiry', await call(officer, { ...typed, household: known.householdId }));
    expect(again.headers.location).toBe(`/staff/families/${known.reference}`);
    const words = wordsOf((await officer.get(`/staff/families/${known.reference}`)).text);
    expect(words).toContain('Enquired again');
    expect(words).toContain('First response, in time');

    await officer.post('/staff/log-enquiry', await call(officer, { ...typed, household: 'new' }));
    expect(await journeys('Smithworth')).toHaveLength(2);
  });

  it('of another council is said to be known, and nothing more', async () => {
    await receiveFamily(app.database, app.clock.now(), { applicants: named('Hidden', 'Elsewhere', { phone: '+441154960151' }), askedForAuthority: 'nottingham' });
    const manager = await app.signedInAs('team_manager', 'derby');
    const words = wordsOf((await manager.post('/staff/log-enquiry', await call(manager, { first_name_1: 'Another', last_name_1: 'Name', phone_1: '0115 496 0151', do: 'check' }))).text);
    expect(words).toContain('known to the hub');
    expect(words).not.toContain('Elsewhere');
  });

  it('cannot be chosen by its number alone when it is another council’s', async () => {
    const hidden = await receiveFamily(app.database, app.clock.now(), { applicants: named('Guessed', 'Number'), askedForAuthority: 'nottingham' });
    const manager = await app.signedInAs('team_manager', 'derby');
    const answer = await manager.post('/staff/log-enquiry', await call(manager, { first_name_1: 'Guess', last_name_1: 'Work', phone_1: '0115 496 0104', household: hidden.householdId }));
    expect(wordsOf(answer.text)).toContain('That household is no longer there to choose');
  });
});

describe('an enquiry for another council', () => {
  it('is taken in and passed on, and out of sight', async () => {
    const manager = await app.signedInAs('team_manager', 'derby');
    const fields = await call(manager, { first_name_1: 'Pat', last_name_1: 'Passedon', phone_1: '0115 496 0105', postcode: 'ZX2 2BB', spoken: 'no' });
    const answer = await manager.post('/staff/log-enquiry', fields);
    expect(answer.headers.location).toBe('/staff/log-enquiry');
    await manager.post('/staff/log-enquiry', fields);
    const found = await journeys('Passedon');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ authority: 'nottingham', officer_id: null });
    expect((await manager.get(`/staff/families/${String(found[0]?.reference)}`)).status).toBe(404);
    const { rows } = await app.database.owner.query(`SELECT staff_id FROM audit_entries WHERE action = 'enquiry.pass_on' AND subject_id = $1`, [found[0]?.reference]);
    expect(rows).toEqual([{ staff_id: manager.staff.staffId }]);
  });

  it('is not for those who do not take enquiries', async () => {
    expect((await (await app.signedInAs('social_worker', 'derby')).get('/staff/log-enquiry')).status).toBe(404);
  });
});
