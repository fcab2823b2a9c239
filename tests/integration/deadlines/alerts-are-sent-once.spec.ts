import { system } from '@app/database';
import { alertsToSend, meetClock, pauseClocks, resumeClocks, SendAlert, stopClocks, withdrawMeeting } from '@app/deadlines';
import { localDate, momentAt, MovableClock } from '@app/kernel';
import { makeStaff } from '../../support/staff';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { makeWaitingFamily, type WaitingFamily } from '../../support/waiting-family';

const at = (on: string, hour: number): Date => momentAt(localDate(on), hour * 60);
/** Monday 10:00: due on Tuesday at 17:00. */
const ENQUIRED = at('2026-11-16', 10);
const WARNING = at('2026-11-17', 13);
const DUE = at('2026-11-17', 17);
const ESCALATION = at('2026-11-18', 17);
const LATER = at('2026-12-01', 12);

describe('the alerts of a first response', () => {
  let database: TestDatabase;
  let clock: MovableClock;
  let sendAlert: SendAlert;

  beforeAll(async () => {
    database = await createTestDatabase(8);
    clock = new MovableClock(ENQUIRED);
    sendAlert = new SendAlert(database.transactions, clock, { publicUrl: 'https://hub.example.org' });
  });
  afterAll(() => database.drop());
  beforeEach(() => { clock.set(ENQUIRED); });

  const due = (): Promise<readonly { id: string; dueAt: Date }[]> => database.transactions.read(system('test'), (tx) => alertsToSend(tx, clock.now(), 1000));
  const change = (work: Parameters<typeof database.transactions.run<unknown>>[1]): Promise<unknown> => database.transactions.run(system('test'), work);
  const mailAbout = async (family: WaitingFamily): Promise<readonly { kind: string; to: string; subject: string; body: string; demonstration: boolean }[]> =>
    (await database.owner.query(`SELECT kind, to_address AS "to", subject, body, demonstration FROM emails WHERE journey_id = $1 ORDER BY created_at, kind, to_address`, [family.journeyId])).rows;
  const kindsAbout = async (family: WaitingFamily): Promise<readonly string[]> => (await mailAbout(family)).map(({ kind }) => kind);
  const sendAllDue = async (): Promise<void> => { for (const { id } of await due()) await sendAlert.run(id); };
  const alertOf = async (family: WaitingFamily, rung: string): Promise<string> => (await database.owner.query<{ id: string }>('SELECT id FROM alerts WHERE journey_id = $1 AND rung = $2', [family.journeyId, rung])).rows[0]!.id;

  it('come four working hours before, at the due time, and a working day later', async () => {
    const officer = await makeStaff(database, 'recruitment_officer');
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED, officerId: officer.staffId });
    await makeStaff(database, 'team_manager', 'derby');
    await makeStaff(database, 'hub_manager');
    expect(family.dueAt).toEqual(DUE);
    const seen: string[][] = [];
    for (const moment of [new Date(WARNING.getTime() - 1), WARNING, new Date(DUE.getTime() - 1), DUE, new Date(ESCALATION.getTime() - 1), ESCALATION, LATER]) {
      clock.set(moment);
      await sendAllDue();
      seen.push([...(await kindsAbout(family))]);
    }
    const toOfficer = ['alert_warning'];
    const toOfficerAndManager = ['alert_warning', 'alert_breach', 'alert_breach'];
    expect(seen).toEqual([[], toOfficer, toOfficer, toOfficerAndManager, toOfficerAndManager, [...toOfficerAndManager, 'alert_escalation'], [...toOfficerAndManager, 'alert_escalation']]);
  });

  it('reach the assigned officer, then the team manager of the authority too, then the hub manager', async () => {
    await database.owner.query(`UPDATE staff SET state = 'left', left_at = now()`);
    const officer = await makeStaff(database, 'recruitment_officer');
    const colleague = await makeStaff(database, 'recruitment_officer', 'nottingham');
    const manager = await makeStaff(database, 'team_manager', 'nottingham');
    await makeStaff(database, 'team_manager', 'derby');
    const hubManager = await makeStaff(database, 'hub_manager');
    const assigned = await makeWaitingFamily(database, { receivedAt: ENQUIRED, authority: 'nottingham', officerId: officer.staffId });
    const nobodys = await makeWaitingFamily(database, { receivedAt: ENQUIRED, authority: 'nottingham' });
    const unrouted = await makeWaitingFamily(database, { receivedAt: ENQUIRED, authority: 'unrouted' });
    clock.set(ESCALATION);
    await sendAllDue();
    const toldOf = async (family: WaitingFamily, kind: string): Promise<readonly string[]> => (await mailAbout(family)).filter((mail) => mail.kind === kind).map(({ to }) => to).sort();
    expect(await toldOf(assigned, 'alert_warning')).toEqual([officer.email]);
    expect(await toldOf(assigned, 'alert_breach')).toEqual([officer.email, manager.email].sort());
    expect(await toldOf(assigned, 'alert_escalation')).toEqual([hubManager.email]);
    expect(await toldOf(nobodys, 'alert_warning')).toEqual([officer.email, colleague.email].sort());
    expect(await toldOf(unrouted, 'alert_warning')).toEqual([officer.email]);
    expect(await toldOf(unrouted, 'alert_breach')).toEqual([officer.email, hubManager.email].sort());
  });

  it('go to the other officers when the assigned one has left, and to the hub manager when there are none', async () => {
    await database.owner.query(`UPDATE staff SET state = 'left', left_at = now()`);
    const hubManager = await makeStaff(database, 'hub_manager');
    const gone = await makeStaff(database, 'recruitment_officer');
    await database.owner.query(`UPDATE staff SET state = 'left', left_at = now() WHERE id = $1`, [gone.staffId]);
    const revoked = await makeStaff(database, 'recruitment_officer');
    await database.owner.query(`UPDATE staff_roles SET revoked_at = now(), revoked_by = 'test' WHERE staff_id = $1`, [revoked.staffId]);
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED, officerId: gone.staffId });
    clock.set(WARNING);
    await sendAllDue();
    expect((await mailAbout(family)).map(({ to }) => to)).toEqual([hubManager.email]);
  });

  it('carry the reference and the link, and nobody\'s name', async () => {
    const officer = await makeStaff(database, 'recruitment_officer');
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED, officerId: officer.staffId });
    clock.set(ESCALATION);
    await sendAllDue();
    const mail = await mailAbout(family);
    expect(mail.length).toBeGreaterThanOrEqual(3);
    for (const { subject, body } of mail) {
      expect(subject).toContain(family.reference);
      expect(body).toContain(`https://hub.example.org/staff/families/${family.reference}\n`);
      expect(body).toContain('Tuesday 17 November 2026 at 5pm');
      expect(subject + body).not.toContain(family.name);
    }
  });

  it('are sent once by eight workers that want to at the same moment', async () => {
    const officer = await makeStaff(database, 'recruitment_officer');
    clock.set(WARNING);
    for (let round = 0; round < 6; round += 1) {
      const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED, officerId: officer.staffId });
      const id = await alertOf(family, 'warning');
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => sendAlert.run(id)));
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await kindsAbout(family)).toEqual(['alert_warning']);
    }
  });

  it('are not sent before their time, whoever asks', async () => {
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED });
    clock.set(new Date(WARNING.getTime() - 1));
    expect(await sendAlert.run(await alertOf(family, 'warning'))).toEqual({ ok: false, refusal: 'not_due' });
    expect(await kindsAbout(family)).toEqual([]);
  });

  it('fall silent when somebody answers, and speak again when that is taken back', async () => {
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED });
    await change((tx) => meetClock(tx, family.journeyId, 'first_response', at('2026-11-16', 12), 120));
    clock.set(ESCALATION);
    await sendAllDue();
    expect(await sendAlert.run(await alertOf(family, 'warning'))).toMatchObject({ ok: false });
    expect(await kindsAbout(family)).toEqual([]);
    await change((tx) => withdrawMeeting(tx, family.journeyId, 'first_response'));
    await sendAllDue();
    expect(new Set(await kindsAbout(family))).toEqual(new Set(['alert_warning', 'alert_breach', 'alert_escalation']));
  });

  it('wait while the journey is on hold, and come afterwards when nobody has answered yet', async () => {
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED });
    await change((tx) => pauseClocks(tx, family.journeyId));
    clock.set(DUE);
    await sendAllDue();
    expect(await sendAlert.run(await alertOf(family, 'warning'))).toMatchObject({ ok: false });
    expect(await kindsAbout(family)).toEqual([]);
    await change((tx) => resumeClocks(tx, family.journeyId));
    await sendAllDue();
    expect(new Set(await kindsAbout(family))).toEqual(new Set(['alert_warning', 'alert_breach']));
  });

  it('end with the journey, and begin again when it is reopened', async () => {
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED });
    clock.set(WARNING);
    await sendAllDue();
    const warned = await kindsAbout(family);
    await change((tx) => stopClocks(tx, family.journeyId, clock.now()));
    clock.set(ESCALATION);
    await sendAllDue();
    expect(await kindsAbout(family)).toEqual(warned);
    expect((await database.owner.query(`SELECT DISTINCT state, why_cancelled AS why FROM alerts WHERE journey_id = $1 AND rung <> 'warning'`, [family.journeyId])).rows).toEqual([{ state: 'cancelled', why: 'stopped' }]);
    await change((tx) => resumeClocks(tx, family.journeyId));
    await sendAllDue();
    const kinds = await kindsAbout(family);
    expect(kinds.filter((kind) => kind === 'alert_warning')).toEqual(warned);
    expect(kinds).toContain('alert_breach');
    expect(kinds).toContain('alert_escalation');
  });

  it('are not sent for a journey that is on hold or closed, even where its clock was forgotten', async () => {
    const [held, closed] = [await makeWaitingFamily(database, { receivedAt: ENQUIRED }), await makeWaitingFamily(database, { receivedAt: ENQUIRED })];
    await database.owner.query(`UPDATE journeys SET status = 'on_hold', held_on = '2026-11-16', hold_until = '2026-12-16' WHERE id = $1`, [held.journeyId]);
    await database.owner.query(`UPDATE journeys SET status = 'closed', closed_on = '2026-11-16', closed_by = 'applicant', closed_reason = 'not_now' WHERE id = $1`, [closed.journeyId]);
    clock.set(ESCALATION);
    for (const family of [held, closed]) {
      expect(await sendAlert.run(await alertOf(family, 'breach'))).toMatchObject({ ok: false });
      expect(await kindsAbout(family)).toEqual([]);
    }
  });

  it('are never sent for deadlines that had passed before an import', async () => {
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED, noAlertsBefore: at('2026-11-17', 15) });
    clock.set(DUE);
    await sendAllDue();
    expect(new Set(await kindsAbout(family))).toEqual(new Set(['alert_breach']));
    const warning = await database.owner.query('SELECT state, why_cancelled FROM alerts WHERE id = $1', [await alertOf(family, 'warning')]);
    expect(warning.rows).toEqual([{ state: 'cancelled', why_cancelled: 'passed_before_import' }]);
  });

  it('about a made-up family never reach a mail server', async () => {
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED, demonstration: true });
    clock.set(WARNING);
    await sendAllDue();
    expect((await mailAbout(family)).map(({ demonstration }) => demonstration)).not.toContain(false);
  });

  it('leave nothing behind when the mail cannot be written: the alert is still to be sent', async () => {
    const officer = await makeStaff(database, 'recruitment_officer');
    const family = await makeWaitingFamily(database, { receivedAt: ENQUIRED, officerId: officer.staffId });
    await database.owner.query(`ALTER TABLE emails ADD CONSTRAINT no_mail CHECK (journey_id <> '${family.journeyId}') NOT VALID`);
    clock.set(WARNING);
    const id = await alertOf(family, 'warning');
    await expect(sendAlert.run(id)).rejects.toThrow('no_mail');
    await database.owner.query('ALTER TABLE emails DROP CONSTRAINT no_mail');
    expect(await sendAlert.run(id)).toEqual({ ok: true, value: { told: 1 } });
  });
});
