import { recordPasts, type Past } from '../../support/recorded-history';
import { createTestApp, type TestApp } from '../../support/test-app';

const enquiry = (authority: string, ...events: Past['events']): Past => ({
  receivedAt: '2026-05-06T10:00:00+01:00', dueAt: '2026-05-07T17:00:00+01:00', authority, recordedAt: '2026-05-06T10:00:00+01:00', events,
});

describe('the page of the report', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await createTestApp();
    await recordPasts(app.database.owner, [
      ...Array.from({ length: 6 }, () => enquiry('derby', { kind: 'first_response', at: '2026-05-06T11:00:00+01:00', dueAt: '2026-05-07T17:00:00+01:00', workingMinutes: 60 })),
      ...Array.from({ length: 2 }, () => enquiry('nottingham', { kind: 'milestone', milestone: 'approved', on: '2026-10-06' })),
      enquiry('nottingham', { kind: 'closed', on: '2026-06-01', by: 'service', reason: 'no_spare_room' }),
    ]);
  });
  afterAll(() => app.close());

  it('shows the five figures with targets, and every chart with its table', async () => {
    const analyst = await app.signedInAs('analyst');
    const answer = await analyst.get('/staff/reports');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Report of the hub');
    for (const figure of ['Enquiries', 'Approvals', 'Approvals for each enquiry', 'Answered in time', 'Approved within six months']) {
      expect(answer.text).toMatch(new RegExp(`hub-figure__label">.*${figure}`));
    }
    expect(answer.text).toContain('Target 660 in 2026–27');
    expect(answer.text).toMatch(/101\.97[\s\S]*102\.06/);
    expect(answer.text).toContain('Of 9 enquirers, 2 completed the initial application, 2 applied and 2 are approved so far');
    expect(answer.text).toContain('2 of the 9 enquirers of this period are approved so far; 6 are still on the way');
    const charts = answer.text.match(/<figure class="hub-chart"/g) ?? [];
    const tables = answer.text.match(/<figure class="hub-chart"[\s\S]*?<table[\s\S]*?<\/figure>/g) ?? [];
    expect(charts.length).toBeGreaterThanOrEqual(8);
    expect(tables).toHaveLength(charts.length);
  });

  it('has neither style attributes nor inline scripts, which the policy would not let through', async () => {
    const { text } = await (await app.signedInAs('analyst')).get('/staff/reports');
    expect(text).not.toMatch(/ style="/);
    expect(text).not.toMatch(/<script(?![^>]* src=)/);
  });

  it('asks its question in the address', async () => {
    const analyst = await app.signedInAs('analyst');
    const derby = await analyst.get('/staff/reports?from=2026-05-01&to=2026-05-31&asAt=2026-05-31&authority=derby');
    expect(derby.text).toContain('Report for Derby');
    expect(derby.text).toContain('Friday 1 May 2026 to Sunday 31 May 2026, as at the end of Sunday 31 May 2026');
    const empty = await analyst.get('/staff/reports?from=2019-04-01&to=2020-03-31');
    expect(empty.text).toContain('Nothing in this period');
  });

  it.each([
    ['from=2026-13-01&to=2026-05-31', '“2026-13-01” is not a date: choose a day that is in the calendar'],
    ['from=2026-05-31&to=2026-05-01', 'The period ends before it starts'],
    ['from=2026-05-01&to=2026-05-31&asAt=2027-01-01', 'The as-at date lies in the future'],
    ['from=2026-05-01&to=2026-05-31&knownAt=soon', '“soon” is not a moment'],
  ])('says what is wrong with %s, and keeps what was typed', async (query, words) => {
    const answer = await (await app.signedInAs('analyst')).get(`/staff/reports?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('There is a problem');
    expect(answer.text).toContain(words);
    expect(answer.text).toContain(`value="${new URLSearchParams(query).get('from') ?? ''}"`);
  });

  it('takes the rest of the financial year for the end of the period that is left out', async () => {
    const analyst = await app.signedInAs('analyst');
    expect((await analyst.get('/staff/reports?from=2025-06-01&to=')).text).toContain('Sunday 1 June 2025 to Tuesday 31 March 2026');
    expect((await analyst.get('/staff/reports?to=2026-05-31')).text).toContain('Wednesday 1 April 2026 to Sunday 31 May 2026');
  });

  it('holds a period that is over against the part of the year until its end', async () => {
    const { text } = await (await app.signedInAs('analyst')).get('/staff/reports?from=2026-04-01&to=2026-06-30');
    expect(text).toContain('25% of the year had passed by Tuesday 30 June 2026. An even pace would have brought 165 by then: there were 156 fewer.');
    expect(text).toContain('At an even pace by then');
  });

  it('says on every page of figures how much is wrong in the records, of the authority that is asked for', async () => {
    const analyst = await app.signedInAs('analyst');
    for (const path of ['/staff/reports', '/staff/reports/losses', '/staff/reports/forecast', '/staff/reports/series', '/staff/reports/authorities', '/staff/carers/need']) {
      expect([path, (await analyst.get(path)).text.match(/<a class="govuk-link" href="\/staff\/reports\/data-quality">9 things are impossible or missing in the records<\/a>/g)?.length]).toEqual([path, 1]);
    }
    for (const [path, many] of [['losses?authority=derby', 6], ['losses?authority=nottingham', 3], ['forecast?of=derby', 6]] as const) expect([path, (await analyst.get(`/staff/reports/${path}`)).text]).toEqual([path, expect.stringContaining(`>${String(many)} things are impossible or missing`)]);
    expect((await analyst.get('/staff/reports/definitions')).text).not.toContain('impossible or missing in the records</a>');
  });

  it('leaves a group with few enquirers out of the scale by which the others are compared', async () => {
    const { text } = await (await app.signedInAs('analyst')).get('/staff/reports');
    expect(text).toContain('Between the ends of a line the true share lies 95 times of 100');
    expect(text).toContain('fewer than 20 enquired there');
  });

  it('leads from the addresses of files to the form that asks what for, with the question filled in', async () => {
    const analyst = await app.signedInAs('analyst');
    for (const ending of ['csv', 'json']) {
      const answer = await analyst.get(`/staff/reports/kpi.${ending}?from=2026-04-01&to=2027-03-31&authority=derby`);
      expect([answer.status, answer.headers['location']]).toEqual([303, '/staff/reports/export?what=kpi&from=2026-04-01&to=2027-03-31&authority=derby']);
    }
  });

  it('shows a team manager their own council, and nothing of another', async () => {
    const manager = await app.signedInAs('team_manager', 'derby');
    const own = await manager.get('/staff/reports');
    expect(own.text).toContain('Report for Derby');
    expect(own.text).toContain('Of 6 enquirers');
    expect(own.text).not.toContain('Nottingham<');
    for (const authority of ['nottingham', 'unrouted', 'leicester']) {
      expect((await manager.get(`/staff/reports?authority=${authority}`)).status).toBe(404);
      expect((await manager.post('/staff/reports/export', { what: 'kpi', from: '2026-04-01', to: '2027-03-31', authority, format: 'csv', readership: 'inside', reason: 'A test' })).status).toBe(404);
    }
    const file = await manager.post('/staff/reports/export', { what: 'kpi', from: '2026-04-01', to: '2027-03-31', format: 'json', readership: 'inside', reason: 'A test' });
    expect(file.body).toMatchObject({ total: { enquiries: 6 } });
  });

  it.each([['social_worker', 'derby'], ['administrator', null], ['panel_administrator', 'derby']] as const)('is not there for the role %s', async (role, authority) => {
    const browser = await app.signedInAs(role, authority);
    for (const path of ['/staff/reports', '/staff/reports/kpi.json', '/staff/reports/definitions', '/staff/reports/targets']) expect((await browser.get(path)).status).toBe(404);
  });

  it.each([
    ['hub_manager', null, { Report: 3, Learn: 5, Prepare: 3 }],
    ['team_manager', 'derby', { Report: 3, Learn: 4, Prepare: 1 }],
  ] as const)('leads a %s to what there is besides, by what it is for, and nowhere that is closed to them', async (role, authority, places) => {
    const reader = await app.signedInAs(role, authority);
    const navigation = /<nav class="hub-report-places[\s\S]*?<\/nav>/.exec((await reader.get('/staff/reports')).text)![0];
    const found = Object.fromEntries(navigation.split('hub-report-places__group').slice(1).map((group) => [/__name"[^>]*>(\w+)</.exec(group)![1]!, [...group.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!)]));
    expect(Object.fromEntries(Object.entries(found).map(([name, hrefs]) => [name, hrefs.length]))).toEqual(places);
    for (const href of Object.values(found).flat()) expect([href, (await reader.get(href)).status]).toEqual([href, 200]);
    expect([...navigation.matchAll(/aria-current="page">([^<]+)/g)].map(([, text]) => text)).toEqual(['The report']);
  });

  it('explains every figure in one place', async () => {
    const answer = await (await app.signedInAs('analyst')).get('/staff/reports/definitions');
    expect(answer.text).toContain('Aalen–Johansen');
    expect(answer.text).toContain('Definitions 1.1');
  });
});

describe('stating a target', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await createTestApp();
  });
  afterEach(() => app.close());

  const form = { year: '2026-04-01', authority: '', target: 'approvalRate', value: '16.5 %', source: 'Hub board, made up for this test' };

  it('keeps it beside the one before, which no longer holds, and holds the report against it', async () => {
    const analyst = await app.signedInAs('analyst');
    const answer = await analyst.post('/staff/reports/targets', form);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/staff/reports/targets']);
    const { text } = await analyst.get('/staff/reports/targets');
    expect(text).toMatch(/16\.5%<\/td>\s*<td[^>]*>Holds/);
    expect(text).toMatch(/15\.45%<\/td>\s*<td[^>]*>Replaced/);
    await recordPasts(app.database.owner, [enquiry('derby')]);
    expect((await analyst.get('/staff/reports')).text).toContain('Target 16.5%');
    const { rows } = await app.database.owner.query<{ subject_id: string }>(`SELECT subject_id FROM audit_entries WHERE action = 'target.state'`);
    expect(rows).toEqual([{ subject_id: '2026-04-01 hub approval_rate' }]);
  });

  it.each([
    ['year', '2026-05-01', 'Choose the financial year'],
    ['authority', 'leicester', 'Choose the hub or one of its councils'],
    ['target', 'luck', 'Choose what the target is for'],
    ['value', 'many', 'Enter a number above 0'],
    ['value', '0', 'Enter a number above 0'],
    ['source', ' ', 'Say who set it'],
  ])('says what is wrong with %s “%s”, and keeps the rest', async (field, value, words) => {
    const analyst = await app.signedInAs('analyst');
    const answer = await analyst.post('/staff/reports/targets', { ...form, [field]: value });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    if (field !== 'source') expect(answer.text).toContain('Hub board, made up for this test');
  });

  it('is for the hub manager and analysts only', async () => {
    const manager = await app.signedInAs('team_manager', 'derby');
    expect((await manager.get('/staff/reports')).text).not.toContain('State targets');
    expect((await manager.post('/staff/reports/targets', form)).status).toBe(404);
    expect((await (await app.signedInAs('hub_manager')).get('/staff/reports/targets')).status).toBe(200);
  });
});
