import { receiveFamily, named, type ReceivedFamily } from '../../support/received-family';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';
import { wordsOf } from '../../support/page-text';

let app: TestApp;
let officer: TestBrowser & { readonly staff: { readonly staffId: string; readonly name: string } };
let worker: typeof officer;

beforeAll(async () => {
  app = await createTestApp();
  officer = await app.signedInAs('recruitment_officer');
  worker = await app.signedInAs('social_worker', 'derby');
});
afterAll(() => app.close());

const receive = (lastName: string): Promise<ReceivedFamily> => receiveFamily(app.database, app.clock.now(), { applicants: named('Ama', lastName) });
const page = (reference: string): string => `/staff/families/${reference}`;
const journey = async (reference: string): Promise<Record<string, unknown>> => (await app.database.owner.query('SELECT * FROM journeys WHERE reference = $1', [reference])).rows[0] as Record<string, unknown>;

describe('a family’s page', () => {
  it('says who they are, where they stand, what they need next and by when', async () => {
    const family = await receive('Ashworth');
    const answer = await officer.get(page(family.reference));
    expect(answer.status).toBe(200);
    const words = wordsOf(answer.text);
    expect(words).toContain('Ama Ashworth');
    expect(words).toContain(`${family.reference}, Derby`);
    expect(words).toContain('Ring back due tomorrow');
    expect(words).toContain('1 working day from the enquiry; rule of');
    expect(words).toContain('Enquiry today 10am, by the family');
    expect(words).toContain('We have a room since our eldest moved out.');
  });

  it('writes every reading into the trail', async () => {
    const family = await receive('Trail');
    await officer.get(page(family.reference));
    const { rows } = await app.database.owner.query(`SELECT staff_id, action FROM audit_entries WHERE subject_id = $1 AND action = 'journey.read'`, [family.journeyId]);
    expect(rows).toEqual([{ staff_id: officer.staff.staffId, action: 'journey.read' }]);
  });

  it.each(['', '/contact', '/move', '/people', '/assign'])('is a 404 to another council’s social worker: %s', async (part) => {
    const family = await receive('Elsewhere');
    const other = await app.signedInAs('social_worker', 'nottingham');
    expect((await other.get(page(family.reference) + part)).status).toBe(404);
    expect((await other.post(`${page(family.reference)}/note`, { note: 'I was here' })).status).toBe(404);
    const { rows } = await app.database.owner.query(`SELECT 1 FROM timeline_entries WHERE journey_id = $1 AND body = 'I was here'`, [family.journeyId]);
    expect(rows).toHaveLength(0);
  });

  it('shows those who only read no buttons, and refuses their forms', async () => {
    const family = await receive('Readonly');
    const reader = await app.signedInAs('agency_decision_maker', 'derby');
    const answer = await reader.get(page(family.reference));
    expect(answer.status).toBe(200);
    expect(wordsOf(answer.text)).not.toContain('Move on');
    expect((await reader.post(`${page(family.reference)}/note`, { note: 'x' })).status).toBe(404);
  });
});

describe('logging', () => {
  it('a conversation stops the first-response clock, and leads back to the family', async () => {
    const family = await receive('Spoken');
    const answer = await officer.post(`${page(family.reference)}/contact`, { what: 'spoke', note: 'They would like to come to an evening.', again: '2026-11-20' });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(page(family.reference));
    const words = wordsOf((await officer.get(page(family.reference))).text);
    expect(words).toContain('The conversation is logged.');
    expect(words).toContain('First response, in time');
    expect(words).toContain('Be in touch again on Friday 20 November 2026.');
    expect(words).toContain('done in time after 0 minutes');
  });

  it('an attempt does not', async () => {
    const family = await receive('Attempted');
    await officer.post(`${page(family.reference)}/contact`, { what: 'no_answer' });
    expect(await journey(family.reference)).toMatchObject({ first_response_at: null, attempts: 1, next_step: 'ring_back' });
  });

  it('leads back to where it was opened from, and never to another site', async () => {
    const family = await receive('Back');
    const back = '/staff/worklist?stage=enquiry';
    expect((await officer.post(`${page(family.reference)}/contact`, { what: 'no_answer', back })).headers.location).toBe(back);
    expect((await officer.post(`${page(family.reference)}/contact`, { what: 'no_answer', back: 'https://elsewhere.example/staff/' })).headers.location).toBe(page(family.reference));
  });

  it('keeps what was typed when something is wrong', async () => {
    const family = await receive('Kept');
    const answer = await officer.post(`${page(family.reference)}/contact`, { note: 'A long note that must not be lost', on: '2026-11-18', at: '25:00', back: '/staff/worklist' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('<title>Error: Log a call or message');
    expect(wordsOf(answer.text)).toContain('There is a problem Choose what happened');
    expect(answer.text).toContain('A long note that must not be lost');
    expect(answer.text).toContain('name="back" value="/staff/worklist"');
    const ahead = await officer.post(`${page(family.reference)}/contact`, { what: 'spoke', on: '2026-11-19', at: '09:00' });
    expect(wordsOf(ahead.text)).toContain('That time is in the future. Enter when it happened.');
  });
});

describe('moving on', () => {
  it('goes from the enquiry to approval, one milestone after the other', async () => {
    const family = await receive('Approved');
    const manager = await app.signedInAs('team_manager', 'derby');
    await officer.post(`${page(family.reference)}/contact`, { what: 'spoke' });
    await manager.post(`${page(family.reference)}/assign`, { officer: 'nobody', social_worker: worker.staff.staffId, note: '' });
    for (const milestone of ['initial_application', 'home_visit', 'application', 'stage_2', 'stage_1', 'panel', 'approved']) {
      if (milestone === 'stage_1') expect(wordsOf((await worker.post(`${page(family.reference)}/move`, { milestone, on: '2026-11-18', note: ' ' })).text)).toContain('Say where and by whom this was decided');
      const moved = await worker.post(`${page(family.reference)}/move`, { milestone, on: '2026-11-18', note: 'Decided on paper, by Anne Decider, before the hub' });
      expect([milestone, moved.status]).toEqual([milestone, 303]);
    }
    expect(await journey(family.reference)).toMatchObject({ status: 'approved', stage: 'approved', next_step: null });
    expect(wordsOf((await worker.get(page(family.reference))).text)).toContain('Approval 18 Nov 2026');
  });

  it('says in words why it cannot, beside what was typed', async () => {
    const family = await receive('Refused');
    const answer = await worker.post(`${page(family.reference)}/move`, { milestone: 'application', on: '17/11/2026', note: 'typed with care' });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.text)).toContain('The application needs the initial home visit first');
    expect(wordsOf(answer.text)).toContain('This date is before the enquiry on Wednesday 18 November 2026');
    expect(answer.text).toContain('typed with care');
    expect(answer.text).toContain('value="17/11/2026"');
  });

  it('is refused when somebody else changed the family meanwhile, and shows both', async () => {
    const family = await receive('Meanwhile');
    const before = { version: '1', shownAt: app.clock.now().toISOString() };
    await officer.post(`${page(family.reference)}/people`, { ...before, first_name_1: 'Ama', last_name_1: 'Meanwhile', phone_1: '0115 496 0111' });
    const answer = await worker.post(`${page(family.reference)}/people`, { ...before, first_name_1: 'Amma', last_name_1: 'Meanwhile', phone_1: '0115 496 0122' });
    expect(answer.status).toBe(422);
    const words = wordsOf(answer.text);
    expect(words).toContain('Somebody else changed this family meanwhile.');
    expect(words).toContain('Changed: applicants');
    expect(words).toContain('First applicant’s telephone 0115 496 0111 0115 496 0122');
    expect(answer.text).toContain('value="0115 496 0122"');
    const version = /name="version" value="(\d+)"/.exec(answer.text)?.[1] ?? '';
    expect((await worker.post(`${page(family.reference)}/people`, { version, first_name_1: 'Amma', last_name_1: 'Meanwhile', phone_1: '0115 496 0122' })).status).toBe(303);
  });
});

describe('the course of a journey', () => {
  it('rests until a date and comes back', async () => {
    const family = await receive('Rested');
    expect(wordsOf((await officer.post(`${page(family.reference)}/hold`, { until: '2026-11-18', reason: 'Moving house' })).text)).toContain('is not in the future');
    expect((await officer.post(`${page(family.reference)}/hold`, { until: '2026-12-01', reason: 'Moving house' })).status).toBe(303);
    expect(wordsOf((await officer.get(page(family.reference))).text)).toContain('On hold until 1 Dec 2026');
    expect((await officer.post(`${page(family.reference)}/resume`)).status).toBe(303);
    expect(await journey(family.reference)).toMatchObject({ status: 'open', hold_until: null });
  });

  it('closes with who and why, and reopens with a reason', async () => {
    const family = await receive('Closed');
    expect(wordsOf((await officer.post(`${page(family.reference)}/close`, { why: 'no_contact:changed_mind', on: '2026-11-18' })).text)).toContain('Choose who ended it and why');
    expect(wordsOf((await officer.post(`${page(family.reference)}/close`, { why: 'service:not_approved', on: '2026-11-18' })).text)).toContain('is a decision about an application, and there is none yet');
    expect((await officer.post(`${page(family.reference)}/close`, { why: 'applicant:changed_mind', on: '2026-11-18', note: '' })).status).toBe(303);
    expect(wordsOf((await officer.get(`${page(family.reference)}/move`)).text)).toContain('A journey that is closed cannot be moved on. Reopen it first.');
    expect((await officer.post(`${page(family.reference)}/reopen`, { reason: 'They rang again' })).status).toBe(303);
    const words = wordsOf((await officer.get(page(family.reference))).text);
    expect(words).toContain('The applicant: changed their mind.');
    expect(words).toContain('Why it was reopened');
  });

  it('is corrected by a manager, with the wrong date kept', async () => {
    const family = await receive('Corrected');
    const manager = await app.signedInAs('team_manager', 'derby');
    await officer.post(`${page(family.reference)}/move`, { milestone: 'initial_application', on: '2026-11-18' });
    expect((await officer.get(`${page(family.reference)}/correct`)).status).toBe(404);
    expect((await manager.post(`${page(family.reference)}/correct`, { what: 'initial_application', never: 'yes', on: '', at: '', reason: 'It was another family' })).status).toBe(303);
    expect(await journey(family.reference)).toMatchObject({ initial_application_on: null, stage: 'enquiry' });
    expect(wordsOf((await manager.get(page(family.reference))).text)).toContain('This was corrected later.');
  });

  it('is routed by hand by the hub alone, and leaves the council’s sight', async () => {
    const family = await receive('Routed');
    expect((await worker.get(`${page(family.reference)}/route`)).status).toBe(404);
    const answer = await officer.post(`${page(family.reference)}/route`, { authority: 'nottingham', reason: 'They moved', back: '/staff/worklist' });
    expect(answer.status).toBe(303);
    expect((await worker.get(page(family.reference))).status).toBe(404);
  });
});

describe('people, marks and confidence', () => {
  it('changes the home and who lives there', async () => {
    const family = await receive('Homely');
    await officer.post(`${page(family.reference)}/home`, { address_1: '1 Example Street', town: 'Exampleton', postcode: 'de13ae', spare_rooms: '2', tenure: 'owned', interests: ['siblings', 'teenagers'], languages: 'English, Twi, english' });
    await officer.post(`${page(family.reference)}/members`, { name: 'Kofi Homely', kind: 'child', relationship: 'son', born_on: '2015-02-01' });
    let words = wordsOf((await officer.get(page(family.reference))).text);
    expect(words).toContain('1 Example Street, Exampleton, DE1 3AE');
    expect(words).toContain('English, Twi');
    expect(words).not.toContain('english');
    expect(words).toContain('Kofi Homely , child, son, born 1 Feb 2015');
    const { rows } = await app.database.owner.query<{ id: string }>('SELECT id FROM household_members WHERE household_id = $1', [family.householdId]);
    await officer.post(`${page(family.reference)}/members/leave`, { member: rows[0]?.id ?? '' });
    words = wordsOf((await officer.get(page(family.reference))).text);
    expect(words).toContain('moved out 18 Nov 2026');
    expect(wordsOf((await officer.post(`${page(family.reference)}/home`, { spare_rooms: 'lots', postcode: 'nowhere' })).text)).toContain('Enter a full postcode, such as DE1 3AE Enter a whole number from 0 to 20');
  });

  it('adds and takes off the second applicant', async () => {
    const family = await receive('Couple');
    await officer.post(`${page(family.reference)}/people`, { first_name_1: 'Ama', last_name_1: 'Couple', first_name_2: 'Yaw', last_name_2: 'Couple', email_1: 'us@example.org', email_2: 'us@example.org' });
    expect(wordsOf((await officer.get(page(family.reference))).text)).toContain('Ama and Yaw Couple');
    await officer.post(`${page(family.reference)}/people`, { first_name_1: 'Ama', last_name_1: 'Couple', email_1: 'us@example.org', first_name_2: 'Yaw', last_name_2: 'Couple', alone: 'yes' });
    expect(wordsOf((await officer.get(page(family.reference))).text)).not.toContain('Yaw');
  });

  it('keeps a family within reach, unless it came without telephone and email', async () => {
    const family = await receive('Reachable');
    const lost = await officer.post(`${page(family.reference)}/people`, { first_name_1: 'Ama', last_name_1: 'Reachable' });
    expect(lost.status).toBe(422);
    expect(wordsOf(lost.text)).toContain('Leave a telephone number or an email address');
    expect((await app.database.owner.query('SELECT phone FROM applicants WHERE household_id = $1', [family.householdId])).rows).toEqual([{ phone: '+441154960199' }]);

    await app.database.owner.query('UPDATE applicants SET phone = NULL WHERE household_id = $1', [family.householdId]);
    expect((await officer.post(`${page(family.reference)}/people`, { first_name_1: 'Amma', last_name_1: 'Reachable' })).status).toBe(303);
  });

  it('says who routed a family, and that one waits for it', async () => {
    const family = await receiveFamily(app.database, app.clock.now(), { applicants: named('Ama', 'Nowhere'), askedForAuthority: null });
    const words = wordsOf((await officer.get(page(family.reference))).text);
    expect(words).toContain('Waits to be routed today 10am, by the system There was no postcode');
  });

  it('shows a confidential note to the family’s own people and managers, and to others nothing at all', async () => {
    const family = await receive('Confided');
    await officer.post(`${page(family.reference)}/note`, { note: 'Told in confidence', confidential: 'yes' });
    const colleague = await app.signedInAs('recruitment_officer');
    const manager = await app.signedInAs('hub_manager');
    expect(wordsOf((await officer.get(page(family.reference))).text)).toContain('Told in confidence');
    expect(wordsOf((await manager.get(page(family.reference))).text)).toContain('Note Confidential');
    const seen = wordsOf((await colleague.get(page(family.reference))).text);
    expect(seen).not.toContain('Told in confidence');
    expect(seen.toLowerCase()).not.toContain('confidential');
  });

  it('marks a safeguarding concern, and what it is stays confidential', async () => {
    const family = await receive('Marked');
    await officer.post(`${page(family.reference)}/safeguarding`, { note: 'What was said' });
    const seen = wordsOf((await worker.get(page(family.reference))).text);
    expect(seen).toContain('Safeguarding concern');
    expect(seen).not.toContain('What was said');
  });

  it('keeps two that look alike as two families', async () => {
    const [first, second] = [await receive('Alike'), await receive('Alike-Too')];
    expect((await officer.post(`${page(second.reference)}/merge`, { reference: first.reference, same: 'no' })).status).toBe(303);
    for (const [one, other] of [[first, second], [second, first]] as const) {
      expect(wordsOf((await officer.get(page(one.reference))).text)).toContain(`Another family than ${other.reference}`);
      expect(await journey(one.reference)).toMatchObject({ status: 'open' });
    }
  });

  it('merges two journeys only after both were shown', async () => {
    const first = await receive('Merged');
    const second = await receive('Merged-Again');
    app.clock.advance(60_000);
    expect((await officer.get(`${page(second.reference)}/merge`)).text).toContain(`value="${first.reference}"`);
    expect((await officer.get(`${page(second.reference)}/merge`)).text).not.toContain(`value="${second.reference}"`);
    expect(wordsOf((await officer.post(`${page(second.reference)}/merge`, { alike: first.reference })).text)).toContain('The same household?');
    expect(wordsOf((await officer.post(`${page(second.reference)}/merge`)).text)).toContain('Enter the reference of the other journey');
    const unsaid = await officer.post(`${page(second.reference)}/merge`, { reference: first.reference, asked: 'yes' });
    expect([unsaid.status, wordsOf(unsaid.text).includes('Say whether this is one family')]).toEqual([422, true]);
    const shown = await officer.post(`${page(second.reference)}/merge`, { reference: first.reference.toLowerCase() });
    expect(shown.status).toBe(200);
    expect(wordsOf(shown.text)).toContain('Ama Merged-Again Ama Merged');
    expect(await journey(second.reference)).toMatchObject({ status: 'open' });
    expect((await officer.post(`${page(second.reference)}/merge`, { reference: first.reference, same: 'yes' })).status).toBe(303);
    const statuses = [(await journey(first.reference)).status, (await journey(second.reference)).status].sort();
    expect(statuses).toEqual(['closed', 'open']);
    const kept = (await journey(first.reference)).status === 'open' ? first : second;
    expect(wordsOf((await officer.get(page(kept.reference))).text)).toMatch(/The other enquiry gave: Ama Merged(-Again)? 0115 496 0199/);
    expect(wordsOf((await officer.post(`${page(first.reference)}/merge`, { reference: 'FEM-0000-0000' })).text)).toContain('There is no such journey');
  });
});
