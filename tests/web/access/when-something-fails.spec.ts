import { createTestApp, type TestApp } from '../../support/test-app';
import { type CuttableConnection, cuttableConnection } from '../../support/cuttable-connection';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

describe('when something fails', () => {
  let database: TestDatabase;
  let connection: CuttableConnection;
  let app: TestApp;
  beforeAll(async () => {
    database = await createTestDatabase();
    connection = await cuttableConnection(database.url);
    app = await createTestApp({ database: { ...database, url: connection.url } });
  });
  afterAll(async () => {
    await app.close();
    await connection.close();
    await database.drop();
  });

  it('says so, with a reference that the log has, and names nobody there', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    await database.owner.query(`ALTER TABLE staff_roles RENAME TO away`);
    try {
      const answer = await officer.get('/staff/help');
      expect(answer.status).toBe(500);
      expect(answer.text).toContain('Something went wrong on our side');
      const reference = answer.headers['x-request-id'] as string;
      expect(answer.text).toContain(reference);
      expect(answer.text).not.toContain('staff_roles');
      const logged = app.logLines.filter((line) => line['level'] === 50 && JSON.stringify(line).includes(reference));
      expect(logged.length).toBeGreaterThan(0);
      expect(JSON.stringify(logged)).not.toContain(officer.staff.staffId);
    } finally {
      await database.owner.query(`ALTER TABLE away RENAME TO staff_roles`);
    }
    expect((await officer.get('/staff/help')).status).toBe(200);
  });

  it('tells that its records cannot be reached, is not ready, and recovers by itself', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    connection.cut();
    app.clock.advance(60_000);
    const away = await app.visitor().get('/staff/sign-in');
    expect(away.status).toBe(503);
    expect(away.text).toContain('We cannot reach our records just now');
    expect((await officer.get('/staff/help')).status).toBe(503);
    const ready = await app.visitor().get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ status: 'not_ready', checks: { database: 'failed' } });
    expect((await app.visitor().get('/health/live')).status).toBe(200);
    connection.mend();
    expect((await app.visitor().get('/health/ready')).status).toBe(200);
    expect((await officer.get('/staff/help')).status).toBe(200);
  });
});
