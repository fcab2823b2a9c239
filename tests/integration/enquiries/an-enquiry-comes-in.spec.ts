import type { StaffActor } from '@app/access';
import { EnquiryDrafts, heldContacts, possibleDuplicates, ReceiveEnquiry, ScreenContact, TellOfHeld } from '@app/enquiries';
import { journeyByReference } from '@app/journeys';
import { anEnquiry, createHubWorld, type HubWorld, knowPostcode } from '../../support/hub-world';
import { makeStaffActor } from '../../support/staff';

let hub: HubWorld;
let officer: StaffActor;
const friday = '2026-04-03T18:00:00+01:00'; // Good Friday

beforeAll(async () => {
  hub = await createHubWorld(friday);
  officer = await makeStaffActor(hub.database, 'recruitment_officer');
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.clock.set(new Date(friday));
});

const receive = (more = {}) => hub.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry(more));
const journeyOf = (reference: string) => hub.database.transactions.read(officer, (tx) => journeyByReference(tx, reference));

describe('an enquiry', () => {
  it('is due at closing time on the working day after the hub opens again', async () => {
    const { dueAt } = await receive();
    expect(dueAt).toEqual(new Date('2026-04-08T17:00:00+01:00')); // opens Tuesday 7 April after Easter Monday
  });

  it('is taken in after the last published bank holiday, with the usual ones counted', async () => {
    hub.clock.set(new Date('2029-03-29T10:00:00+01:00')); // the Thursday before Easter
    const { reference, dueAt } = await receive();
    expect(dueAt).toEqual(new Date('2029-04-03T17:00:00+01:00'));
    expect(await journeyOf(reference)).toMatchObject({ status: 'open' });
  });

  it('goes to the council of its postcode, and keeps how it got there', async () => {
    const postcode = await knowPostcode(hub.database, 'NG9 9ZZ', 'E07000172');
    const { reference } = await receive({ postcode, askedForAuthority: null });
    const journey = await journeyOf(reference);
    expect(journey?.authority).toBe('nottinghamshire');
    const { rows } = await hub.database.owner.query(`SELECT authority, detail FROM journey_events WHERE journey_id = $1 AND kind = 'routed'`, [journey?.id]);
    expect(rows).toEqual([{ authority: 'nottinghamshire', detail: { how: 'postcode', byPostcode: 'nottinghamshire', districtCode: 'E07000172' } }]);
  });

  it('may ask for a neighbouring council', async () => {
    const postcode = await knowPostcode(hub.database, 'NG9 9ZY', 'E07000172');
    const { reference } = await receive({ postcode, askedForAuthority: 'nottingham' });
    expect((await journeyOf(reference))?.authority).toBe('nottingham');
  });

  it.each([
    ['unknown', 'DE1 9ZZ', null, null],
    ['terminated', 'DE1 9ZY', 'E06000015', '2020-01-01'],
    ['outside', 'S1 9ZZ', 'E08000019', null],
  ])('waits for an officer to route it when its postcode is %s', async (why, text, district, terminatedOn) => {
    const postcode = district ? await knowPostcode(hub.database, text, district, terminatedOn) : text;
    const { reference } = await receive({ postcode, askedForAuthority: null });
    const journey = await journeyOf(reference);
    expect(journey?.authority).toBe('unrouted');
    const { rows } = await hub.database.owner.query(`SELECT detail ->> 'how' AS how FROM journey_events WHERE journey_id = $1 AND kind = 'routed'`, [journey?.id]);
    expect(rows).toEqual([{ how: why }]);
  });

  it('is acknowledged by mail, with its reference and the time by which somebody rings', async () => {
    const { reference } = await receive({ applicants: [{ firstName: 'Ama', lastName: 'Example', email: 'ama@example.org', phone: null, preferredContact: 'email', bestTime: null }] });
    const { rows } = await hub.database.owner.query<{ subject: string; body: string; state: string }>(`SELECT subject, body, state FROM emails WHERE to_address = 'ama@example.org'`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: 'queued', subject: `Thank you for asking about fostering (${reference})` });
    expect(rows[0]?.body).toContain('by Wednesday 8 April 2026 at 5pm');
  });

  it('leaves nothing behind when the mail cannot be queued', async () => {
    await hub.database.owner.query(`ALTER TABLE emails ADD CONSTRAINT broken CHECK (to_address <> 'broken@example.org')`);
    const before = (await hub.database.owner.query('SELECT count(*)::int AS n FROM journeys')).rows[0];
    await expect(receive({ applicants: [{ firstName: 'No', lastName: 'Luck', email: 'broken@example.org', phone: null, preferredContact: null, bestTime: null }] })).rejects.toThrow('broken');
    expect((await hub.database.owner.query('SELECT count(*)::int AS n FROM journeys')).rows[0]).toEqual(before);
    expect((await hub.database.owner.query(`SELECT count(*)::int AS n FROM applicants WHERE last_name = 'Luck'`)).rows[0]).toEqual({ n: 0 });
  });
});

describe('a suspected enquiry', () => {
  it('is kept aside, told like any other, and released with its own time', async () => {
    const { reference, dueAt } = await receive({ suspicions: ['honeypot'], applicants: [{ firstName: 'Kept', lastName: 'Aside', email: 'kept@example.org', phone: null, preferredContact: null, bestTime: null }] });
    expect(await journeyOf(reference)).toBeNull();
    const [held] = (await hub.database.transactions.read(officer, (tx) => heldContacts(tx))).filter((contact) => contact.reference === reference);
    expect(held).toMatchObject({ suspicions: ['honeypot'], dueAt });

    hub.clock.set(new Date('2026-04-20T10:00:00+01:00'));
    const other = await makeStaffActor(hub.database, 'recruitment_officer', 'nottingham');
    expect(await hub.get(ScreenContact).release(other, held!.id)).toEqual({ ok: false, refusal: 'not_found' });
    expect(await hub.get(ScreenContact).release(officer, held!.id)).toEqual({ ok: true, value: reference });
    expect(await hub.get(ScreenContact).release(officer, held!.id)).toEqual({ ok: false, refusal: 'decided_already' });
    expect(await journeyOf(reference)).toMatchObject({ enquiryOn: '2026-04-03', enquiryReceivedAt: new Date(friday) });
    const { rows } = await hub.database.owner.query(`SELECT state FROM emails WHERE to_address = 'kept@example.org'`);
    expect(rows).toHaveLength(1);
    const told = await hub.database.owner.query<{ title: string; recorded_by: string }>('SELECT t.title, t.recorded_by FROM timeline_entries t JOIN journeys j ON j.id = t.journey_id WHERE j.reference = $1 ORDER BY t.happened_at', [reference]);
    expect(told.rows).toEqual([
      { title: 'Enquiry', recorded_by: 'public' },
      { title: 'Let in: it had been kept aside as suspected spam', recorded_by: `staff:${officer.staffId}` },
    ]);
  });

  it('is told of in time, once a day, to those who may let it in', async () => {
    const { reference } = await receive({ suspicions: ['honeypot'] });
    await makeStaffActor(hub.database, 'recruitment_officer', 'derby');
    const told = async (at: string): Promise<number> => {
      hub.clock.set(new Date(at));
      await hub.get(TellOfHeld).run();
      return (await hub.database.owner.query(`SELECT FROM emails WHERE kind = 'held_enquiries'`)).rowCount ?? 0;
    };
    expect(await told('2026-04-08T12:59:00+01:00')).toBe(0);
    expect([await told('2026-04-08T13:00:00+01:00'), await told('2026-04-08T14:00:00+01:00'), await told('2026-04-09T09:00:00+01:00')]).toEqual([1, 1, 2]);
    const [first] = (await hub.database.owner.query<{ staff_id: string; body: string }>(`SELECT staff_id, body FROM emails WHERE kind = 'held_enquiries' ORDER BY created_at`)).rows;
    expect(first?.staff_id).toBe(officer.staffId);
    expect(first?.body).toContain('due on Wednesday 8 April 2026 at 5pm');
    const [held] = (await hub.database.transactions.read(officer, (tx) => heldContacts(tx))).filter((contact) => contact.reference === reference);
    await hub.get(ScreenContact).refuse(officer, held?.id ?? '');
    expect(await told('2026-04-10T09:00:00+01:00')).toBe(2);
  });

  it('is refused without a journey, and its words are not kept', async () => {
    const { reference } = await receive({ suspicions: ['honeypot'] });
    const [held] = (await hub.database.transactions.read(officer, (tx) => heldContacts(tx))).filter((contact) => contact.reference === reference);
    expect(await hub.get(ScreenContact).refuse(officer, held!.id)).toEqual({ ok: true, value: reference });
    expect((await hub.database.owner.query('SELECT screening, answers, journey_id FROM contacts WHERE id = $1', [held!.id])).rows).toEqual([{ screening: 'refused', answers: {}, journey_id: null }]);
  });
});

describe('a draft', () => {
  it('gives one enquiry, however many presses arrive at once', async () => {
    const drafts = hub.get(EnquiryDrafts);
    const secret = await drafts.start();
    expect(await drafts.save(secret, { first: 'Ro' })).toBe(true);
    expect(await drafts.save(secret, { last: 'Example' })).toBe(true);
    expect((await drafts.read(secret))?.answers).toEqual({ first: 'Ro', last: 'Example' });
    const enquiry = anEnquiry();
    const sent = await Promise.all([1, 2, 3, 4].map(() => drafts.submit(secret, enquiry)));
    const references = new Set(sent.map((result) => (result.ok ? result.value.reference : 'refused')));
    expect(references.size).toBe(1);
    expect((await hub.database.owner.query('SELECT count(*)::int AS n FROM contacts WHERE reference = $1', [[...references][0]])).rows[0]).toEqual({ n: 1 });
    expect(await drafts.read(secret)).toMatchObject({ answers: {}, confirmation: { reference: [...references][0] } });
    expect(await drafts.save(secret, { first: 'again' })).toBe(false);
  });

  it('is seen by nobody without its secret, and is gone when its time has passed', async () => {
    const drafts = hub.get(EnquiryDrafts);
    const secret = await drafts.start();
    expect(await drafts.read('another')).toBeNull();
    for (const actor of [{ kind: 'public' } as const, officer]) {
      expect(await hub.database.transactions.read(actor, (tx) => tx.query('SELECT * FROM enquiry_drafts'))).toEqual([]);
    }
    hub.clock.set(new Date('2026-04-07T18:00:00+01:00'));
    expect(await drafts.read(secret)).toBeNull();
    expect(await drafts.submit(secret, anEnquiry())).toEqual({ ok: false, refusal: 'draft_is_gone' });
    expect(await drafts.deleteExpired()).toBeGreaterThanOrEqual(1);
  });
});

describe('a household that is known already', () => {
  it('is recognised by telephone, mail, or name and postcode, and shown to those who may see it', async () => {
    const postcode = await knowPostcode(hub.database, 'DE1 9ZX', 'E06000015');
    await receive({ postcode, askedForAuthority: null, applicants: [{ firstName: 'Katarzyna', lastName: 'Kowalska', email: 'kasia@example.org', phone: '+441154960321', preferredContact: null, bestTime: null }] });
    const ask = (actor: StaffActor, question: Partial<Parameters<typeof possibleDuplicates>[1]>) => hub.database.transactions.read(actor, (tx) => possibleDuplicates(tx, { names: [], emails: [], phones: [], postcode: null, ...question }));

    expect((await ask(officer, { phones: ['+441154960321'] })).known).toMatchObject([{ name: 'Katarzyna Kowalska', alike: ['phone'] }]);
    expect((await ask(officer, { emails: ['KASIA@example.org'] })).known).toMatchObject([{ alike: ['email'] }]);
    expect((await ask(officer, { names: ['Katarzyna Kowalski'], postcode })).known).toMatchObject([{ alike: ['postcode', 'name'] }]);
    expect(await ask(officer, { names: ['Somebody Else'], postcode })).toEqual({ known: [], knownElsewhere: false });

    const elsewhere = await makeStaffActor(hub.database, 'recruitment_officer', 'nottingham');
    expect(await ask(elsewhere, { phones: ['+441154960321'] })).toEqual({ known: [], knownElsewhere: true });
  });

  it('adds a contact to its open journey when an officer says that it is the same', async () => {
    const { reference } = await receive();
    const journey = await journeyOf(reference);
    const again = await hub.get(ReceiveEnquiry).run(officer, anEnquiry({ channel: 'phone', sameHouseholdAs: journey?.householdId ?? '' }));
    expect(again.reference).toBe(reference);
    expect((await hub.database.owner.query('SELECT count(*)::int AS n FROM contacts WHERE journey_id = $1', [journey?.id])).rows[0]).toEqual({ n: 2 });
  });
});

describe('an officer of one council', () => {
  it('can log an enquiry for another, but not read it', async () => {
    const derby = await makeStaffActor(hub.database, 'recruitment_officer', 'derby');
    const { reference } = await hub.get(ReceiveEnquiry).run(derby, anEnquiry({ channel: 'phone', askedForAuthority: 'nottingham', answeredAt: new Date(friday), receivedAt: new Date(friday) }));
    expect(await hub.database.transactions.read(derby, (tx) => journeyByReference(tx, reference))).toBeNull();
    expect(await journeyOf(reference)).toMatchObject({ authority: 'nottingham', firstResponseAt: new Date(friday) });
  });
});

describe('whoever may only add', () => {
  it('adds to no family that was there before', async () => {
    const { reference } = await receive();
    const journey = await journeyOf(reference);
    const derby = await makeStaffActor(hub.database, 'recruitment_officer', 'nottingham');
    for (const actor of [{ kind: 'public' } as const, derby]) {
      const tries = [
        `INSERT INTO applicants (id, household_id, position, first_name) VALUES (uuidv7(), '${journey!.householdId}', 2, 'Intruder')`,
        `INSERT INTO household_members (id, household_id, kind, name) VALUES (uuidv7(), '${journey!.householdId}', 'adult', 'Intruder')`,
        `INSERT INTO timeline_entries (id, journey_id, kind, happened_at, recorded_at, recorded_by, title) VALUES (uuidv7(), '${journey!.id}', 'note', now(), now(), 'x', 'Intruder')`,
        `INSERT INTO journey_events (journey_id, kind, happened_on, recorded_at, recorded_by) VALUES ('${journey!.id}', 'kinship_marked', '2026-04-03', now(), 'x')`,
      ];
      for (const sql of tries) await expect(hub.database.transactions.run(actor, (tx) => tx.query(sql))).rejects.toThrow('row-level security');
    }
  });
});
