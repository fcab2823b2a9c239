import { createServer } from 'node:net';

/** Below the ports that systems give out by themselves: none of those is handed to another program before ours listens. */
const [FIRST, LAST] = [20_000, 32_000];

/** A port on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => { answer(false); });
    probe.listen(port, '127.0.0.1', () => { probe.close(() => { answer(true); }); });
  });
}
