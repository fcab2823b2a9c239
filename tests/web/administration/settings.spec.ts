import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

const ROOT = '/staff/administration';

describe('settings that hold from a date', () => {
  let app: TestApp;
  let administrator: TestBrowser;
  beforeAll(async () => {
    app = await createTestApp();
    administrator = await app.signedInAs('administrator');
  });
  afterAll(() => app.close());

  const errorsOf = (html: string): string[] => [...html.matchAll(/<a href="#([\w-]+)">([^<]+)<\/a>/g)].map(([, field, words]) => `${field ?? ''}: ${words ?? ''}`);

  describe('how a council is reached', () => {
    const details = { name: 'Nottingham City Council', team: 'Fostering', phone: '0115 496 0123', email: 'fostering@example.org', website: 'https://nottingham.example.org', address: '1 Example Street, Nottingham' };

    it('begins with what holds, and takes a change from a date on', async () => {
      expect((await administrator.get(`${ROOT}/authorities`)).text).toContain('Nottinghamshire County Council');
      expect((await administrator.get(`${ROOT}/authorities/nottingham`)).text).toContain('value="Nottingham City Council"');
      const answer = await administrator.post(`${ROOT}/authorities/nottingham`, { ...details, holdsFrom: '2026-12-01' });
      expect(answer.status).toBe(303);
      const page = (await administrator.get(`${ROOT}/authorities/nottingham`)).text;
      expect(page).toContain('It holds from Tuesday 1 December 2026');
      expect(page).toMatch(/To come[\s\S]*Holds now/);
      expect((await administrator.get(`${ROOT}/authorities`)).text).not.toContain('0115 496 0123');
    });

    it('shows families the telephone of the host from its date on', async () => {
      await administrator.post(`${ROOT}/authorities/derby`, { ...details, name: 'Derby City Council', phone: '01332 960 123', holdsFrom: '2026-11-18' });
      app.clock.advance(10_000);
      expect((await app.visitor().get('/')).text).toContain('tel:+441332960123');
    });

    it('says beside each field what is wrong, and never changes what held', async () => {
      const answer = await administrator.post(`${ROOT}/authorities/nottingham`, { holdsFrom: '31/02/2027', name: ' ', team: '', phone: '12', email: 'x', website: 'javascript:alert(1)', address: '' });
      expect(answer.status).toBe(422);
      expect(errorsOf(answer.text)).toEqual([
        'holdsFrom: Enter a real date, such as 24/11/2026',
        'name: Enter the full name of the council',
        'team: Enter the name of the team',
        'phone: Enter a telephone number, such as 0115 496 0123',
        'email: Enter an email address, such as name@example.org',
        'website: Enter the address of the website, such as https://www.example.org',
        'address: Enter the postal address',
      ]);
      const past = await administrator.post(`${ROOT}/authorities/nottingham`, { ...details, holdsFrom: '2026-11-17' });
      expect(errorsOf(past.text)[0]).toContain('holdsFrom: Choose today or a later date');
      expect((await administrator.get(`${ROOT}/authorities/unrouted`)).status).toBe(404);
    });
  });

  describe('time limits', () => {
    const limit = { rule: 'home_visit', authority: 'hub', amount: '5', unit: 'working_days', holdsFrom: '2027-01-01', source: 'Hub board, 10 November 2026' };

    it('are added beside those that held', async () => {
      expect((await administrator.post(`${ROOT}/time-limits`, limit)).status).toBe(303);
      const page = (await administrator.get(`${ROOT}/time-limits`)).text;
      expect(page).toContain('Initial home visit: 5 working days from Friday 1 January 2027');
      expect(page).toMatch(/Initial home visit[\s\S]*5 working days[\s\S]*To come[\s\S]*10 working days[\s\S]*Holds now/);
      expect((await administrator.post(`${ROOT}/time-limits`, limit)).text).toContain('There is one from that date already');
      expect((await administrator.post(`${ROOT}/time-limits`, { ...limit, authority: 'derby' })).status).toBe(303);
    });

    it('say which amounts can be', async () => {
      for (const amount of ['1000000', '-3', '']) expect(errorsOf((await administrator.post(`${ROOT}/time-limits`, { ...limit, amount })).text)).toEqual(['amount: Enter a whole number from 1 to 1,000']);
    });

    it.each([
      [{ ...limit, rule: 'nonsense' }, 'rule'],
      [{ ...limit, amount: '0' }, 'amount'],
      [{ ...limit, amount: '-3' }, 'amount'],
      [{ ...limit, amount: 'ten' }, 'amount'],
      [{ ...limit, unit: 'fortnights' }, 'unit'],
      [{ ...limit, holdsFrom: '2026-11-01' }, 'holdsFrom'],
      [{ ...limit, source: '' }, 'source'],
      [{ ...limit, authority: 'unrouted' }, 'authority'],
    ])('are refused when they make no sense: %j', async (fields, field) => {
      const answer = await administrator.post(`${ROOT}/time-limits`, fields);
      expect(answer.status).toBe(422);
      expect(errorsOf(answer.text).map((error) => error.split(':')[0])).toEqual([field]);
      expect(answer.text).toContain(`value="${fields.amount}"`);
    });
  });

  describe('opening hours', () => {
    it('begin with the week that holds and take another from a date on', async () => {
      expect((await administrator.get(`${ROOT}/opening-hours`)).text).toContain('name="opens1" type="time" value="09:00"');
      const answer = await administrator.post(`${ROOT}/opening-hours`, { holdsFrom: '2027-01-04', opens1: '8:30', closes1: '5pm', opens6: '10:00', closes6: '13:00' });
      expect(answer.status).toBe(303);
      const stored = await app.database.owner.query(`SELECT weekday, opens_at::text, closes_at::text FROM opening_hours WHERE holds_from = '2027-01-04' ORDER BY weekday`);
      expect(stored.rows).toEqual([{ weekday: 1, opens_at: '08:30:00', closes_at: '17:00:00' }, { weekday: 6, opens_at: '10:00:00', closes_at: '13:00:00' }]);
    });

    it('say which day is wrong', async () => {
      const answer = await administrator.post(`${ROOT}/opening-hours`, { holdsFrom: '2027-02-01', opens1: '9:00', closes1: '', opens2: '17:00', closes2: '9:00', opens3: 'nine', closes3: '17:00' });
      expect(answer.status).toBe(422);
      expect(errorsOf(answer.text).map((error) => error.split(':')[0])).toEqual(['closes1', 'closes2', 'opens3']);
      const never = await administrator.post(`${ROOT}/opening-hours`, { holdsFrom: '2027-02-01' });
      expect(errorsOf(never.text)[0]).toContain('opens1: Enter at least one day');
    });
  });

  describe('closure days', () => {
    it('are added and taken back while they are still to come', async () => {
      expect((await administrator.post(`${ROOT}/closure-days`, { on: '2026-12-24', reason: 'Team day' })).status).toBe(303);
      expect((await administrator.get(`${ROOT}/closure-days`)).text).toMatch(/Thursday 24 December 2026[\s\S]*Team day[\s\S]*Open after all/);
      expect((await administrator.post(`${ROOT}/closure-days`, { on: '2026-12-24', reason: 'Again' })).status).toBe(422);
      expect((await administrator.post(`${ROOT}/closure-days/2026-12-24/remove`)).status).toBe(303);
      expect((await administrator.post(`${ROOT}/closure-days/2026-12-24/remove`)).status).toBe(422);
      expect((await administrator.post(`${ROOT}/closure-days/nonsense/remove`)).status).toBe(404);
    });

    it('need a day from today on and a reason', async () => {
      expect(errorsOf((await administrator.post(`${ROOT}/closure-days`, { on: '', reason: '' })).text)).toEqual(['on: Enter the day', 'reason: Say why the hub is closed']);
      expect(errorsOf((await administrator.post(`${ROOT}/closure-days`, { on: '2026-11-17', reason: 'x' })).text)[0]).toContain('on: Choose today or a later date');
    });
  });

  it('warn a year before the published bank holidays end', async () => {
    expect((await administrator.get(ROOT)).text).not.toContain('Bank holidays are known until');
    expect((await administrator.get(`${ROOT}/closure-days`)).text).toContain('Bank holidays are known until Sunday 31 December 2028.');
    const before = app.clock.now();
    app.clock.set(new Date('2028-01-04T10:00:00Z'));
    const later = await app.signedInAs('administrator');
    expect((await later.get(ROOT)).text).toContain('Bank holidays are known until Sunday 31 December 2028.');
    app.clock.set(new Date('2029-06-04T10:00:00Z'));
    expect((await (await app.signedInAs('administrator')).get(ROOT)).text).toContain('This year’s bank holidays are not loaded.');
    app.clock.set(before);
  });

  it('shows what the routing by postcode knows', async () => {
    await app.database.owner.query(`INSERT INTO postcodes (postcode, district_code, terminated_on) VALUES ('DE1 3AE', 'E06000015', NULL), ('DE1 3AF', 'E06000015', '2020-01-01'), ('SW1A 1AA', 'E09000033', NULL)`);
    expect((await administrator.get(`${ROOT}/postcodes`)).text).toMatch(/Derby[\s\S]*Outside the hub[\s\S]*All/);
  });

  it('leaves a line in the trail for each change, with who made it', async () => {
    const trail = await app.database.owner.query<{ action: string }>(`SELECT DISTINCT action FROM audit_entries WHERE subject_kind = 'settings' AND staff_id IS NOT NULL AND address IS NOT NULL AND request_id IS NOT NULL ORDER BY 1`);
    expect(trail.rows.map(({ action }) => action)).toEqual(['authority_details.add', 'closure_day.add', 'closure_day.remove', 'opening_hours.add', 'time_limit.add']);
  });
});
