import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** How the daemon behaves: it answers, it reads and never answers, or it hangs up in the middle. */
export type ClamdMood = 'well' | 'silent' | 'hangs_up' | 'too_large';

/** A daemon that speaks ClamAV's INSTREAM; whatever holds the word VIRUS is infected. */
export interface FakeClamd {
  readonly url: string;
  readonly port: number;
  mood: ClamdMood;
  /** The sizes of the files that it was sent whole. */
  readonly scanned: readonly number[];
  close(): Promise<void>;
}

export async function startFakeClamd(): Promise<FakeClamd> {
  const scanned: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let waiting = Buffer.alloc(0);
    let content = Buffer.alloc(0);
    let begun = false;
    socket.on('data', (part: Buffer) => {
      waiting = Buffer.concat([waiting, part]);
      if (clamd.mood === 'hangs_up') return void socket.destroy();
      if (!begun) {
        const command = 'zINSTREAM\0';
        if (waiting.length < command.length) return;
        if (waiting.toString('latin1', 0, command.length) !== command) return void socket.end('UNKNOWN COMMAND\0');
        begun = true;
        waiting = waiting.subarray(command.length);
      }
      while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32BE(0)) {
        const length = waiting.readUInt32BE(0);
        if (length === 0) {
          if (clamd.mood === 'silent') return;
          scanned.push(content.length);
          return void socket.end(content.includes('VIRUS') ? 'stream: Test-Signature FOUND\0' : 'stream: OK\0');
        }
        content = Buffer.concat([content, waiting.subarray(4, 4 + length)]);
        waiting = waiting.subarray(4 + length);
        if (clamd.mood === 'too_large') return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clamd = {
    url: `tcp://127.0.0.1:${String(port)}`,
    port,
    mood: 'well' as ClamdMood,
    scanned,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => { resolve(); });
      }),
  };
  return clamd;
}
