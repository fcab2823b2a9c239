import type { StaffActor } from '@app/access';
import { rows, system } from '@app/database';
import { localDate, MovableClock } from '@app/kernel';
import { CloseJourney, CorrectHistory, JourneyChanges, MergeJourneys } from '@app/journeys';
import { causesOfChange, dueReports, KeepRecipients, type ListedReport, type SavedReport, savedReport, savedReports, SaveReports, sha256Of, SignReportOff, WriteCommentary } from '@app/publications';
import { ComputeKpiReport } from '@app/reports';
import { Client } from 'pg';
import { recordPasts, type Past } from '../../support/recorded-history';
import { makeStaffActor } from '../../support/staff';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const enquiry = (authority: string, ...events: Past['events']): Past => ({ receivedAt: '2026-10-06T10:00:00+01:00', dueAt: '2026-10-07T17:00:00+01:00', authority, recordedAt: '2026-10-06T10:00:00+01:00', events });
const approved = (on: string, more: object = {}): Past['events'][number] => ({ kind: 'milestone', milestone: 'approved', on, ...more });
const MORNING = new Date('2026-11-04T03:10:00Z');

describe('saved reports', () => {
  let database: TestDatabase;
  let saveReports: SaveReports;
  let compute: ComputeKpiReport;
  const clock = new MovableClock(MORNING);

  beforeEach(async () => {
    database = await createTestDatabase();
    clock.set(MORNING);
    compute = new ComputeKpiReport(database.transactions, clock);
    saveReports = new SaveReports(database.transactions, compute, clock, { publicUrl: 'https://hub.example.org' });
  });
  afterEach(() => database.drop());

  const list = (actor: StaffActor | ReturnType<typeof system> = system('test')): Promise<ListedReport[]> => database.transactions.read(actor, (tx) => savedReports(tx, {}));
  const one = async (cadence: string, authority: string | null, from: string): Promise<SavedReport> => {
    const found = (await list()).find((report) => report.cadence === cadence && report.authority === authority && report.from === from);
    return (await database.transactions.read(system('test'), (tx) => savedReport(tx, found!.id)))!;
  };

  it('are made of each month and quarter, of the hub and each council, on the third working day after the end, and once', async () => {
    await recordPasts(database.owner, [enquiry('derby'), enquiry('nottingham', approved('2026-10-20', { recordedAt: '2026-10-20T09:00:00Z' }))]);
    clock.set(new Date('2026-11-03T03:10:00Z'));
    await saveReports.run();
    expect((await list()).some(({ from }) => from === '2026-10-01')).toBe(false);
    clock.set(MORNING);
    expect(await saveReports.run()).toEqual({ saved: 5, corrected: 0 });
    expect(await saveReports.run()).toEqual({ saved: 0, corrected: 0 });
    const october = (await list()).filter(({ from, cadence }) => from === '2026-10-01' && cadence === 'month');
    expect(october.map(({ authority }) => authority)).toEqual([null, 'derby', 'derbyshire', 'nottingham', 'nottinghamshire']);
    const hub = await one('month', null, '2026-10-01');
    expect(hub).toMatchObject({ to: '2026-10-31', asAt: '2026-10-31', version: 1, definitions: '1.1' });
    expect(hub.figures.total).toMatchObject({ enquiries: 2, turnaround: { approvals: 1 } });
    expect((await one('month', 'derby', '2026-10-01')).figures.total).toMatchObject({ enquiries: 1, turnaround: { approvals: 0 } });
  });

  it('are not made before the first enquiry, nor while the demonstration is being loaded', async () => {
    expect(await saveReports.run()).toEqual({ saved: 0, corrected: 0 });
    await recordPasts(database.owner, [enquiry('derby')]);
    await database.owner.query(`INSERT INTO progress (name, done, total, words, started_at) VALUES ('demonstration', 1, 2, 'Living through May', now())`);
    expect(await database.transactions.read(system('test'), (tx) => dueReports(tx, MORNING))).toEqual([]);
  });

  it('equal the report that is asked for today with the same as-at and known-at, to the last digit, whatever happened since', async () => {
    await recordPasts(database.owner, Array.from({ length: 40 }, (_, number) => enquiry(number % 3 === 0 ? 'derby' : 'nottinghamshire', { kind: 'first_response', at: `2026-10-06T1${String(number % 8)}:23:00+01:00`, dueAt: '2026-10-07T17:00:00+01:00', workingMinutes: 13 + number * 7 }, ...(number % 7 === 0 ? [approved('2026-10-29', { recordedAt: '2026-10-29T12:00:00Z' })] : []))));
    await saveReports.run();
    const before = await one('month', null, '2026-10-01');
    clock.set(new Date('2027-03-20T10:00:00Z'));
    await recordPasts(database.owner, [{ ...enquiry('derby'), recordedAt: '2026-12-01T10:00:00Z' }, { ...enquiry('derby'), receivedAt: '2027-01-04T10:00:00Z', dueAt: '2027-01-05T17:00:00Z', recordedAt: '2027-01-04T10:00:00Z' }]);
    await database.owner.query(`UPDATE journey_events SET superseded_at = '2026-12-02T10:00:00Z', correction_reason = 'Typed wrong' WHERE milestone = 'approved'`);
    const again = await compute.run(system('test'), { from: before.figures.period.from, to: before.figures.period.to, asAt: before.figures.asAt, knownAt: new Date(before.figures.knownAt) });
    expect(again.ok && JSON.stringify({ total: again.value.report.total, byAuthority: again.value.report.byAuthority, asAt: again.value.report.asAt, knownAt: again.value.report.knownAt })).toBe(
      JSON.stringify({ total: ordered(before.figures.total, again), byAuthority: orderedAll(before.figures.byAuthority, again), asAt: before.figures.asAt, knownAt: before.figures.knownAt }),
    );
    expect(sha256Of(before.content)).toBe(before.sha256);
  });

  /** The saved figures in the order of keys in which a report has them: only the order may differ. */
  function ordered<Block>(saved: Block, again: unknown): Block {
    return inOrderOf(saved, (again as { value: { report: { total: unknown } } }).value.report.total) as Block;
  }
  function orderedAll<Blocks>(saved: Blocks, again: unknown): Blocks {
    return inOrderOf(saved, (again as { value: { report: { byAuthority: unknown } } }).value.report.byAuthority) as Blocks;
  }
  function inOrderOf(saved: unknown, model: unknown): unknown {
    if (Array.isArray(saved)) return saved.map((item, index) => inOrderOf(item, (model as unknown[])[index]));
    if (typeof saved !== 'object' || saved === null) return saved;
    expect(Object.keys(saved).sort()).toEqual(Object.keys(model as object).sort());
    return Object.fromEntries(Object.keys(model as object).map((key) => [key, inOrderOf((saved as Record<string, unknown>)[key], (model as Record<string, unknown>)[key])]));
  }

  it('can be changed by nobody, and PostgreSQL refuses content with another hash', async () => {
    await recordPasts(database.owner, [enquiry('derby')]);
    await saveReports.run();
    await expect(database.owner.query(`UPDATE saved_reports SET to_mend = 0`)).rejects.toThrow('append-only');
    await expect(database.owner.query(`DELETE FROM saved_reports`)).rejects.toThrow('append-only');
    await expect(database.owner.query(`INSERT INTO saved_reports (id, cadence, period_from, period_to, version, as_at, known_at, definitions, content, sha256, to_mend, made_at) SELECT uuidv7(), cadence, period_from, period_to, 9, as_at, known_at, definitions, content || ' ', sha256, 0, made_at FROM saved_reports LIMIT 1`)).rejects.toThrow();
  });

  it('have a new version when history is corrected, which shows what changed, in whose history and why', async () => {
    const world = await recordPasts(database.owner, [enquiry('derby', { kind: 'milestone', milestone: 'initial_application', on: '2026-10-12', recordedAt: '2026-10-12T12:00:00Z' }), enquiry('nottingham')]);
    await database.owner.query(`UPDATE journeys SET initial_application_on = '2026-10-12', stage = 'initial_application', stage_since = '2026-10-12' WHERE id = $1`, [world[0]]);
    await saveReports.run();
    clock.set(new Date('2026-11-10T10:00:00Z'));
    const manager = await makeStaffActor(database, 'hub_manager');
    const [journey] = (await database.owner.query<{ version: number; reference: string }>('SELECT version, reference FROM journeys WHERE id = $1', [world[0]])).rows;
    const corrected = await new CorrectHistory(new JourneyChanges(database.transactions, clock)).run(manager, { journeyId: world[0]!, version: journey!.version, what: 'initial_application', to: null, reason: 'Recorded for the wrong family' });
    expect(corrected).toMatchObject({ ok: true });
    clock.set(new Date('2026-11-11T03:10:00Z'));
    const first = await one('month', null, '2026-10-01');
    expect(await saveReports.run()).toEqual({ saved: 0, corrected: 2 });
    const second = await one('month', null, '2026-10-01');
    expect(second.version).toBe(2);
    expect(second.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(second.changes).toContainEqual({ scope: 'total', path: 'funnel.initial_application', name: 'Reached: initial application', kind: 'count', before: 1, after: 0 });
    expect(second.changes.map(({ scope }) => scope)).toContain('derby');
    expect(second.causes).toEqual({ journeys: 1, listed: [{ reference: journey!.reference, changes: [{ what: 'initial_application', before: '2026-10-12', after: null, authorityBefore: null, authority: null, reason: 'Recorded for the wrong family', knownAt: '2026-11-10T10:00:00Z' }] }] });
    expect(await database.transactions.read(system('test'), (tx) => savedReport(tx, first.id))).toMatchObject({ content: first.content, version: 1, changes: [] });
    expect((await one('month', 'nottingham', '2026-10-01')).version).toBe(1);
    expect(await saveReports.run()).toEqual({ saved: 0, corrected: 0 });
  });

  it('keep the reason of a correction that added what was missing, and list it before what was only recorded late', async () => {
    const world = await recordPasts(database.owner, [enquiry('derby'), enquiry('derby'), enquiry('nottingham')]);
    await saveReports.run();
    clock.set(new Date('2026-11-10T10:00:00Z'));
    // An import, and a family whose council turned out to be another, become known first: the correction stands before them all the same.
    await recordPasts(database.owner, Array.from({ length: 3 }, () => ({ ...enquiry('derby', { kind: 'milestone', milestone: 'initial_application', on: '2026-10-20' }), recordedAt: '2026-11-05T10:00:00Z' })));
    await database.owner.query(`INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, authority, recorded_at, recorded_by) VALUES ($1, 'routed', '2026-10-08', '2026-10-08T10:00:00Z', 'derby', '2026-11-06T10:00:00Z', 'test')`, [world[2]]);
    const manager = await makeStaffActor(database, 'hub_manager');
    const correct = new CorrectHistory(new JourneyChanges(database.transactions, clock));
    expect(await correct.run(manager, { journeyId: world[1]!, what: 'initial_application', to: localDate('2026-10-14'), reason: 'Was recorded on paper only' })).toMatchObject({ ok: true });
    expect(await correct.run(manager, { journeyId: world[1]!, what: 'first_response', to: new Date('2026-10-06T13:00:00Z'), reason: 'The call was not logged' })).toMatchObject({ ok: true });
    clock.set(new Date('2026-11-11T03:10:00Z'));
    await saveReports.run();
    const { causes } = await one('month', null, '2026-10-01');
    expect(causes.journeys).toBe(5);
    expect(causes.listed).toHaveLength(5);
    expect(causes.listed[0]).toMatchObject({ reference: world[1], changes: [{ what: 'first_response', before: null, after: '2026-10-06', reason: 'The call was not logged' }, { what: 'initial_application', before: null, after: '2026-10-14', reason: 'Was recorded on paper only' }] });
    expect(causes.listed[1]!.changes.map(({ what, reason }) => [what, reason])).toEqual([['contact', null], ['enquiry', null], ['routed', null], ['initial_application', null]]);
    expect(causes.listed[4]).toMatchObject({ reference: world[2], changes: [{ what: 'routed', authorityBefore: 'nottingham', authority: 'derby', after: '2026-10-08', reason: null }] });
    const range = { period: { from: localDate('2026-10-01'), to: localDate('2026-10-31') }, asAt: localDate('2026-10-31'), authority: null, knownBefore: MORNING, knownAfter: clock.now() };
    const cut = await database.transactions.read(system('test'), (tx) => causesOfChange(tx, range, 2));
    expect([cut.journeys, cut.listed.length, cut.listed[0]!.reference]).toEqual([5, 2, world[1]]);
  });

  it('say of a close that a merge took back with which journey, and of a date that moved past the as-at date where to', async () => {
    const world = await recordPasts(database.owner, [enquiry('derby'), { ...enquiry('derby'), receivedAt: '2026-10-08T10:00:00+01:00' }, enquiry('derby', { kind: 'milestone', milestone: 'initial_application', on: '2026-10-29', recordedAt: '2026-10-29T12:00:00Z' })]);
    await database.owner.query(`UPDATE journeys SET initial_application_on = '2026-10-29', stage = 'initial_application', stage_since = '2026-10-29' WHERE id = $1`, [world[2]]);
    await database.owner.query(`INSERT INTO applicants (id, household_id, position, first_name, last_name) SELECT gen_random_uuid(), household_id, 1, 'Ann', 'Lee' FROM journeys WHERE id = ANY ($1)`, [world.slice(0, 2)]);
    const [manager, changes] = [await makeStaffActor(database, 'hub_manager'), new JourneyChanges(database.transactions, clock)];
    clock.set(new Date('2026-10-20T10:00:00Z'));
    expect(await new CloseJourney(changes).run(manager, { journeyId: world[1]!, on: localDate('2026-10-20'), by: 'applicant', reason: 'chose_ifa' })).toMatchObject({ ok: true });
    clock.set(MORNING);
    await saveReports.run();
    clock.set(new Date('2026-11-10T10:00:00Z'));
    expect(await new MergeJourneys(changes).run(manager, { journeyId: world[1]!, otherId: world[0]! })).toMatchObject({ ok: true });
    clock.advance(60_000);
    expect(await new CorrectHistory(changes).run(manager, { journeyId: world[2]!, what: 'initial_application', to: localDate('2026-11-02'), reason: 'Typed wrong' })).toMatchObject({ ok: true });
    clock.set(new Date('2026-11-11T03:10:00Z'));
    await saveReports.run();
    const { causes } = await one('month', null, '2026-10-01');
    expect(causes.listed.map(({ reference, changes: [only, ...more] }) => ({ reference, ...only, more: more.length }))).toEqual([
      expect.objectContaining({ reference: world[1], what: 'closed', before: '2026-10-20', after: '2026-10-20', reason: `Merged with ${world[0]!}`, more: 0 }),
      expect.objectContaining({ reference: world[2], what: 'initial_application', before: '2026-10-29', after: '2026-11-02', reason: 'Typed wrong', more: 0 }),
    ]);
  });

  it('wait for a change that is under way, so that nothing becomes known in their past', async () => {
    await recordPasts(database.owner, [enquiry('derby')]);
    const underWay = database.source.createQueryRunner();
    await underWay.startTransaction();
    await underWay.query(`SELECT pg_current_xact_id()`);
    let done = false;
    const saving = saveReports.run().then(() => { done = true; });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(done).toBe(false);
    await underWay.commitTransaction();
    await underWay.release();
    await saving;
    expect(await list()).not.toEqual([]);
  });

  it('do not wait for what is under way in another database of the server', async () => {
    await recordPasts(database.owner, [enquiry('derby')]);
    const elsewhere = new Client({ connectionString: process.env['TEST_OWNER_URL'] });
    await elsewhere.connect();
    await elsewhere.query('BEGIN');
    await elsewhere.query('SELECT pg_current_xact_id()');
    await saveReports.run();
    await elsewhere.query('COMMIT');
    await elsewhere.end();
    expect(await list()).not.toEqual([]);
  });

  it('are commented on by an analyst and signed off by a hub manager, in that order, and stay so', async () => {
    await recordPasts(database.owner, [enquiry('derby')]);
    await saveReports.run();
    const { id: reportId } = await one('month', null, '2026-10-01');
    const [analyst, manager, other] = [await makeStaffActor(database, 'analyst'), await makeStaffActor(database, 'hub_manager'), await makeStaffActor(database, 'analyst', 'derby')];
    const [write, sign] = [new WriteCommentary(database.transactions, clock), new SignReportOff(database.transactions, clock)];
    expect(await sign.run(manager, { reportId, commentaryId: reportId })).toEqual({ ok: false, refusal: 'no_commentary' });
    expect(await write.run(manager, { reportId, words: 'Not mine to write' })).toEqual({ ok: false, refusal: 'not_there' });
    expect(await write.run(other, { reportId, words: 'Of the hub I see nothing' })).toEqual({ ok: false, refusal: 'not_there' });
    expect(await write.run(analyst, { reportId, words: 'A first draft' })).toEqual({ ok: true });
    const draft = (await one('month', null, '2026-10-01')).commentary!;
    clock.advance(60_000);
    await write.run(analyst, { reportId, words: 'Enquiries were as expected.' });
    expect(await sign.run(manager, { reportId, commentaryId: draft.id })).toEqual({ ok: false, refusal: 'commentary_changed' });
    expect(await sign.run(analyst, { reportId, commentaryId: draft.id })).toEqual({ ok: false, refusal: 'not_there' });
    expect(await sign.run(manager, { reportId, commentaryId: (await one('month', null, '2026-10-01')).commentary!.id })).toEqual({ ok: true });
    expect(await one('month', null, '2026-10-01')).toMatchObject({ signedBy: manager.name, commentary: { words: 'Enquiries were as expected.', writtenBy: analyst.name } });
    expect(await write.run(analyst, { reportId, words: 'Too late' })).toEqual({ ok: false, refusal: 'signed_already' });
    await expect(database.owner.query(`INSERT INTO report_commentaries (id, report_id, words, written_at, written_by) VALUES (uuidv7(), $1, 'By the back door', now(), $2)`, [reportId, analyst.staffId])).rejects.toThrow('signed off');
    const trail = await database.owner.query<{ action: string }>(`SELECT action FROM audit_entries ORDER BY id`);
    expect(trail.rows.map(({ action }) => action)).toEqual(['report.comment', 'report.comment', 'report.sign']);
  });

  it('show each reader what is in their reach, and send those on a list a link and no figure', async () => {
    await recordPasts(database.owner, [enquiry('derby')]);
    const [analyst, manager, derby] = [await makeStaffActor(database, 'analyst'), await makeStaffActor(database, 'hub_manager'), await makeStaffActor(database, 'team_manager', 'derby')];
    const lists = new KeepRecipients(database.transactions, clock);
    expect(await lists.add(manager, { authority: null, staffId: analyst.staffId })).toEqual({ ok: true });
    expect(await lists.add(manager, { authority: null, staffId: analyst.staffId })).toEqual({ ok: true });
    expect(await lists.add(manager, { authority: 'derby', staffId: derby.staffId })).toEqual({ ok: true });
    expect(await lists.add(manager, { authority: null, staffId: derby.staffId })).toEqual({ ok: false, refusal: 'may_not_read_it' });
    expect(await lists.add(derby, { authority: 'derby', staffId: analyst.staffId })).toEqual({ ok: false, refusal: 'not_allowed' });
    await saveReports.run();
    expect(new Set((await list(derby)).map(({ authority }) => authority))).toEqual(new Set(['derby']));
    expect(new Set((await list(analyst)).map(({ authority }) => authority)).size).toBe(5);
    const mails = await database.transactions.read(system('test'), (tx) => rows<{ to: string; subject: string; body: string }>(tx, `SELECT to_address AS "to", subject, body FROM emails ORDER BY subject`));
    expect(new Set(mails.map(({ to }) => to))).toEqual(new Set([analyst.email, derby.email]));
    const october = mails.find(({ to, subject }) => to === derby.email && subject.includes('October 2026 to') && subject.includes('monthly'))!;
    expect(october.subject).toBe('Saved: monthly report of Derby, Thursday 1 October 2026 to Saturday 31 October 2026');
    expect(october.body).toContain('https://hub.example.org/staff/reports/saved/');
    expect(october.body).not.toMatch(/enquir\w+:? \d|\d+ enquir/i);
    expect(await lists.remove(derby, { authority: 'derby', staffId: derby.staffId })).toEqual({ ok: true });
  });
});
