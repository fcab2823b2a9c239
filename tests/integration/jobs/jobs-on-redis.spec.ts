import { JobPlanner, JobsModule, MESSAGES, QueueHealth } from '@app/jobs';
import { SystemClock } from '@app/kernel';
import { SettingsModule } from '@app/settings';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { freePort } from '../../support/free-port';
import { redisBinary, type RedisServer, startRedisServer, WITHOUT_REDIS } from '../../support/redis-server';
import { testSettings } from '../../support/test-app';
import { describePlannedJobs } from './planned-jobs.suite';

if (redisBinary === null) {
  it.skip(`the suite of the queues on Redis ${WITHOUT_REDIS}`, () => undefined);
} else {
  let server: RedisServer;
  beforeAll(async () => { server = await startRedisServer(); });
  afterAll(() => server.stop());

  describePlannedJobs('Redis', () => server.url);

  describe('a Redis that is out of reach', () => {
    it('is told within seconds, and the next question is not queued up behind the first', async () => {
      const settings = testSettings('postgres://nobody@127.0.0.1:1/none', { REDIS_URL: `redis://127.0.0.1:${String(await freePort())}` });
      @Module({ imports: [SettingsModule.forRoot(settings, new SystemClock()), JobsModule.forRoot(settings)] })
      class Planning {}
      const app = await NestFactory.createApplicationContext(Planning, { logger: false });
      const planner = app.get(JobPlanner);
      const planned = { name: 'any', id: 'any-1', payload: {}, runAt: new Date() };
      await expect(planner.addPlanned(MESSAGES, [planned])).rejects.toThrow('took longer than 5000 ms');
      await expect(planner.addPlanned(MESSAGES, [planned])).rejects.toThrow('has not answered yet');
      const health = new QueueHealth(settings, {} as DataSource);
      expect(await health.check()).toEqual({ backend: 'redis', ready: false });
      health.onModuleDestroy();
      await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, 2_000))]);
    });
  });
}
