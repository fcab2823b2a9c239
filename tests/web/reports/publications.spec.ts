import { CorrectHistory } from '@app/journeys';
import { localDate } from '@app/kernel';
import { SaveReports } from '@app/publications';
import { recordPasts, type Past } from '../../support/recorded-history';
import { makeStaffActor } from '../../support/staff';
import { createTestApp, type TestApp } from '../../support/test-app';

const enquiry = (authority: string, ...events: Past['events']): Past => ({
  receivedAt: '2026-10-06T10:00:00+01:00', dueAt: '2026-10-07T17:00:00+01:00', authority, recordedAt: '2026-10-06T10:00:00+01:00', events,
});

describe('what becomes of the figures, on pages', () => {
  let app: TestApp;
  let october: string;

  beforeAll(async () => {
    app = await createTestApp();
    await recordPasts(app.database.owner, [
      ...Array.from({ length: 9 }, () => enquiry('derby', { kind: 'first_response', at: '2026-10-06T11:00:00+01:00', dueAt: '2026-10-07T17:00:00+01:00', workingMinutes: 60 })),
      ...Array.from({ length: 3 }, () => enquiry('nottingham', { kind: 'milestone', milestone: 'application', on: '2026-10-20' })),
      enquiry('nottingham', { kind: 'closed', on: '2026-10-21', by: 'service', reason: 'no_spare_room' }),
    ]);
    await app.web.nest.get(SaveReports, { strict: false }).run();
    const { rows } = await app.database.owner.query<{ id: string }>(`SELECT id FROM saved_reports WHERE authority IS NULL AND period_from = '2026-10-01'`);
    october = rows[0]!.id;
  });
  afterAll(() => app.close());

  it('lists the saved reports of the reader’s reach', async () => {
    const analyst = await app.signedInAs('analyst');
    const all = await analyst.get('/staff/reports/saved');
    expect(all.status).toBe(200);
    expect(all.text).toContain('October 2026');
    expect(all.text).toContain('July to September 2026 (second quarter of 2026–27)');
    expect(all.text).toContain('Without commentary');
    const derby = await (await app.signedInAs('team_manager', 'derby')).get('/staff/reports/saved');
    expect(derby.text).toContain('October 2026');
    expect(derby.text).not.toContain('Nottingham<');
    expect((await (await app.signedInAs('team_manager', 'derby')).get(`/staff/reports/saved/${october}`)).status).toBe(404);
    expect((await analyst.get('/staff/reports/saved/not-an-id')).status).toBe(404);
  });

  it('lists them by period and in pages, and says when versions are made', async () => {
    const analyst = await app.signedInAs('analyst');
    const quarters = (await analyst.get('/staff/reports/saved?cadence=quarter&of=derby')).text;
    expect(quarters).toContain('July to September 2026');
    expect(quarters).not.toMatch(/>October 2026</);
    expect(quarters).toContain('1 to 1 of 1 report');
    expect(quarters).toContain('for corrections of the 24 months after a period');
    expect(quarters).not.toContain('Next page');
    await app.database.owner.query(`INSERT INTO saved_reports (id, cadence, authority, period_from, period_to, version, as_at, known_at, definitions, content, sha256, to_mend, made_at)
      SELECT uuidv7(), 'month', 'nottinghamshire', month, (month + interval '1 month')::date - 1, 1, (month + interval '1 month')::date - 1, known_at, definitions, content, sha256, 0, made_at
        FROM saved_reports, generate_series(DATE '2019-01-01', '2023-12-01', '1 month') month WHERE saved_reports.id = $1`, [october]);
    const of = '/staff/reports/saved?of=nottinghamshire&cadence=month';
    const [first, second, beyond] = [await analyst.get(of), await analyst.get(`${of}&page=2`), await analyst.get(`${of}&page=99`)];
    expect(first.text).toMatch(/1 to 50 of 6\d reports/);
    expect(first.text).toContain(`href="${of.replaceAll('&', '&amp;')}&amp;page=2"`);
    expect(first.text.indexOf('December 2023')).toBeLessThan(first.text.indexOf('November 2023'));
    expect(second.text).toContain('January 2019');
    expect(second.text).toContain('Previous page');
    expect(beyond.text).toContain('January 2019');
  });

  it('has a commentary written by an analyst and signed off by the hub manager, and keeps what was typed wrong', async () => {
    const [analyst, manager] = [await app.signedInAs('analyst'), await app.signedInAs('hub_manager')];
    const path = `/staff/reports/saved/${october}`;
    const page = await analyst.get(path);
    expect(page.text).toContain('Write the commentary');
    expect(page.text).toMatch(/Enquiries<\/th>\s*<td[^>]*>13<\/td>/);
    expect(page.text).toMatch(/<h3[^>]*>Enquiries<\/h3>\s*<p[^>]*>13<\/p>/);
    expect(page.text).toContain('The figures are those that were saved');
    expect((await manager.get(path)).text).not.toContain('Write the commentary');
    const empty = await analyst.post(`${path}/commentary`, { words: ' ' });
    expect([empty.status, empty.text.includes('There is a problem')]).toEqual([422, true]);
    expect((await manager.post(`${path}/commentary`, { words: 'Not mine' })).status).toBe(404);
    expect((await analyst.post(`${path}/commentary`, { words: 'As many as the year before.\\n\\nMost by web.' })).status).toBe(303);
    const read = (await manager.get(path)).text;
    expect(read).toContain('As many as the year before.');
    const commentary = /name="commentary" value="([^"]+)"/.exec(read)?.[1] ?? '';
    expect((await manager.post(`${path}/sign`, { commentary: october })).status).toBe(422);
    expect((await manager.post(`${path}/sign`, { commentary })).status).toBe(303);
    expect((await analyst.get(path)).text).toContain(`Signed off by ${manager.staff.name}`);
    const late = await analyst.post(`${path}/commentary`, { words: 'One more thing' });
    expect(late.status).toBe(422);
    expect(late.text).toContain('A colleague has signed this report off meanwhile');
  });

  it('puts colleagues on the list of those who are told, and takes them off', async () => {
    const [manager, analyst, worker] = [await app.signedInAs('hub_manager'), await app.signedInAs('analyst'), await app.signedInAs('team_manager', 'derby')];
    const path = '/staff/reports/saved/recipients';
    expect((await manager.post(path, { of: 'hub', staff: analyst.staff.staffId })).status).toBe(303);
    const offered = async (of: string): Promise<string> => /<select[^>]*name="staff"[\s\S]*?<\/select>/.exec((await manager.get(`${path}?of=${of}`)).text)?.[0] ?? '';
    expect(await offered('derby')).toContain(`${worker.staff.name} (Team manager, Derby)`);
    expect(await offered('derby')).toContain(`${analyst.staff.name} (Analyst, The hub)`);
    for (const list of ['hub', 'nottingham']) expect(await offered(list)).not.toContain(worker.staff.name);
    expect(await offered('hub')).not.toContain(analyst.staff.name);
    const refused = await manager.post(path, { of: 'hub', staff: worker.staff.staffId });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('may not read that report');
    expect((await worker.post(path, { of: 'derby', staff: worker.staff.staffId })).status).toBe(404);
    expect((await manager.get(path)).text).toContain(analyst.staff.email);
    expect((await analyst.post(`${path}/remove`, { of: 'hub', staff: analyst.staff.staffId })).status).toBe(303);
    expect((await manager.get(path)).text).toContain('Nobody yet.');
  });

  it('asks whom a file is for and why, makes it, and writes that into the trail', async () => {
    const analyst = await app.signedInAs('analyst');
    const question = { what: 'kpi', from: '2026-04-01', to: '2027-03-31' };
    const form = await analyst.get(`/staff/reports/export?${new URLSearchParams(question).toString()}`);
    expect(form.text).toContain('What do you need it for?');
    const without = await analyst.post('/staff/reports/export', { ...question, format: 'csv', readership: 'inside', reason: '' });
    expect(without.status).toBe(422);
    expect(without.text).toContain('Say what you need it for');
    const csv = await analyst.post('/staff/reports/export', { ...question, format: 'csv', readership: 'publication', reason: 'Yearly statement' });
    expect(csv.headers['content-disposition']).toBe('attachment; filename=kpi-hub-2026-04-01-to-2027-03-31-as-at-2026-11-18-for-publication.csv');
    expect(csv.text).toMatch(/Enquiries,Enquiries,13,/);
    expect(csv.text).toMatch(/About,\[c\],"Not told\. .*Publish one file about the same families only/);
    expect(csv.text).toMatch(/About,Data quality,\d+ things in the records/);
    for (const format of ['xlsx', 'ods', 'json']) expect((await analyst.post('/staff/reports/export', { ...question, format, readership: 'inside', reason: 'Board' })).status).toBe(200);
    expect((await analyst.post('/staff/reports/export', { ...question, format: 'json', readership: 'publication', reason: 'Board' })).status).toBe(422);
    expect((await analyst.post('/staff/reports/export', { what: 'saved', report: october, format: 'xlsx', readership: 'inside', reason: 'Board' })).headers['content-disposition']).toContain('month-hub-2026-10-01-version-1.xlsx');
    const saved = await analyst.post('/staff/reports/export', { what: 'saved', report: october, format: 'csv', readership: 'inside', reason: 'Board' });
    expect(saved.text).toMatch(/About,Version,"1, saved on .*\r\nAbout,Signed off,On .* by .*\r\nAbout,Commentary,"As many as[\s\S]*About,Fingerprint \(SHA-256\),[0-9a-f]{64},/);
    expect((await analyst.post('/staff/reports/export', { what: 'year', from: '2026-04-01', format: 'ods', readership: 'inside', reason: 'Return' })).status).toBe(200);
    for (const what of ['rows', 'nothing', 'saved']) expect((await analyst.get(`/staff/reports/export?what=${what}`)).status).toBe(404);
    const { rows } = await app.database.owner.query<{ reason: string }>(`SELECT detail ->> 'reason' AS reason FROM audit_entries WHERE action = 'report.export' ORDER BY id`);
    expect(rows.map(({ reason }) => reason)).toEqual(['Yearly statement', 'Board', 'Board', 'Board', 'Board', 'Board', 'Return']);
  });

  it('explains what cannot be made when the form is opened, and says whose file it is', async () => {
    const [analyst, derby] = [await app.signedInAs('analyst'), await app.signedInAs('team_manager', 'derby')];
    const at = (more: Readonly<Record<string, string>>, path = 'export') => `/staff/reports${path === '' ? '' : `/${path}`}?${new URLSearchParams(more).toString()}`;
    const question = { from: '2026-10-01', to: '2026-10-31', asAt: '2026-11-05', knownAt: '2026-11-10', authority: 'unrouted' };
    const unrouted = (await analyst.get(at({ what: 'kpi', ...question }))).text;
    expect(unrouted).toContain('The report of enquiries that are not yet routed to a council');
    expect(unrouted).toContain(`href="${at(question, '').replaceAll('&', '&amp;')}"`);
    expect((await derby.get(at({ what: 'kpi', ...question, authority: '' }))).text).toContain('The report for Derby');
    expect((await derby.get(at({ what: 'kpi', ...question, authority: 'nottingham' }))).status).toBe(404);
    expect((await analyst.get(at({ what: 'kpi', ...question, authority: 'leicester' }))).status).toBe(404);
    for (const [wrong, words] of [[{ from: 'soon' }, '“soon” is not a date'], [{ to: '2026-09-30' }, 'ends before it starts'], [{ asAt: '2027-01-01' }, 'lies in the future']] as const) {
      const refused = await analyst.get(at({ what: 'kpi', ...question, authority: '', ...wrong }));
      expect(refused.status).toBe(303);
      const explained = await analyst.get(refused.headers['location']!);
      expect([explained.status, explained.text.includes(words)]).toEqual([422, true]);
    }
    const halfAsked = await analyst.get(at({ what: 'kpi', ...question, authority: '', from: '' }));
    expect(halfAsked.status).toBe(303);
    expect((await analyst.get(halfAsked.headers['location']!)).text).toContain('Wednesday 1 April 2026 to Saturday 31 October 2026');
  });

  it('asks of a second copy for publication about the same families whether the first was published, and lets none go unseen', async () => {
    const analyst = await app.signedInAs('analyst');
    const take = (more: Readonly<Record<string, string>>) => analyst.post('/staff/reports/export', { what: 'kpi', from: '2025-04-01', to: '2026-03-31', format: 'csv', readership: 'publication', reason: 'Website', ...more });
    const month = { from: '2025-05-01', to: '2025-05-31' };
    expect((await take({})).status).toBe(200);
    expect((await take({ format: 'ods' })).status).toBe(200);
    expect((await take({ from: '2024-04-01', to: '2025-03-31' })).status).toBe(200);
    const form = (await analyst.get(`/staff/reports/export?${new URLSearchParams({ what: 'kpi', ...month }).toString()}`)).text;
    expect(form).toContain(`The report of the hub and each of its councils, 1 Apr 2025 to 31 Mar 2026, as at 18 Nov 2026: taken on 18 Nov 2026 by ${analyst.staff.name}`);
    expect(form).not.toContain('1 Apr 2024 to');
    const unsaid = await take(month);
    expect(unsaid.status).toBe(422);
    expect(unsaid.text).toMatch(/error-summary[\s\S]*href="#noneOf"[^>]*>Say that none of the copies/);
    const noneOf = / name="noneOf" type="checkbox" value="([^"]+)"/.exec(form)?.[1] ?? '';
    expect((await take({ what: 'year' })).status).toBe(422);
    expect((await take({ ...month, noneOf })).status).toBe(200);
    expect((await take({ ...month, authority: 'derby', noneOf })).status).toBe(422);
    expect((await take({ ...month, readership: 'inside', authority: 'derby' })).status).toBe(200);
    const { rows } = await app.database.owner.query<{ said: string[] }>(`SELECT detail -> 'confirmedThatNoneIsPublished' AS said FROM audit_entries WHERE action = 'report.export' AND detail ? 'confirmedThatNoneIsPublished' ORDER BY id`);
    expect(rows.map(({ said }) => said.join(' '))).toEqual([noneOf]);
    // The very same question is asked about, too, once more is known of that time: what the copies differ in is what is new.
    const yearBefore = { from: '2024-04-01', to: '2025-03-31' };
    app.clock.advance(120_000);
    expect((await take({ ...yearBefore, format: 'xlsx' })).status).toBe(200);
    await recordPasts(app.database.owner, [{ ...enquiry('nottinghamshire', { kind: 'closed', on: '2024-06-03', by: 'applicant', reason: 'not_now' }), receivedAt: '2024-05-07T10:00:00+01:00', dueAt: '2024-05-08T17:00:00+01:00', recordedAt: app.clock.now().toISOString() }]);
    expect((await take({ ...yearBefore, format: 'ods' })).status).toBe(422);
    const days = await take({ from: '2025-05-02', to: '2025-05-31' });
    expect([days.status, days.text.includes('Copies for publication are of whole calendar months: this one begins within a month')]).toEqual([422, true]);
  });

  it('gives rows for analysis to analysts and the hub manager alone, with the dictionary on the page', async () => {
    const analyst = await app.signedInAs('analyst');
    const page = await analyst.get('/staff/reports/rows');
    expect(page.text).toContain('working_hours_to_answer');
    const rows = await analyst.post('/staff/reports/rows', { from: '2026-04-01', to: '2026-10-31', format: 'csv', reason: 'Which channels bring families' });
    expect(page.text).toMatch(/name="to"[^>]*value="2026-10-31"/);
    const unfinished = await analyst.post('/staff/reports/rows', { from: '2026-04-01', to: '2026-11-30', format: 'csv', reason: 'Which channels bring families' });
    expect([unfinished.status, unfinished.text.includes('href="#to">Choose the last day of a month that is over')]).toEqual([422, true]);
    expect(rows.text.trim().split('\r\n')).toHaveLength(14);
    const wrong = await analyst.post('/staff/reports/rows', { from: 'soon', to: '2026-11-18', format: 'csv', reason: 'x' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('“soon” is not a date');
    for (const [days, field, words] of [[{ from: '2026-10-07', to: '2026-10-31' }, 'from', 'choose the first day of a month'], [{ from: '2026-10-01', to: '2026-10-07' }, 'to', 'choose the last day of a month']] as const) {
      const day = await analyst.post('/staff/reports/rows', { ...days, format: 'csv', reason: 'That day' });
      expect(day.status).toBe(422);
      expect(day.text).toContain(`href="#${field}">Rows have months instead of days: ${words}`);
    }
    expect((await (await app.signedInAs('team_manager', 'derby')).get('/staff/reports/rows')).status).toBe(404);
  });

  it('shows the year with the proof that it balances', async () => {
    const analyst = await app.signedInAs('analyst');
    const { text } = await analyst.get('/staff/reports/year');
    expect(text).toContain('The year 2026–27 as Ofsted counts it');
    expect(text.match(/Balances</g)).toHaveLength(2);
    expect(text).toContain('0 in hand at the start + 13 come in = 13; 4 gone out + 9 in hand at the end = 13.');
    expect(text).toContain('what one person told cannot be looked up');
    expect((await analyst.get('/staff/reports/year?from=2025-04-01')).text).toContain('The year 2025–26');
  });

  it.each([
    ['from=soon', 'from', '“soon” is not a date'],
    ['from=2030-04-01', 'from', 'That year has not begun'],
    ['from=0001-01-01', 'from', 'No report reaches that far back'],
    ['from=2026-04-01&knownAt=never', 'knownAt', '“never” is not a moment'],
    ['from=2026-04-01&knownAt=2030-01-01', 'knownAt', 'This moment lies in the future'],
    ['from=2026-04-01&knownAt=2025-01-01', 'knownAt', 'The year had not begun then'],
  ])('says why no year can be shown for %s, beside the control', async (query, field, words) => {
    const { status, text } = await (await app.signedInAs('analyst')).get(`/staff/reports/year?${query}`);
    expect(status).toBe(422);
    expect(text).toContain('There is a problem');
    expect(text).toMatch(new RegExp(`<a href="#${field}">${words}`));
    expect(text).toContain(`id="${field}-error"`);
  });

  it('shows the year as it was known at a moment, and takes that into its file', async () => {
    const analyst = await app.signedInAs('analyst');
    const { text } = await analyst.get('/staff/reports/year?from=2026-04-01&knownAt=2026-10-06T09:00');
    expect(text).toContain('as at the end of Tuesday 6 October 2026, as it was known on Tuesday 6 October 2026 at 9am');
    expect(text).toContain('0 in hand at the start + 0 come in = 0');
    expect(text).toContain('The register of carers keeps no history');
    const href = /href="(\/staff\/reports\/export[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await analyst.get(href);
    expect(form.text).toContain('As it was known on Tuesday 6 October 2026');
    const file = await analyst.post('/staff/reports/export', { what: 'year', from: '2026-04-01', knownAt: '2026-10-06T08:00:00.000Z', format: 'csv', readership: 'inside', reason: 'What was sent' });
    expect(file.text).toContain('Known at,Tuesday 6 October 2026 at 9am');
  });

  it('shows what is wrong with the records, by whom, and leads to the form that mends it; its count stands on the report', async () => {
    await app.database.owner.query(`UPDATE journeys SET initial_application_on = '2026-10-10', stage = 'initial_application' WHERE id = (SELECT min(id::text)::uuid FROM journeys WHERE authority = 'derby')`);
    const [analyst, manager] = [await app.signedInAs('analyst'), await app.signedInAs('hub_manager')];
    const figures = (await analyst.get('/staff/reports/data-quality')).text;
    expect(figures).toContain('No first response, but later milestones');
    expect(figures).not.toContain('Mend them');
    const people = (await manager.get('/staff/reports/data-quality?fault=no_first_response')).text;
    expect(people).toMatch(/href="\/staff\/families\/[^"]+\/correct\?back=%2Fstaff%2Freports%2Fdata-quality%3Ffault%3Dno_first_response%23families"/);
    const total = /(\d+) things are impossible/.exec(figures)?.[1];
    expect((await analyst.get('/staff/reports')).text).toContain(`${total ?? ''} things are impossible or missing in the records`);
    expect((await analyst.get('/staff/reports/year')).text).toContain(`${total ?? ''} things in the records are impossible or missing`);
  });

  it('says how many faults the list leaves out because another council is in them, and not which', async () => {
    const owner = app.database.owner;
    await owner.query(`INSERT INTO applicants (id, household_id, position, first_name, email) SELECT uuidv7(), household_id, 1, 'Robin', 'shared@example.org' FROM (SELECT DISTINCT ON (authority) household_id FROM journeys WHERE authority IN ('derby', 'nottingham') AND status = 'open' ORDER BY authority, id DESC) one_each`);
    const [derby, hub] = [await app.signedInAs('team_manager', 'derby'), await app.signedInAs('hub_manager')];
    const own = (await derby.get('/staff/reports/data-quality?fault=suspected_duplicate')).text;
    expect(own).toContain('1 more shares something with a family of another council: the hub merges it.');
    expect(own).toContain('None of those that you may see.');
    expect((await derby.get('/staff/reports/data-quality?fault=no_first_response')).text).not.toContain('1 more');
    const all = (await hub.get('/staff/reports/data-quality?fault=suspected_duplicate')).text;
    expect(all).not.toContain('1 more');
    expect(all.match(/Merge, or keep as two</g)).toHaveLength(2);
    for (const query of ['fault=zzz', 'authority=leicester']) expect((await hub.get(`/staff/reports/data-quality?${query}`)).status).toBe(404);
    expect((await derby.get('/staff/reports/data-quality?authority=nottingham')).status).toBe(404);
  });

  it('shows an officer the records of their own families, from the worklist, with the forms that they may use', async () => {
    const [officer, colleague] = [await app.signedInAs('recruitment_officer'), await app.signedInAs('social_worker', 'derby')];
    expect((await officer.get('/staff/worklist')).text).toContain('href="/staff/worklist/records"');
    expect((await officer.get('/staff/worklist/records')).text).toContain('Nothing to mend');
    await app.database.owner.query(`UPDATE journeys SET officer_id = $1 WHERE initial_application_on = '2026-10-10' OR id = (SELECT max(id::text)::uuid FROM journeys WHERE authority = 'nottingham')`, [officer.staff.staffId]);
    await app.database.owner.query(`UPDATE journeys SET initial_application_on = '2026-10-10', first_response_at = '2026-10-12T10:00:00Z', stage = 'initial_application' WHERE officer_id = $1 AND authority = 'nottingham'`, [officer.staff.staffId]);
    const { text } = await officer.get('/staff/worklist/records');
    expect(text).toContain('No first response, but later milestones');
    expect(text).toMatch(/href="\/staff\/families\/[^"]+\/contact\?back=%2Fstaff%2Fworklist%2Frecords">Record the answer/);
    expect(text).toContain('Correct the date: ask the team manager or the hub');
    expect(text).not.toContain('/correct');
    expect(text).toMatch(/href="\/staff\/families\/[^"]+\/people\?back=%2Fstaff%2Fworklist%2Frecords"/);
    expect((await colleague.get('/staff/worklist/records')).text).toContain('Nothing to mend');
    expect((await (await app.signedInAs('analyst')).get('/staff/worklist/records')).status).toBe(404);
  });

  it('says in a new version of each family what changed and why, corrections first, and which council', async () => {
    const owner = app.database.owner;
    const [wrong] = await recordPasts(owner, [{ ...enquiry('derby', { kind: 'milestone', milestone: 'application', on: '2026-10-20' }), recordedAt: app.clock.now().toISOString() }]);
    await owner.query(`INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, authority, recorded_at, recorded_by) SELECT id, 'routed', '2026-10-08', '2026-10-08T10:00:00Z', 'derby', $1, 'test' FROM journeys j WHERE authority = 'nottingham' AND NOT EXISTS (SELECT FROM journey_events e WHERE e.journey_id = j.id AND e.kind = 'closed') ORDER BY id LIMIT 1`, [app.clock.now()]);
    // As merges were kept at first: the code of their own close for a reason.
    await owner.query(`UPDATE journey_events SET superseded_at = $1, correction_reason = 'duplicate' WHERE id = (SELECT id FROM journey_events WHERE kind = 'closed' AND superseded_at IS NULL AND happened_on BETWEEN '2026-10-01' AND '2026-10-31' ORDER BY id LIMIT 1)`, [app.clock.now()]);
    const manager = await app.signedInAs('hub_manager');
    const actor = await makeStaffActor(app.database, 'hub_manager');
    await owner.query(`UPDATE journeys SET reference = 'FEM-MENDED' WHERE id = (SELECT min(id::text)::uuid FROM journeys WHERE authority = 'derby' AND id <> $1)`, [wrong]);
    const mended = await owner.query<{ id: string }>(`SELECT id FROM journeys WHERE reference = 'FEM-MENDED'`);
    const corrected = await app.web.nest.get(CorrectHistory, { strict: false }).run(actor, { journeyId: mended.rows[0]!.id, what: 'home_visit', to: localDate('2026-10-14'), reason: 'Was recorded on paper only' });
    expect(corrected).toMatchObject({ ok: true });
    app.clock.advance(600_000);
    await app.web.nest.get(SaveReports, { strict: false }).run();
    const { rows } = await owner.query<{ id: string }>(`SELECT id FROM saved_reports WHERE authority IS NULL AND period_from = '2026-10-01' AND version = 2`);
    const text = (await manager.get(`/staff/reports/saved/${rows[0]!.id}`)).text;
    expect(text).toContain('Whose history was corrected or completed: 4 families');
    expect(text).toMatch(/<li>Close: 21 Oct 2026 taken back<\/li>[\s\S]{0,200}Merged with another journey/);
    expect(text).not.toContain('duplicate</li>');
    expect(text).toMatch(/FEM-MENDED<\/a><\/th>[\s\S]{0,200}<li>Initial home visit: added, 14 Oct 2026<\/li>[\s\S]{0,200}Was recorded on paper only/);
    expect(text).toContain('<li>Added: contact (6 Oct 2026), enquiry (6 Oct 2026), Derby (6 Oct 2026) and application (20 Oct 2026)</li>');
    expect(text).toContain('<li>Authority: from Nottingham to Derby on 8 Oct 2026</li>');
    expect(text.indexOf('FEM-MENDED')).toBeLessThan(text.indexOf('Recorded late'));
    expect((await manager.get('/staff/families/FEM-MENDED/correct')).text).toContain('Name nobody');
  });

  it.each([['social_worker', 'derby'], ['administrator', null]] as const)('is not there for the role %s', async (role, authority) => {
    const browser = await app.signedInAs(role, authority);
    for (const path of ['saved', `saved/${october}`, 'saved/recipients', 'year', 'data-quality', 'rows', 'export?what=year&from=2026-04-01']) expect((await browser.get(`/staff/reports/${path}`)).status).toBe(404);
  });
});
