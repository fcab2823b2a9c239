import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A real worker, as `npm start` runs it. */
export interface WorkerProcess {
  /** What it printed so far. */
  output(): string;
  /** Ends it without a chance to do anything (SIGKILL). */
  kill(): Promise<void>;
  /** Asks it to end; answers its exit code and how long that took. */
  stop(): Promise<{ readonly code: number | null; readonly tookMs: number }>;
  readonly running: boolean;
}

/** Starts a worker from the build and waits until it says that it is ready. */
export async function startWorkerProcess(env: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const script = join(__dirname, '../../dist/apps/worker/src/main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', script], {
    env: { PATH: process.env['PATH'] ?? '', EMBEDDED: '1', SESSION_SECRET: 'only-for-tests-only-for-tests-only-for-tests', PUBLIC_URL: 'https://hub.example.org', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => { printed += part.toString(); });
  await new Promise<void>((ready, failed) => {
    child.once('message', () => { ready(); });
    child.once('close', (code) => { failed(new Error(`The worker ended with ${String(code)} before it was ready: ${printed}`)); });
  });
  return {
    output: () => printed,
    kill: () => ended(child, 'SIGKILL').then(() => undefined),
    async stop() {
      const asked = Date.now();
      const code = await ended(child, 'SIGTERM');
      return { code, tookMs: Date.now() - asked };
    },
    get running() { return child.exitCode === null && child.signalCode === null; },
  };
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill(signal);
  return closed;
}
