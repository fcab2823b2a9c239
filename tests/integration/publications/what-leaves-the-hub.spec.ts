import { ReceiveEnquiry } from '@app/enquiries';
import { localDate } from '@app/kernel';
import { CloseJourney, TellApart } from '@app/journeys';
import { CountOfstedYear, EXTRACT_COLUMNS, ExportFigures, type ExportRequest, faultCounts, PublicationsModule, reconciliation, recordFaults } from '@app/publications';
import { ComputeKpiReport } from '@app/reports';
import { system } from '@app/database';
import { anEnquiry, createHubWorld, type HubWorld, knowPostcode } from '../../support/hub-world';
import { type Past, recordPasts } from '../../support/recorded-history';
import { makeStaffActor } from '../../support/staff';

const YEAR = { from: localDate('2026-04-01'), to: localDate('2027-03-31') };
/** The months of it that are over in December. */
const OVER = { from: YEAR.from, to: localDate('2026-11-30') };

function pastsOfTwoYears(): Past[] {
  let state = 3;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const on = (days: number): string => new Date(Date.UTC(2025, 5, 1) + days * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: 300 }, (): Past => {
    const start = random(520);
    const [applied, ended] = [start + 20 + random(100), start + 150 + random(150)];
    const events: Past['events'][number][] = [];
    const ends = random(3);
    if (random(3) === 0 && applied < 530) events.push({ kind: 'milestone', milestone: random(4) === 0 ? 'stage_1' : 'application', on: on(applied) });
    if (ends === 0 && ended < 530) events.push({ kind: 'milestone', milestone: 'approved', on: on(ended) });
    if (ends === 1 && ended < 530) {
      events.push({ kind: 'closed', on: on(ended), by: 'applicant', reason: random(2) === 0 ? 'financial' : 'changed_mind' });
      if (random(3) === 0 && ended < 500) events.push({ kind: 'reopened', at: `${on(ended + 20)}T10:00:00Z` });
      if (random(9) === 0 && ended < 490) events.push({ kind: 'closed', on: on(ended + 30), by: 'service', reason: 'duplicate' });
    }
    if (random(10) === 0) events.push({ kind: 'routed', at: `${on(start + 200)}T10:00:00Z`, authority: 'nottingham' });
    return { receivedAt: `${on(start)}T10:00:00Z`, dueAt: `${on(start + 1)}T16:00:00Z`, authority: random(2) === 0 ? 'derby' : 'derbyshire', recordedAt: `${on(start)}T10:00:00Z`, events };
  });
}

/** Puts much of history right at a moment: dates move, closes are taken back, and what was thought to be in hand had been closed before the year. */
async function correctMuch({ database: { owner } }: HubWorld, at: string): Promise<void> {
  const { rows: wrong } = await owner.query<{ id: string }>(`UPDATE journey_events SET superseded_at = $1, correction_reason = 'Typed wrong' WHERE id % 3 = 0 AND (kind = 'closed' OR milestone IN ('application', 'stage_1', 'approved')) RETURNING id`, [at]);
  expect(wrong.length).toBeGreaterThan(30);
  await owner.query(
    `INSERT INTO journey_events (journey_id, kind, milestone, happened_on, closed_by, closed_reason, recorded_at, recorded_by)
     SELECT journey_id, kind, milestone, happened_on - 45, closed_by, closed_reason, $1, 'test' FROM journey_events WHERE id = ANY ($2) AND id % 2 = 0`,
    [at, wrong.map(({ id }) => id)],
  );
  const { rows: late } = await owner.query<{ id: string }>(
    `INSERT INTO journey_events (journey_id, kind, happened_on, closed_by, closed_reason, recorded_at, recorded_by)
     SELECT j.id, 'closed', '2026-03-15', 'service', 'age', $1, 'test' FROM journeys j JOIN journey_standings s ON s.journey_id = j.id WHERE s.standing = 'open' AND s.last_on < '2026-03-01' RETURNING journey_id AS id`,
    [at],
  );
  expect(late.length).toBeGreaterThan(5);
  await owner.query(`UPDATE journeys SET status = 'closed', closed_on = '2026-03-15', closed_by = 'service', closed_reason = 'age' WHERE id = ANY ($1)`, [late.map(({ id }) => id)]);
}

describe('the year as Ofsted counts it', () => {
  let world: HubWorld;
  beforeAll(async () => {
    world = await createHubWorld('2026-11-18T10:00:00Z', [PublicationsModule]);
    await recordPasts(world.database.owner, pastsOfTwoYears());
  });
  afterAll(() => world.close());

  it('balances for all and for each authority, and ends a year with what the next begins with', async () => {
    const [last, now] = [await world.get(CountOfstedYear).run(system('test'), localDate('2026-03-01')), await world.get(CountOfstedYear).run(system('test'), localDate('2026-11-18'))];
    if (!last.ok || !now.ok) throw new Error('refused');
    for (const year of [last.value, now.value]) {
      expect(Object.keys(year.columns)).toEqual(['total', 'derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'unrouted']);
      for (const column of Object.values(year.columns)) for (const which of ['enquiries', 'applications'] as const) expect(reconciliation(column[which])).toMatchObject({ balances: true });
    }
    for (const scope of Object.keys(now.value.columns)) for (const which of ['enquiries', 'applications'] as const) expect(now.value.columns[scope]![which].opening).toBe(last.value.columns[scope]![which].closing);
    expect(now.value.columns.total!.enquiries.opening).toBeGreaterThan(20);
    expect(now.value.columns.total!.applications.opening).toBeGreaterThan(5);
  });

  it('approves the same households as the report, and says of places what is known: here nothing', async () => {
    const now = await world.get(CountOfstedYear).run(system('test'), localDate('2026-11-18'));
    const report = await world.get(ComputeKpiReport).run(system('test'), YEAR);
    if (!now.ok || !report.ok) throw new Error('refused');
    const approvals = report.value.report.total.turnaround.approvals;
    expect(approvals).toBeGreaterThan(10);
    expect(now.value.columns.total!.applications.out.approved).toBe(approvals);
    expect(now.value.columns.total!.approvals).toEqual({ households: approvals, withTerms: 0, places: 0 });
    expect(now.value.columns.derby!.approvals.households).toBe(report.value.report.byAuthority.derby!.turnaround.approvals);
    expect(await world.get(CountOfstedYear).run(system('test'), localDate('2028-04-01'))).toEqual({ ok: false, refusal: 'not_begun' });
  });

  it('is counted for a council by its analyst as it is for the hub', async () => {
    const analyst = await makeStaffActor(world.database, 'analyst', 'derby');
    const [own, all] = [await world.get(CountOfstedYear).run(analyst, localDate('2026-11-18')), await world.get(CountOfstedYear).run(system('test'), localDate('2026-11-18'))];
    if (!own.ok || !all.ok) throw new Error('refused');
    expect(Object.keys(own.value.columns)).toEqual(['total']);
    expect(own.value.columns.total).toEqual(all.value.columns.derby);
  });

  it('is the same for ever, to the last figure, when it is asked as it was known at a moment', async () => {
    const years = [localDate('2026-03-01'), localDate('2026-11-18')];
    const count = (year: (typeof years)[number], knownAt: Date | null = null) => world.get(CountOfstedYear).run(system('test'), year, knownAt);
    const sentAt = world.clock.now();
    const sent = await Promise.all(years.map((year) => count(year)));
    world.clock.set(new Date('2026-12-10T10:00:00Z'));
    await correctMuch(world, '2026-12-01T09:00:00Z');
    for (const [index, year] of years.entries()) {
      const [before, now, then] = [sent[index]!, await count(year), await count(year, sentAt)];
      if (!before.ok || !now.ok || !then.ok) throw new Error('refused');
      expect(now.value.columns).not.toEqual(before.value.columns);
      expect(then.value.columns).toEqual(before.value.columns);
      expect([then.value.asAt, then.value.knownAt]).toEqual([before.value.asAt, sentAt]);
      for (const { columns } of [now.value, then.value]) for (const column of Object.values(columns)) for (const which of ['enquiries', 'applications'] as const) expect(reconciliation(column[which])).toMatchObject({ balances: true });
    }
    expect(await count(years[1]!, new Date('2026-12-10T10:00:01Z'))).toEqual({ ok: false, refusal: 'known_at_in_the_future' });
    expect(await count(years[1]!, new Date('2026-03-31T10:00:00Z'))).toEqual({ ok: false, refusal: 'not_begun_when_known' });
    world.clock.set(sentAt);
  });
});

describe('what leaves the hub', () => {
  let world: HubWorld;
  beforeAll(async () => {
    world = await createHubWorld('2026-11-18T10:00:00Z', [PublicationsModule]);
    await knowPostcode(world.database, 'DE1 3AE', 'E06000015');
    for (let family = 0; family < 7; family += 1) await world.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ postcode: 'DE1 3AE', message: '=HYPERLINK("http://example.org")' }));
    await world.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ askedForAuthority: 'nottingham', source: 'My sister Ruth Example' }));
    world.clock.set(new Date('2026-12-02T10:00:00Z'));
  });
  afterAll(() => world.close());

  const take = async (role: 'analyst' | 'team_manager' | 'social_worker', authority: 'derby' | null, more: Partial<ExportRequest> = {}) => {
    const actor = await makeStaffActor(world.database, role, authority);
    return world.get(ExportFigures).run(actor, { subject: { what: 'rows', period: OVER }, format: 'csv', readership: 'inside', reason: 'For the board in December', ...more });
  };

  it('has rows without names, days, full postcodes or references, and a word for each column', async () => {
    const file = await take('analyst', null);
    if (!file.ok) throw new Error(file.refusal);
    const text = file.value.content.toString('utf8');
    const [head, ...lines] = text.trim().split('\r\n');
    expect(head).toBe(`${EXTRACT_COLUMNS.map(({ name }) => name).join(',')},definitions,extracted_at`);
    expect(lines).toHaveLength(8);
    expect(text).not.toMatch(/Robin|Example|@|DE1 3AE|FEM-|\+44|HYPERLINK|Ruth/);
    expect(text.replaceAll('2026-12-02T10:00:00Z', '')).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(lines.filter((line) => /^\d+,derby,DE1,web,a friend,yes,2026-11,/.test(line))).toHaveLength(7);
    expect(lines.filter((line) => /^\d+,nottingham,,web,other,yes,/.test(line))).toHaveLength(1);
    for (const { meaning } of EXTRACT_COLUMNS) expect(meaning).toMatch(/\.$/);
    const workbook = await take('analyst', null, { format: 'ods' });
    expect(workbook.ok && workbook.value.name).toBe('rows-2026-04-01-to-2026-11-30.ods');
  });

  it('is cut down to the councils in reach, refused to whoever may not, and never without a reason', async () => {
    const own = await take('analyst', 'derby');
    expect(own.ok && own.value.content.toString('utf8').trim().split('\r\n')).toHaveLength(8);
    expect(await take('team_manager', 'derby')).toEqual({ ok: false, refusal: 'not_allowed' });
    expect(await take('social_worker', 'derby', { subject: { what: 'kpi', question: YEAR } })).toEqual({ ok: false, refusal: 'not_allowed' });
    expect(await take('analyst', null, { reason: '  ' })).toEqual({ ok: false, refusal: 'no_reason' });
    expect(await take('analyst', null, { subject: { what: 'rows', period: { ...OVER, to: localDate('2026-12-31') } } })).toEqual({ ok: false, refusal: 'month_in_progress' });
    expect(await take('analyst', null, { readership: 'publication' })).toEqual({ ok: false, refusal: 'format_not_offered' });
  });

  it('is written into the trail with its reason, before it goes', async () => {
    await world.database.owner.query('ALTER TABLE audit_entries DISABLE TRIGGER USER');
    await world.database.owner.query('DELETE FROM audit_entries');
    const file = await take('team_manager', 'derby', { subject: { what: 'kpi', question: YEAR }, format: 'xlsx', readership: 'publication', reason: 'Annual statement' });
    expect(file).toMatchObject({ ok: true, value: { name: 'kpi-derby-2026-04-01-to-2027-03-31-as-at-2026-12-02-for-publication.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } });
    const { rows } = await world.database.owner.query<{ authority: string; detail: object }>(`SELECT authority, detail FROM audit_entries WHERE action = 'report.export'`);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.detail).toMatchObject({ reason: 'Annual statement', readership: 'publication', format: 'xlsx', from: '2026-04-01', asAt: '2026-12-02', authorities: ['derby'] });
    expect(rows[0]!.authority).toBe('derby');
  });
});

describe('what is wrong with the records', () => {
  let world: HubWorld;
  const now = new Date('2026-11-18T10:00:00Z');
  beforeAll(async () => {
    world = await createHubWorld('2026-11-03T10:00:00Z', [PublicationsModule]);
    const [one, two] = [anEnquiry(), anEnquiry({ askedForAuthority: 'nottingham' })];
    await world.get(ReceiveEnquiry).run({ kind: 'public' }, one);
    await world.get(ReceiveEnquiry).run({ kind: 'public' }, { ...two, applicants: [{ ...two.applicants[0]!, phone: one.applicants[0]!.phone }] });
    await world.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ askedForAuthority: null }));
    const other = await world.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry());
    const manager = await makeStaffActor(world.database, 'hub_manager');
    const reference = (other as { value?: { reference: string }; reference?: string }).value?.reference ?? (other as unknown as { reference: string }).reference;
    const { rows } = await world.database.owner.query<{ id: string; version: number }>('SELECT id, version FROM journeys WHERE reference = $1', [reference]);
    await world.get(CloseJourney).run(manager, { journeyId: rows[0]!.id, version: rows[0]!.version, on: localDate('2026-11-03'), by: 'applicant', reason: 'other', note: '' });
    await world.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ askedForAuthority: 'derbyshire' }));
    await world.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ askedForAuthority: 'derbyshire' }));
    await world.database.owner.query(`UPDATE journeys SET initial_application_on = '2026-11-03', stage = 'initial_application' WHERE authority = 'derbyshire'`);
    await world.database.owner.query(`UPDATE journeys SET first_response_at = '2026-11-05T10:00:00Z' WHERE id = (SELECT min(id::text)::uuid FROM journeys WHERE authority = 'derbyshire')`);
    await world.database.owner.query(`UPDATE applicants SET email = NULL, phone = NULL WHERE household_id = (SELECT household_id FROM journeys WHERE authority = 'unrouted')`);
    world.clock.set(now);
  });
  afterAll(() => world.close());

  it('is found by kind, council and owner', async () => {
    const counts = await world.database.transactions.read(system('test'), (tx) => faultCounts(tx, now, ['derby', 'derbyshire', 'nottingham', 'unrouted']));
    expect(counts.map(({ fault, authority, count }) => `${fault} ${authority} ${String(count)}`).sort()).toEqual([
      'closed_without_reason derby 1', 'dates_out_of_order derbyshire 1', 'no_contact_details unrouted 1', 'no_first_response derbyshire 1',
      'suspected_duplicate derby 1', 'suspected_duplicate nottingham 1', 'unrouted_over_a_week unrouted 1',
    ]);
    const early = await world.database.transactions.read(system('test'), (tx) => faultCounts(tx, new Date('2026-11-10T09:00:00Z'), ['unrouted']));
    expect(early.map(({ fault }) => fault)).toEqual(['no_contact_details']);
  });

  it('suspects nobody who was told apart, until a third shares the same', async () => {
    const manager = await makeStaffActor(world.database, 'hub_manager');
    const suspected = () => world.database.transactions.read(manager, (tx) => recordFaults(tx, now, { fault: 'suspected_duplicate', authority: null }, 100));
    const [first, second] = (await suspected()).map(({ reference }) => reference);
    const idOf = async (reference: string) => (await world.database.owner.query<{ id: string }>('SELECT id FROM journeys WHERE reference = $1', [reference])).rows[0]!.id;
    await world.get(TellApart).run(manager, { journeyId: await idOf(first!), otherId: await idOf(second!) });
    expect(await suspected()).toEqual([]);

    const { rows: [third] } = await world.database.owner.query<{ id: string; reference: string; household: string }>(`SELECT id, reference, household_id AS household FROM journeys WHERE authority = 'derbyshire' LIMIT 1`);
    const { rows: [same] } = await world.database.owner.query<{ phone: string; email: string }>('SELECT phone, email FROM applicants WHERE household_id = (SELECT household_id FROM journeys WHERE reference = $1)', [first]);
    const { rows: [own] } = await world.database.owner.query<{ phone: string; email: string }>('SELECT phone, email FROM applicants WHERE household_id = $1', [third!.household]);
    const reachedBy = ({ phone, email }: { phone: string; email: string }) => world.database.owner.query('UPDATE applicants SET phone = $2, email = $3 WHERE household_id = $1', [third!.household, phone, email]);
    await reachedBy(same!);
    expect((await suspected()).map(({ reference, sharedWith }) => [reference, [...sharedWith].sort()]).sort()).toEqual([[first, [third!.reference]], [second, [third!.reference]], [third!.reference, [first, second].sort()]].sort());
    await reachedBy(own!);
    await world.database.owner.query('DELETE FROM households_told_apart');
  });

  it('leads to the families, for whoever sees them, and to nobody for an analyst', async () => {
    const [manager, worker, analyst] = [await makeStaffActor(world.database, 'hub_manager'), await makeStaffActor(world.database, 'team_manager', 'derby'), await makeStaffActor(world.database, 'analyst')];
    const faultsOf = (actor: typeof manager) => world.database.transactions.read(actor, (tx) => recordFaults(tx, now, { fault: null, authority: null }, 100));
    expect(await faultsOf(manager)).toHaveLength(7);
    expect((await faultsOf(manager)).filter(({ fault, sharedWith }) => fault === 'suspected_duplicate' && sharedWith.length === 1)).toHaveLength(2);
    const own = await faultsOf(worker);
    expect(own.map(({ fault }) => fault)).toEqual(['closed_without_reason']);
    expect(await faultsOf(analyst)).toEqual([]);
  });

  it('leads whoever looks after families to those of their own', async () => {
    const officer = await makeStaffActor(world.database, 'recruitment_officer');
    const faultsOf = () => world.database.transactions.read(officer, (tx) => recordFaults(tx, now, { fault: null, authority: null, ownerId: officer.staffId }, 100));
    expect(await faultsOf()).toEqual([]);
    await world.database.owner.query(`UPDATE journeys SET officer_id = $1 WHERE authority IN ('unrouted', 'nottingham')`, [officer.staffId]);
    expect((await faultsOf()).map(({ fault, authority }) => `${fault} ${authority}`)).toEqual(['unrouted_over_a_week unrouted', 'suspected_duplicate nottingham', 'no_contact_details unrouted']);
  });
});
