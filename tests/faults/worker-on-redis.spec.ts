import { redisBinary, type RedisServer, startRedisServer, WITHOUT_REDIS } from '../support/redis-server';
import { describeWorkerFaults } from './worker.suite';

if (redisBinary === null) {
  it.skip(`the suite of a worker with its queues on Redis ${WITHOUT_REDIS}`, () => undefined);
} else {
  let server: RedisServer;
  beforeAll(async () => { server = await startRedisServer(); });
  afterAll(() => server.stop());
  afterEach(() => server.empty());
  describeWorkerFaults('Redis', () => ({ env: { REDIS_URL: server.url }, empty: () => server.empty() }));
}
