import { makeStaff, PASSWORD } from '../../support/staff';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';
import { makeWaitingFamily } from '../../support/waiting-family';

const STAFF = '/staff/administration/staff';

describe('staff and roles', () => {
  let app: TestApp;
  let administrator: TestBrowser & { staff: { staffId: string } };
  beforeAll(async () => {
    app = await createTestApp();
    administrator = await app.signedInAs('administrator');
  });
  afterAll(() => app.close());

  const rolesOf = async (staffId: string): Promise<string[]> =>
    (await app.database.owner.query<{ role: string; authority: string | null }>('SELECT role, authority FROM staff_roles WHERE staff_id = $1 AND revoked_at IS NULL ORDER BY role', [staffId])).rows.map(({ role, authority }) => `${role} ${authority ?? 'hub'}`);

  it('invites somebody with a first role, by mail', async () => {
    const answer = await administrator.post(`${STAFF}/invite`, { name: 'Alex Newcomer', email: 'Alex.Newcomer@example.org', role: 'social_worker', authority: 'derby' });
    expect(answer.status).toBe(303);
    const member = await administrator.get(answer.headers.location as string);
    expect(member.text).toContain('Alex Newcomer');
    expect(member.text).toContain('Social worker, Derby');
    expect(member.text).toContain('is on its way to');
    const mail = await app.database.owner.query<{ to_address: string; body: string }>(`SELECT to_address, body FROM emails WHERE kind = 'staff_invitation'`);
    expect(mail.rows[0]?.to_address).toBe('alex.newcomer@example.org');
    expect(mail.rows[0]?.body).toContain('/staff/set-password/');
    expect(member.text).not.toContain('/staff/set-password/');

    await administrator.post(`${answer.headers.location as string}/invite-again`);
    expect((await app.database.owner.query(`SELECT 1 FROM emails WHERE kind = 'staff_invitation'`)).rowCount).toBe(2);
    expect((await administrator.get(STAFF)).text).toMatch(/Alex Newcomer[\s\S]*Invited/);
  });

  it.each([
    [{ name: '', email: 'x@example.org', role: 'analyst', authority: 'hub' }, 'name', 'Enter the name'],
    [{ name: 'X', email: 'nonsense', role: 'analyst', authority: 'hub' }, 'email', 'Enter an email address'],
    [{ name: 'X', email: 'x@example.org', role: 'emperor', authority: 'hub' }, 'role', 'Choose a role'],
    [{ name: 'X', email: 'x@example.org', role: 'analyst', authority: '' }, 'authority', 'Choose the whole hub or an authority'],
    [{ name: 'X', email: 'x@example.org', role: 'social_worker', authority: 'hub' }, 'authority', 'Social worker is for one authority: say which'],
    [{ name: 'X', email: 'x@example.org', role: 'administrator', authority: 'derby' }, 'authority', 'Administrator is for the whole hub'],
    [{ name: 'X', email: 'x@example.org', role: 'analyst', authority: 'unrouted' }, 'authority', 'Choose the whole hub or an authority'],
  ])('says beside the field what is wrong: %j', async (fields, field, words) => {
    const answer = await administrator.post(`${STAFF}/invite`, fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`href="#${field}"`);
    expect(answer.text).toContain(words);
    if (fields.email !== '') expect(answer.text).toContain(`value="${fields.email}"`);
  });

  it('invites nobody twice', async () => {
    const known = await makeStaff(app.database, 'analyst');
    const answer = await administrator.post(`${STAFF}/invite`, { name: 'Somebody', email: known.email.toUpperCase(), role: 'analyst', authority: 'hub' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('has a sign-in already');
  });

  it('gives a role and takes it back; both count with the next click', async () => {
    const member = await app.signedInAs('analyst');
    const path = `${STAFF}/${member.staff.staffId}`;
    expect((await member.get(STAFF)).status).toBe(404);
    expect((await administrator.post(`${path}/roles`, { role: 'administrator', authority: 'hub' })).status).toBe(303);
    expect((await member.get(STAFF)).status).toBe(200);
    expect((await administrator.post(`${path}/roles`, { role: 'administrator', authority: 'hub' })).text).toContain('They hold this role already');

    const [held] = (await app.database.owner.query<{ id: string }>(`SELECT id FROM staff_roles WHERE staff_id = $1 AND role = 'administrator'`, [member.staff.staffId])).rows;
    expect((await administrator.post(`${path}/roles/${held?.id ?? ''}/take`)).status).toBe(303);
    expect((await member.get(STAFF)).status).toBe(404);
    expect(await rolesOf(member.staff.staffId)).toEqual(['analyst hub']);
    expect((await administrator.post(`${path}/roles/${held?.id ?? ''}/take`)).text).toContain('do not hold that role any more');
  });

  it('keeps the last administrator', async () => {
    const path = `${STAFF}/${administrator.staff.staffId}`;
    const [held] = (await app.database.owner.query<{ id: string }>(`SELECT id FROM staff_roles WHERE staff_id = $1`, [administrator.staff.staffId])).rows;
    for (const answer of [await administrator.post(`${path}/roles/${held?.id ?? ''}/take`), await administrator.post(`${path}/leave`, { to: 'nobody' })]) {
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('They are the last administrator');
    }
  });

  it('lets one of two administrators go who take each other’s role at the same moment', async () => {
    const [one, other] = [await app.signedInAs('administrator'), await app.signedInAs('administrator')];
    const roleId = async (staffId: string): Promise<string> => (await app.database.owner.query<{ id: string }>(`SELECT id FROM staff_roles WHERE staff_id = $1`, [staffId])).rows[0]?.id ?? '';
    const own = await roleId(administrator.staff.staffId);
    await app.database.owner.query(`UPDATE staff_roles SET revoked_at = now(), revoked_by = 'tests' WHERE id = $1`, [own]);
    const [ofOne, ofOther] = [await roleId(one.staff.staffId), await roleId(other.staff.staffId)];
    await Promise.all([one.get('/staff/help'), other.get('/staff/help')]);
    const answers = await Promise.all([one.post(`${STAFF}/${other.staff.staffId}/roles/${ofOther}/take`), other.post(`${STAFF}/${one.staff.staffId}/roles/${ofOne}/take`)]);
    const held = await app.database.owner.query(`SELECT 1 FROM staff_roles WHERE role = 'administrator' AND revoked_at IS NULL AND staff_id = ANY ($1)`, [[one.staff.staffId, other.staff.staffId]]);
    expect(held.rowCount).toBe(1);
    expect(answers.map(({ status }) => status).sort()[0]).toBe(303);
    await app.database.owner.query('UPDATE staff_roles SET revoked_at = NULL, revoked_by = NULL WHERE id = $1', [own]);
  });

  it('hands over the families of somebody who leaves, to whom may have them, and signs them out', async () => {
    const leaver = await app.signedInAs('recruitment_officer');
    const colleague = await makeStaff(app.database, 'social_worker', 'derby');
    const receivedAt = new Date('2026-11-17T10:00:00Z');
    const inDerby = await makeWaitingFamily(app.database, { receivedAt, officerId: leaver.staff.staffId });
    const inNottingham = await makeWaitingFamily(app.database, { receivedAt, authority: 'nottingham', officerId: leaver.staff.staffId });

    const path = `${STAFF}/${leaver.staff.staffId}`;
    expect((await administrator.get(`${path}/leave`)).text).toContain('2 open families are with them');
    expect((await administrator.post(`${path}/leave`, {})).text).toContain('Choose who takes over, or nobody');
    const left = await administrator.post(`${path}/leave`, { to: colleague.staffId });
    expect(left.status).toBe(303);
    expect((await administrator.get(path)).text).toMatch(/has left and is signed out everywhere\. 1 family is with the colleague; 1 family waits to be assigned/);

    const journeys = await app.database.owner.query<{ id: string; officer_id: string | null; version: number }>('SELECT id, officer_id, version FROM journeys WHERE id = ANY ($1)', [[inDerby.journeyId, inNottingham.journeyId]]);
    expect(new Map(journeys.rows.map(({ id, officer_id }) => [id, officer_id]))).toEqual(new Map([[inDerby.journeyId, colleague.staffId], [inNottingham.journeyId, null]]));
    const history = await app.database.owner.query<{ kind: string; recorded_by: string }>('SELECT kind, recorded_by FROM timeline_entries WHERE journey_id = $1', [inDerby.journeyId]);
    expect(history.rows).toEqual([{ kind: 'handover', recorded_by: `staff:${administrator.staff.staffId}` }]);
    const trail = await app.database.owner.query(`SELECT 1 FROM audit_entries WHERE action = 'journey.hand_over' AND staff_id = $1`, [administrator.staff.staffId]);
    expect(trail.rowCount).toBe(2);

    expect((await leaver.get('/staff/help')).status).toBe(303);
    expect((await app.visitor().post('/staff/sign-in', { email: leaver.staff.email, password: PASSWORD })).status).toBe(422);
    expect(await rolesOf(leaver.staff.staffId)).toEqual([]);
    expect((await administrator.post(`${path}/roles`, { role: 'analyst', authority: 'hub' })).text).toContain('They have left');
    const again = await administrator.post(`${STAFF}/invite`, { name: 'Back again', email: leaver.staff.email, role: 'analyst', authority: 'hub' });
    expect(again.status).toBe(303);
  });

  it('leaves everything as it was when the colleague is nobody who works here', async () => {
    const leaver = await makeStaff(app.database, 'recruitment_officer');
    const answer = await administrator.post(`${STAFF}/${leaver.staffId}/leave`, { to: '00000000-0000-7000-8000-000000000000' });
    expect(answer.status).toBe(422);
    expect(await rolesOf(leaver.staffId)).toEqual(['recruitment_officer hub']);
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'nonsense'])('knows nobody by the id %s', async (id) => {
    expect((await administrator.get(`${STAFF}/${id}`)).status).toBe(404);
    expect((await administrator.get(`${STAFF}/${id}/leave`)).status).toBe(404);
  });
});
