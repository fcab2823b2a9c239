import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseSettings } from '@app/settings';
import { createWebApp, type WebApp } from './platform/web-app';

/** Whoever asks this process to stop, waits seven seconds and then ends it by force. */
const HOLDING_LIMIT_MS = 5_000;
const LETTING_GO_LIMIT_MS = 500;

async function start(): Promise<void> {
  const settings = parseSettings(process.env);
  if (!settings.ok) throw new Refused(settings.refusal.join('\n'));
  const app = await createWebApp(settings.value);
  const server = createServer(app.express);
  const { host, port } = settings.value;
  server.listen(port, host);
  await once(server, 'listening');
  stopCleanly(app, server);
  app.log.info({ host, port }, 'listening');
  process.send?.({ ready: true });
}

/** Takes no new requests, finishes those it holds, then lets go of the database. */
function stopCleanly(app: WebApp, server: ReturnType<typeof createServer>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    let code = 0;
    const late = setTimeout(() => {
      app.log.warn('stopping although a request is not finished');
      code = 1;
      server.closeAllConnections();
      setTimeout(() => process.exit(code), LETTING_GO_LIMIT_MS);
    }, HOLDING_LIMIT_MS);
    // A browser keeps its connection after the answer that it waited for.
    const answered = setInterval(() => { server.closeIdleConnections(); }, 50);
    server.close(() => {
      clearTimeout(late);
      clearInterval(answered);
      app.close().then(
        () => process.exit(code),
        () => process.exit(1),
      );
    });
  };
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, stop);
}

class Refused extends Error {}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Refused || isPlain(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});

/** Failures that one line explains: a port that is taken, a database that is away. */
function isPlain(error: unknown): error is Error {
  return error instanceof Error && 'code' in error;
}
