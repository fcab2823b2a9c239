import { JobPlanner, JobsModule, MESSAGES, type PlannedJob, QueueHealth, QueueHealthModule, TIMETABLE } from '@app/jobs';
import { DatabaseModule } from '@app/database';
import { SystemClock } from '@app/kernel';
import { type Settings, SettingsModule } from '@app/settings';
import { getQueueToken, Processor, WorkerHost } from '@nestjs/bullmq';
import type { INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Job, Queue } from 'bullmq';
import { eventually } from '../../support/eventually';
import { testSettings } from '../../support/test-app';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

interface Done {
  readonly name: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly at: number;
}

/** Long enough for a busy machine to put in what belongs together before the first of it is due. */
const AFTER_THE_PLANNING_MS = 2_000;

const done: Done[] = [];

@Processor(MESSAGES, { concurrency: 2 })
class Recorder extends WorkerHost {
  async process(job: Job<Record<string, string>>): Promise<void> {
    done.push({ name: job.name, payload: job.data, at: Date.now() });
    if (job.name === 'fails' && job.data['now'] !== 'works') throw new Error('as asked');
  }
}

/** What the queues promise, on either backend: the same suite for both. */
export function describePlannedJobs(backend: 'PostgreSQL' | 'Redis', redisUrl: () => string | null): void {
  describe(`the queues on ${backend}`, () => {
    let database: TestDatabase;
    let settings: Settings;
    let app: INestApplicationContext;
    let planner: JobPlanner;

    beforeAll(async () => {
      database = await createTestDatabase();
      const url = redisUrl();
      settings = testSettings(database.url, url === null ? {} : { REDIS_URL: url });
      @Module({ imports: [SettingsModule.forRoot(settings, new SystemClock()), DatabaseModule.forRoot(settings.databaseUrl, 2), JobsModule.forRoot(settings), QueueHealthModule.forRoot(settings)], providers: [Recorder] })
      class TestWorker {}
      app = await NestFactory.createApplicationContext(TestWorker, { logger: false });
      planner = app.get(JobPlanner);
    });
    afterAll(async () => {
      await app.close();
      await database.drop();
    });
    beforeEach(() => { done.length = 0; });

    const job = (name: string, id: string, runAt: Date, payload: PlannedJob['payload'] = {}): PlannedJob => ({ name, id, runAt, payload });
    const inMs = (milliseconds: number): Date => new Date(Date.now() + milliseconds);
    const namesDone = (): readonly string[] => done.map(({ name }) => name);
    const queue = (): Queue => app.get<Queue>(getQueueToken(MESSAGES), { strict: false });

    it('do a job at its time, not before', async () => {
      const runAt = inMs(700);
      await planner.addPlanned(MESSAGES, [job('later', 'later-1', runAt, { what: 'this' })]);
      await eventually('the job is done', () => done.length === 1);
      expect(done[0]).toMatchObject({ name: 'later', payload: { what: 'this' } });
      expect(done[0]!.at).toBeGreaterThanOrEqual(runAt.getTime() - 5);
    });

    it('hold one job for one id, however often it is planned', async () => {
      const planned = job('once', 'once-1', inMs(AFTER_THE_PLANNING_MS));
      for (let time = 0; time < 5; time += 1) await planner.addPlanned(MESSAGES, [planned, job('other', `other-${String(time)}`, inMs(AFTER_THE_PLANNING_MS))]);
      await eventually('all are done', () => done.filter(({ name }) => name === 'other').length === 5);
      expect(namesDone().filter((name) => name === 'once')).toHaveLength(1);
    });

    it('let go of what is done, so that its id can be planned again', async () => {
      await planner.addPlanned(MESSAGES, [job('again', 'again-1', inMs(0))]);
      await eventually('it is done', () => done.length === 1);
      await eventually('its id is free', async () => (await queue().getJob('again-1')) === undefined);
      await planner.addPlanned(MESSAGES, [job('again', 'again-1', inMs(0))]);
      await eventually('it is done again', () => done.length === 2);
    });

    it('try a failing job three times, and then let go of it', async () => {
      await planner.addPlanned(MESSAGES, [job('fails', 'fails-1', inMs(0))]);
      await eventually('it has failed for good', async () => done.length === 3 && (await queue().getJob('fails-1')) === undefined);
      // Another failure would be tried again for seconds, in the middle of the tests that follow.
      await planner.addPlanned(MESSAGES, [job('fails', 'fails-1', inMs(0), { now: 'works' })]);
      await eventually('it is tried again', async () => done.length === 4 && (await queue().getJob('fails-1')) === undefined);
    });

    it('forget a failed job that stayed behind, which would keep its id for ever', async () => {
      await queue().add('fails', {}, { jobId: 'stays-1', attempts: 1, removeOnFail: false });
      await eventually('it stays behind', async () => (await queue().getFailedCount()) === 1);
      await planner.addPlanned(MESSAGES, [job('stays', 'stays-1', inMs(0))]);
      await planner.forgetFailed(MESSAGES);
      await planner.addPlanned(MESSAGES, [job('stays', 'stays-1', inMs(0))]);
      await eventually('it is done', () => namesDone().includes('stays'));
    });

    it('keep the timetable that they are given, and no older one', async () => {
      const schedulers = async () => (await app.get<Queue>(getQueueToken(TIMETABLE), { strict: false }).getJobSchedulers()).map(({ key, pattern, tz, next }) => ({ key, pattern, tz, next: new Date(next ?? 0).getUTCMinutes() }));
      await planner.keepTimetable(TIMETABLE, [{ job: 'old', pattern: '5 * * * *' }, { job: 'nightly', pattern: '30 3 * * *' }], 'Europe/London');
      await planner.keepTimetable(TIMETABLE, [{ job: 'nightly', pattern: '45 2 * * *' }], 'Europe/London');
      await planner.keepTimetable(TIMETABLE, [{ job: 'nightly', pattern: '45 2 * * *' }], 'Europe/London');
      expect(await schedulers()).toEqual([{ key: 'nightly', pattern: '45 2 * * *', tz: 'Europe/London', next: 45 }]);
    });

    it('say how much is in them', async () => {
      const delayed = async () => (await app.get(QueueHealth).depths()).find((depth) => depth.queue === MESSAGES && depth.state === 'delayed')?.jobs ?? 0;
      const before = await delayed();
      await planner.addPlanned(MESSAGES, [job('counted', 'counted-1', inMs(AFTER_THE_PLANNING_MS)), job('counted', 'counted-2', inMs(AFTER_THE_PLANNING_MS))]);
      expect(await delayed()).toBe(before + 2);
      await eventually('they are done', async () => namesDone().length === 2 && (await delayed()) === before);
      expect(await app.get(QueueHealth).depths()).toHaveLength(8);
    });

    it('say that they are ready', async () => {
      expect(await app.get(QueueHealth).check()).toEqual({ backend: backend === 'Redis' ? 'redis' : 'postgresql', ready: true });
    });
  });
}
