import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { freePort } from './free-port';

/** A real web process, as `npm start` and the container run it. */
export interface WebProcess {
  readonly address: string;
  /** What it printed so far. */
  output(): string;
  /** Asks it to end with a signal, and goes on at once. */
  signal(name: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

const ROOT = resolve(__dirname, '../..');
const running = new Set<ChildProcess>();

/** Starts the built web process in `root` (the project's folder unless told otherwise) and waits until it says that it is ready. */
export async function startWebProcess(env: Readonly<Record<string, string>>, root = ROOT): Promise<WebProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/apps/web/src/main.js')], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', EMBEDDED: '1', DEMO: '0', PORT: String(port), SESSION_SECRET: 'only-for-tests-only-for-tests-only-for-tests', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => { printed += part.toString(); });
  const ended = new Promise<number | NodeJS.Signals | null>((done) => child.once('close', (code, signal) => {
    running.delete(child);
    done(code ?? signal);
  }));
  await new Promise<void>((ready, failed) => {
    child.once('message', () => { ready(); });
    child.once('close', (code) => { failed(new Error(`The web process ended with ${String(code)} before it was ready: ${printed}`)); });
  });
  return { address: `http://127.0.0.1:${String(port)}`, output: () => printed, signal: (name) => { child.kill(name); }, ended };
}

/** Ends whatever a test left running. */
export async function endWebProcesses(): Promise<void> {
  await Promise.all([...running].map((child) => new Promise((done) => {
    child.once('close', done);
    child.kill('SIGKILL');
  })));
}
