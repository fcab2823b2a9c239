import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Scanner, ScannerUnavailable, type Verdict } from './scanner';

/** How long a scan may take, from connecting to the verdict. */
const SCAN_LIMIT_MS = 30_000;
const LONGEST_ANSWER = 4_096;

/**
 * A ClamAV daemon over TCP. A file goes as INSTREAM: chunks, each behind its length in four bytes (big-endian), and an
 * empty one at the end; the answer is "stream: OK" or "stream: NAME FOUND" (clamd's manual, INSTREAM).
 */
export class ClamdScanner extends Scanner {
  readonly present = true;

  constructor(
    private readonly address: { readonly host: string; readonly port: number },
    private readonly limitMs = SCAN_LIMIT_MS,
  ) {
    super();
  }

  async scan(content: Readable): Promise<Verdict> {
    const socket = connect(this.address);
    const late = setTimeout(() => socket.destroy(new Error(`no verdict within ${String(this.limitMs)} ms`)), this.limitMs);
    try {
      const answer = answerOf(socket);
      // A file that cannot be read ends the connection; what clamd says before it hangs up counts more than a broken pipe.
      send(socket, content).catch((error: unknown) => { if (!socket.destroyed) socket.destroy(error instanceof Error ? error : undefined); });
      return verdictOf(await answer);
    } catch (error) {
      throw error instanceof ScannerUnavailable ? error : new ScannerUnavailable(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(late);
      socket.destroy();
      content.destroy();
    }
  }
}

async function send(socket: Socket, content: Readable): Promise<void> {
  await once(socket, 'connect');
  socket.write('zINSTREAM\0');
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (chunk.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    if (!socket.write(chunk)) await drained(socket);
  }
  socket.write(Buffer.alloc(4));
}

/** Resolves when there is room again; rejects when the connection ends first. */
async function drained(socket: Socket): Promise<void> {
  const ended = new AbortController();
  const end = (): void => { ended.abort(); };
  socket.once('close', end);
  try {
    await once(socket, 'drain', { signal: ended.signal });
  } finally {
    socket.off('close', end);
  }
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    socket.on('data', (part: Buffer) => {
      words += part.toString('latin1');
      if (words.includes('\0')) resolve(words.slice(0, words.indexOf('\0')));
      else if (words.length > LONGEST_ANSWER) reject(new Error('an answer without an end'));
    });
    socket.once('error', reject);
    socket.once('close', () => { reject(new Error('it hung up without a verdict')); });
  });
}

function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return { found: 'nothing' };
  const [, signature] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
  if (signature !== undefined) return { found: 'virus', signature };
  throw new ScannerUnavailable(`clamd answered "${answer}"`);
}
