import { queueEmail } from '@app/notifications';
import { system } from '@app/database';
import { type CuttableConnection, cuttableConnection } from '../../support/cuttable-connection';
import { createTestApp, type TestApp } from '../../support/test-app';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { makeWaitingFamily } from '../../support/waiting-family';

describe('the figures for Prometheus', () => {
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

  const figures = async (): Promise<Map<string, number>> => {
    const answer = await app.visitor().get('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('text/plain');
    return new Map(answer.text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  };

  it('tell what waits: mail since when, alerts that are late, jobs in the queues', async () => {
    const before = await figures();
    expect([before.get('hub_reachable{what="database"}'), before.get('hub_reachable{what="queue"}')]).toEqual([1, 1]);
    expect([before.get('hub_emails{state="waiting"}'), before.get('hub_oldest_waiting_email_seconds'), before.get('hub_alerts_late')]).toEqual([0, 0, 0]);

    await database.transactions.run(system('test'), (tx) => queueEmail(tx, { kind: 'test', to: 'somebody@example.org', subject: 'Hello', body: 'Hello', demonstration: false, now: app.clock.now() }));
    const { dueAt } = await makeWaitingFamily(database, { receivedAt: app.clock.now() });
    await database.owner.query(`INSERT INTO bullmq.job (queue, id, seq, name, state, added_at_ms) VALUES ('messages', 'test-1', 1, 'alert', 'delayed', 0)`);
    app.clock.advance(120_000);
    const waiting = await figures();
    expect([waiting.get('hub_emails{state="waiting"}'), waiting.get('hub_oldest_waiting_email_seconds'), waiting.get('hub_alerts_late')]).toEqual([1, 120, 0]);
    expect([waiting.get('hub_queue_jobs{queue="messages",state="delayed"}'), waiting.get('hub_queue_jobs{queue="timetable",state="waiting"}')]).toEqual([1, 0]);

    app.clock.set(new Date(dueAt.getTime() + 59_000));
    expect((await figures()).get('hub_alerts_late')).toBe(1);
    app.clock.advance(60_000);
    expect((await figures()).get('hub_alerts_late')).toBe(2);
  });

  it('tell how long requests took, by the pattern of their route, and how the process does', async () => {
    await app.visitor().get('/privacy');
    const now = await figures();
    expect(now.get('hub_http_request_seconds_count{method="GET",route="/privacy",status="200"}')).toBe(1);
    expect(now.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
    expect([...now.keys()].join('\n')).not.toMatch(/FEM-|@|somebody/);
  });

  it('are there while the database is away, and say so', async () => {
    connection.cut();
    const away = await figures();
    connection.mend();
    expect([away.get('hub_reachable{what="database"}'), away.get('hub_reachable{what="queue"}')]).toEqual([0, 0]);
    expect([...away.keys()].filter((name) => /^hub_(emails|alerts|oldest|queue)/.test(name))).toEqual([]);
    expect((await figures()).get('hub_reachable{what="database"}')).toBe(1);
  });
});
