import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port';

/** A Redis of a test's own. */
export interface RedisServer {
  readonly url: string;
  /** Forgets everything, as after a restart without a disk. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** The redis-server of this machine: as REDIS_SERVER says, else the first on the PATH, else null. */
export const redisBinary: string | null =
  process.env['REDIS_SERVER'] ??
  (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'redis-server')).find((file) => existsSync(file)) ??
  null;

/** What stands in place of a suite that has no redis-server to run on. */
export const WITHOUT_REDIS = 'is left out: no redis-server is found on the PATH, nor named by REDIS_SERVER';

/** Starts a server that writes nothing to disk. */
export async function startRedisServer(): Promise<RedisServer> {
  if (redisBinary === null) throw new Error('No redis-server is found');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'hub-redis-'));
  const server = spawn(redisBinary, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${String(port)}`;
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url,
    empty: async () => { await client.flushall(); },
    async stop() {
      client.disconnect();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
