import { eventually } from '../support/eventually';
import { type MailServer, startMailServer } from '../support/mail-server';
import { makeStaff } from '../support/staff';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { makeWaitingFamily } from '../support/waiting-family';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

/** Where the queues live in this run, and how they are lost. */
export interface QueueHome {
  readonly env: Readonly<Record<string, string>>;
  empty(database: TestDatabase): Promise<void>;
}

const JOBS_AT_ONCE = 3;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What must survive, whichever backend the queues have. Real processes, a real mail server, real time. */
export function describeWorkerFaults(backend: string, home: () => QueueHome): void {
  describe(`a worker with its queues on ${backend}`, () => {
    let database: TestDatabase;
    let server: MailServer;
    const workers: WorkerProcess[] = [];

    beforeEach(async () => {
      database = await createTestDatabase();
      server = await startMailServer();
      await makeStaff(database, 'recruitment_officer');
    });
    afterEach(async () => {
      for (const worker of workers.splice(0)) await worker.kill();
      await server.stop();
      await database.drop();
    });

    const start = async (env: Readonly<Record<string, string>> = {}): Promise<WorkerProcess> => {
      const worker = await startWorkerProcess({ DATABASE_URL: database.url, SMTP_URL: server.url, ...home().env, ...env });
      workers.push(worker);
      return worker;
    };
    /** Families whose warning is due from `fromMs` to `untilMs` from now, and nothing else for a long time. */
    const familiesDue = async (count: number, fromMs: number, untilMs: number): Promise<readonly string[]> => {
      const references: string[] = [];
      for (let made = 0; made < count; made += 1) references.push((await makeWaitingFamily(database, { receivedAt: new Date() })).reference);
      await database.owner.query(
        `UPDATE alerts SET due_at = CASE WHEN rung = 'warning' THEN now() + ($1::float8 + ($2::float8 - $1::float8) * random()) * interval '1 millisecond' ELSE now() + interval '30 days' END WHERE state = 'planned'`,
        [fromMs, untilMs],
      );
      await database.owner.query(`NOTIFY hub_work, 'alerts'`);
      return references;
    };
    const sent = async (): Promise<number> => (await database.owner.query<{ many: number }>(`SELECT count(*)::int AS many FROM emails WHERE state = 'sent'`)).rows[0]!.many;
    /** How often each reference was delivered, and whether every mail is one row. */
    const deliveries = (references: readonly string[]): readonly number[] => references.map((reference) => server.delivered.filter(({ subject }) => subject.includes(reference)).length);
    const once = (references: readonly string[]): readonly number[] => references.map(() => 1);

    it('that is killed again and again while alerts are due sends each of them once', async () => {
      const references = await familiesDue(60, 0, 4_000);
      server.thinkFor(30);
      let kills = 0;
      while ((await sent()) < references.length && kills < 4) {
        const worker = await start();
        await pause(300 + 350 * kills);
        await worker.kill();
        kills += 1;
      }
      await start();
      await eventually('all mail is sent', async () => (await sent()) === references.length, 40_000);
      expect((await database.owner.query(`SELECT count(*)::int AS mails, count(DISTINCT once_key)::int AS alerts FROM emails`)).rows).toEqual([{ mails: 60, alerts: 60 }]);
      expect((await database.owner.query(`SELECT state, count(*)::int AS many FROM alerts WHERE rung = 'warning' GROUP BY 1`)).rows).toEqual([{ state: 'sent', many: 60 }]);
      expect(new Set(server.delivered.map(({ messageId }) => messageId)).size).toBe(60);
      expect(Math.min(...deliveries(references))).toBe(1);
      // The one mail that the server was about to take when its sender died may come twice, under one Message-ID.
      expect(server.delivered.length - 60).toBeLessThanOrEqual(kills);
    });

    it('that dies while the mail server is down tells everybody once when both are back', async () => {
      const { port } = server;
      await server.stop();
      const references = await familiesDue(20, 0, 1_500);
      for (let kills = 0; kills < 2; kills += 1) {
        const worker = await start();
        await pause(700);
        await worker.kill();
      }
      server = await startMailServer(port);
      await start();
      await eventually('all mail is sent', async () => (await sent()) === references.length, 60_000);
      expect(deliveries(references)).toEqual(once(references));
    });

    it('whose queue is emptied still sends every alert, once', async () => {
      await start();
      const references = await familiesDue(10, 3_000, 5_000);
      await pause(1_000);
      await home().empty(database);
      await eventually('all mail is sent', async () => (await sent()) === references.length, 40_000);
      const after = await familiesDue(5, 500, 1_000);
      await eventually('all mail is sent', async () => (await sent()) === references.length + after.length, 40_000);
      expect(deliveries([...references, ...after])).toEqual(once([...references, ...after]));
    });

    it('shares the work with another without doing anything twice', async () => {
      const references = await familiesDue(80, 500, 2_500);
      await Promise.all([start(), start()]);
      await eventually('all mail is sent', async () => (await sent()) === references.length, 40_000);
      await pause(500);
      expect(deliveries(references)).toEqual(once(references));
    });

    it('goes on when PostgreSQL has cut all its connections', async () => {
      const connections = async (): Promise<readonly number[]> => (await database.owner.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE datname = current_database()')).rows.map(({ pid }) => pid);
      const first = await familiesDue(3, 0, 100);
      const ours = await connections();
      const worker = await start();
      await eventually('mail is sent', async () => (await sent()) === first.length);
      for (let cuts = 0; cuts < 2; cuts += 1) {
        const theirs = async (): Promise<readonly number[]> => (await connections()).filter((pid) => !ours.includes(pid));
        await eventually('the worker is connected', async () => (await theirs()).length > 1, 12_000);
        await database.owner.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) pid', [await theirs()]);
      }
      const later = await familiesDue(3, 0, 100);
      await eventually('mail is sent again', async () => (await sent()) === first.length + later.length, 12_000);
      expect(worker.running).toBe(true);
      expect(deliveries([...first, ...later])).toEqual(once([...first, ...later]));
    });

    it('that is asked to stop finishes the mail that it holds, and takes no more', async () => {
      server.thinkFor(800);
      const worker = await start();
      await familiesDue(30, 0, 10);
      await eventually('a mail is on its way', () => server.read > server.delivered.length);
      const { code, tookMs } = await worker.stop();
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(5_000);
      expect(await sent()).toBe(server.delivered.length);
      expect(await sent()).toBeGreaterThan(0);
      expect(await sent()).toBeLessThanOrEqual(2 * JOBS_AT_ONCE);
    });
  });
}
