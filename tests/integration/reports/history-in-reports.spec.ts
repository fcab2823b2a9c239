import { type Actor, system } from '@app/database';
import { localDate, MovableClock } from '@app/kernel';
import { ComputeKpiReport, daysOnHold, KeepNightlyReport, keptReports, type KpiBlock, type KpiQuestion } from '@app/reports';
import { type Past, type PastEvent, recordPasts } from '../../support/recorded-history';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const YEAR = { from: localDate('2025-04-01'), to: localDate('2026-03-31') };
const NOW = new Date('2026-11-21T16:30:40Z');

/** A journey received on Monday 5 May 2025 (a bank holiday), answered on the Tuesday, and what else befell it. */
function past(...events: PastEvent[]): Past {
  return {
    receivedAt: '2025-05-05T10:00:00+01:00',
    dueAt: '2025-05-07T17:00:00+01:00',
    authority: 'derby',
    recordedAt: '2025-05-05T10:00:00+01:00',
    events: events.map((event) => ({ ...event, recordedAt: event.recordedAt ?? event.at ?? `${event.on ?? ''}T12:00:00Z` })),
  };
}
const answered = (at: string, workingMinutes: number): PastEvent => ({ kind: 'first_response', at, dueAt: '2025-05-07T17:00:00+01:00', workingMinutes });
const milestone = (name: string, on: string, more: Partial<PastEvent> = {}): PastEvent => ({ kind: 'milestone', milestone: name, on, ...more });
const closed = (on: string, by = 'service', reason = 'no_spare_room'): PastEvent => ({ kind: 'closed', on, by, reason });

describe('what has happened to a journey, in the report', () => {
  let database: TestDatabase;
  const clock = new MovableClock(NOW);

  beforeEach(async () => {
    database = await createTestDatabase();
    clock.set(NOW);
  });
  afterEach(() => database.drop());

  const report = async (question: Partial<KpiQuestion> = {}, actor: Actor = system('test')) => {
    const computed = await new ComputeKpiReport(database.transactions, clock).run(actor, { ...YEAR, ...question });
    if (!computed.ok) throw new Error(computed.refusal);
    return computed.value.report;
  };
  const asAt = async (date: string, more: Partial<KpiQuestion> = {}): Promise<KpiBlock> => (await report({ asAt: localDate(date), ...more })).total;

  it('counts a journey from the date of its enquiry on', async () => {
    await recordPasts(database.owner, [past()]);
    expect(await asAt('2025-05-04')).toMatchObject({ contacts: 0, enquiries: 0 });
    expect(await asAt('2025-05-05')).toMatchObject({ contacts: 1, enquiries: 1, openNow: { total: 1, byStage: { enquiry: 1 } } });
  });

  it('counts a first response as missed once its due time has passed, not before, and forgets nothing when it comes late', async () => {
    await recordPasts(database.owner, [past(answered('2025-05-08T09:30:00+01:00', 990))]);
    expect((await asAt('2025-05-06')).firstResponse).toMatchObject({ counted: 0, rate: null });
    expect((await asAt('2025-05-07')).firstResponse).toMatchObject({ counted: 1, withinStandard: 0, medianWorkingHours: null });
    expect((await asAt('2025-05-08')).firstResponse).toMatchObject({ counted: 1, withinStandard: 0, medianWorkingHours: 16.5 });
  });

  it('takes an answer in the due minute as in time, and the due minute itself as not yet missed', async () => {
    await recordPasts(database.owner, [past(answered('2025-05-07T17:00:59+01:00', 960))]);
    clock.set(new Date('2025-05-07T16:00:30Z'));
    expect((await asAt('2025-05-07')).firstResponse).toMatchObject({ counted: 1, withinStandard: 1 });
    await recordPasts(database.owner, [past()]);
    expect((await asAt('2025-05-07')).firstResponse).toMatchObject({ counted: 1 });
    clock.set(new Date('2025-05-07T16:01:00Z'));
    expect((await asAt('2025-05-07')).firstResponse).toMatchObject({ counted: 2, withinStandard: 1 });
  });

  it('does not take a close for an answer', async () => {
    await recordPasts(database.owner, [past(closed('2025-05-06'))]);
    expect((await asAt('2025-05-07')).firstResponse).toMatchObject({ counted: 1, withinStandard: 0, rate: 0 });
  });

  it('shows a reopened journey closed before and open after, with its furthest milestone kept', async () => {
    await recordPasts(database.owner, [past(milestone('home_visit', '2025-06-02'), closed('2025-07-01'), { kind: 'reopened', at: '2025-08-01T10:00:00Z' }, closed('2025-09-01', 'applicant', 'other'))]);
    expect((await asAt('2025-06-30')).openNow).toMatchObject({ total: 1, byStage: { home_visit: 1 } });
    expect((await asAt('2025-07-31')).dropOut).toMatchObject({ closed: 1, byStage: { home_visit: 1 }, byReason: { no_spare_room: 1 } });
    expect(await asAt('2025-08-01')).toMatchObject({ dropOut: { closed: 0 }, openNow: { total: 1, byStage: { home_visit: 1 } } });
    expect((await asAt('2025-09-01')).dropOut).toMatchObject({ closed: 1, byWho: { applicant: 1, service: 0 }, byReason: { other: 1 } });
  });

  it('counts an approval after a reopening as an approval only', async () => {
    await recordPasts(database.owner, [past(closed('2025-06-01'), { kind: 'reopened', at: '2025-06-10T10:00:00Z' }, milestone('approved', '2025-11-05'))]);
    const block = await asAt('2026-01-01');
    expect(block).toMatchObject({ dropOut: { closed: 0 }, conversion: { cohort: { approved: 1 } }, turnaround: { approvals: 1, medianDays: 184, withinSixMonths: 1 } });
    expect(block.processing).toMatchObject({ approvals: 0, medianDays: null, rate: null });
  });

  it('excludes duplicates, what was no enquiry, and kinship, from the day on, and keeps their contacts', async () => {
    await recordPasts(database.owner, [
      past(closed('2025-06-01', 'service', 'duplicate')),
      past(closed('2025-06-01', 'service', 'not_an_enquiry')),
      past(closed('2025-06-01', 'service', 'kinship')),
      past({ kind: 'kinship_marked', at: '2025-06-01T10:00:00Z' }, milestone('approved', '2025-10-01')),
    ]);
    expect(await asAt('2025-05-31')).toMatchObject({ contacts: 4, enquiries: 4, excluded: { duplicate: 0, not_an_enquiry: 0, kinship: 0 } });
    const after = await asAt('2026-01-01');
    expect(after).toMatchObject({ contacts: 4, enquiries: 0, excluded: { duplicate: 1, not_an_enquiry: 1, kinship: 2 } });
    expect([after.firstResponse.counted, after.dropOut.closed, after.openNow.total, after.turnaround.approvals, after.conversion.period.approvals]).toEqual([0, 0, 0, 0, 0]);
  });

  it('counts a journey again when the mark of kinship is taken off, and when a duplicate is reopened', async () => {
    await recordPasts(database.owner, [
      past({ kind: 'kinship_marked', at: '2025-06-01T10:00:00Z' }, { kind: 'kinship_cleared', at: '2025-07-01T10:00:00Z' }),
      past(closed('2025-06-01', 'service', 'duplicate'), { kind: 'reopened', at: '2025-07-01T10:00:00Z' }),
    ]);
    expect(await asAt('2025-06-15')).toMatchObject({ enquiries: 0, excluded: { duplicate: 1, kinship: 1 } });
    expect(await asAt('2025-07-01')).toMatchObject({ enquiries: 2, excluded: { duplicate: 0, kinship: 0 }, openNow: { total: 2 } });
  });

  it('counts a journey under the authority that it had at the cut', async () => {
    await recordPasts(database.owner, [past({ kind: 'routed', at: '2025-06-01T10:00:00Z', authority: 'nottingham' })]);
    const before = await report({ asAt: localDate('2025-05-31') });
    const after = await report({ asAt: localDate('2025-06-01') });
    expect([before.byAuthority.derby!.enquiries, before.byAuthority.nottingham!.enquiries]).toEqual([1, 0]);
    expect([after.byAuthority.derby!.enquiries, after.byAuthority.nottingham!.enquiries, after.byAuthority.nottingham!.contacts]).toEqual([0, 1, 1]);
    expect((await report({ asAt: localDate('2025-06-01'), authority: 'nottingham' })).total).toEqual(after.byAuthority.nottingham);
  });

  it('keeps what was known before a correction, and shows what is known since', async () => {
    const correctedAt = '2025-12-01T10:00:00Z';
    await recordPasts(database.owner, [
      past(milestone('approved', '2025-11-20', { recordedAt: '2025-11-20T09:00:00Z', supersededAt: correctedAt }), milestone('approved', '2025-10-10', { recordedAt: correctedAt })),
    ]);
    expect((await asAt('2025-12-31')).turnaround).toMatchObject({ medianDays: 158, withinSixMonths: 1 });
    expect((await asAt('2025-12-31', { knownAt: new Date('2025-12-01T09:59:59Z') })).turnaround).toMatchObject({ medianDays: 199, withinSixMonths: 0 });
    expect((await asAt('2025-12-31', { knownAt: new Date(correctedAt) })).turnaround).toMatchObject({ medianDays: 158, withinSixMonths: 1 });
    expect((await asAt('2025-12-31', { knownAt: new Date('2025-11-19T00:00:00Z') })).turnaround).toMatchObject({ approvals: 0 });
  });

  it('gives the same figures later for the same as-at and known-at, in the middle of a day too', async () => {
    await recordPasts(database.owner, [past()]);
    const inTheMiddle = new Date('2025-05-07T15:00:00Z');
    clock.set(inTheMiddle);
    const then = await asAt('2025-05-07');
    await recordPasts(database.owner, [{ ...past(), recordedAt: '2025-05-07T15:30:00Z' }]);
    clock.set(NOW);
    expect(await asAt('2025-05-07', { knownAt: inTheMiddle })).toEqual(then);
    expect((await asAt('2025-05-07')).firstResponse.counted).toBe(2);
  });

  it('counts contacts with an open journey by their own date, and one that was held aside from its own time on', async () => {
    const [journey] = await recordPasts(database.owner, [past()]);
    await database.owner.query(
      `INSERT INTO contacts (id, authority, journey_id, received_at, recorded_at, channel, reference, screening)
       VALUES (gen_random_uuid(), 'derby', $1, '2025-06-01T10:00:00Z', '2025-06-01T10:00:00Z', 'phone', 'second', 'clear'),
              (gen_random_uuid(), 'derby', NULL, '2025-06-02T10:00:00Z', '2025-06-02T10:00:00Z', 'web', 'held', 'held')`,
      [journey],
    );
    expect(await asAt('2025-12-31')).toMatchObject({ contacts: 2, enquiries: 1 });
    await database.owner.query(`UPDATE contacts SET journey_id = $1, screening = 'released', screened_at = '2025-06-05T10:00:00Z' WHERE reference = 'held'`, [journey]);
    expect(await asAt('2025-06-02')).toMatchObject({ contacts: 3, enquiries: 1 });
    expect(await asAt('2025-06-02', { knownAt: new Date('2025-06-04T10:00:00Z') })).toMatchObject({ contacts: 2 });
  });

  it('does not move the contacts of the past when a merge moves them to the journey that is kept', async () => {
    const [kept, other] = await recordPasts(database.owner, [past(), { ...past(closed('2025-09-01', 'service', 'duplicate')), authority: 'nottingham' }]);
    const before = await report({ asAt: localDate('2025-08-31') });
    await database.owner.query('UPDATE contacts SET journey_id = $1 WHERE journey_id = $2', [kept, other]);
    expect(await report({ asAt: localDate('2025-08-31') })).toEqual(before);
  });

  it('tells the days on hold beside the turnaround, without subtracting them', async () => {
    await recordPasts(database.owner, [
      past({ kind: 'held', at: '2025-06-01T10:00:00Z' }, { kind: 'resumed', at: '2025-06-21T10:00:00Z' }, { kind: 'held', at: '2025-08-01T10:00:00Z' }, closed('2025-08-06'), { kind: 'reopened', at: '2025-08-20T10:00:00Z' }, milestone('approved', '2025-11-05')),
      past(milestone('approved', '2025-11-05')),
    ]);
    const computed = await new ComputeKpiReport(database.transactions, clock).run(system('test'), YEAR);
    if (!computed.ok) throw new Error(computed.refusal);
    expect(daysOnHold(computed.value.facts.approvals)).toEqual({ households: 1, meanDays: 25 });
    expect(computed.value.report.total.turnaround).toMatchObject({ approvals: 2, medianDays: 184 });
  });

  it('is the same for each month as the report of that month', async () => {
    await recordPasts(database.owner, [past(milestone('approved', '2025-11-20')), { ...past(), receivedAt: '2025-06-30T23:30:00+01:00' }, past(closed('2025-05-20'))]);
    const compute = new ComputeKpiReport(database.transactions, clock);
    const computed = await compute.run(system('test'), { ...YEAR, asAt: localDate('2026-01-31') });
    if (!computed.ok) throw new Error(computed.refusal);
    expect(computed.value.months).toHaveLength(12);
    for (const { period, block } of computed.value.months) {
      expect(block).toEqual((await report({ ...period, asAt: localDate('2026-01-31') })).total);
    }
  });

  describe('for a member of staff of one council', () => {
    const manager: Actor = { kind: 'staff', staffId: 'b5f1b0f2-0000-7000-8000-000000000001', name: 'Test', people: ['derby'], figures: ['derby'], file: [], carers: [], constellations: [], readsAudit: false };

    it('shows their council only, with the same figures as to the hub, wherever the journeys have gone since', async () => {
      const [moved] = await recordPasts(database.owner, [past({ kind: 'routed', at: '2025-06-01T10:00:00Z', authority: 'nottingham' }), past()]);
      await database.owner.query(`UPDATE journeys SET authority = 'nottingham' WHERE id = $1`, [moved]);
      const question = { asAt: localDate('2025-05-31') };
      const seen = await report(question, manager);
      expect(Object.keys(seen.byAuthority)).toEqual(['derby']);
      expect(seen.total).toEqual((await report(question)).byAuthority.derby);
      expect(seen.total.enquiries).toBe(2);
    });

    it('refuses the others like ones that there are not', async () => {
      const compute = new ComputeKpiReport(database.transactions, clock);
      for (const authority of ['nottingham', 'unrouted', 'leicester']) {
        expect(await compute.run(manager, { ...YEAR, authority })).toEqual({ ok: false, refusal: 'unknown_authority' });
      }
    });
  });

  it('is kept every night once, as at the day that has ended, and never changed', async () => {
    await recordPasts(database.owner, [past()]);
    clock.set(new Date('2025-06-10T01:30:00Z'));
    const keep = new KeepNightlyReport(database.transactions, new ComputeKpiReport(database.transactions, clock), clock);
    expect(await keep.run()).toEqual({ kept: true });
    expect(await keep.run()).toEqual({ kept: false });
    const kept = await database.transactions.read(system('test'), (tx) => keptReports(tx, YEAR, localDate('2025-04-01')));
    expect(kept.map(({ asAt: date, report: { total, asAt: inReport } }) => [date, inReport, total.enquiries])).toEqual([['2025-06-09', '2025-06-09', 1]]);
    await expect(database.owner.query('UPDATE kept_reports SET milliseconds = 0')).rejects.toThrow('append-only');
  });
});
