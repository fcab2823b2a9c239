import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DocumentKind, FIRST_LOOK_BYTES, firstLook, type NotAccepted, wordDocument } from '../rules/document-kind';
import { zipNames } from './zip-names';

/** A file that came in whole and is not kept yet: call `keep` or `discard`. */
export interface ReceivedFile {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly kind: DocumentKind | NotAccepted;
}

/** More came in than is taken. */
export class FileTooLarge extends Error {}

const PLACES = ['incoming', 'kept', 'quarantine'] as const;
type Place = (typeof PLACES)[number];

/** The code of a failure of the system, such as ENOSPC; null for any other. */
export const codeOf = (error: unknown): string | null => (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null);

/** A file that lies in the store. */
export interface StoredFile {
  readonly key: string;
  readonly place: Place;
  readonly changedAt: Date;
}

/**
 * Files below a folder, under random names that say nothing. What comes in is written beside the kept files, flushed to
 * the disk, and renamed into its place before any row names it: a row never points to half a file, and what has no row is
 * swept away.
 */
export class FileStore {
  private known: string | null = null;

  /** `folder` says where the files of the database in use lie. */
  constructor(private readonly folder: () => Promise<string>) {}

  /** Writes a stream to the disk while it is hashed and measured. Throws FileTooLarge, or what broke the stream; nothing is left then. */
  async receive(content: Readable, mostBytes: number): Promise<ReceivedFile> {
    const key = randomBytes(24).toString('hex');
    const path = await this.path('incoming', key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let bytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        hash.update(chunk);
        if (bytes > mostBytes) done(new FileTooLarge());
        else done(null, chunk);
      },
    });
    try {
      await pipeline(content, meter, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
      return { key, bytes, sha256: hash.digest('hex'), kind: await kindOf(path, bytes) };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Puts a received file into its place. */
  async keep(key: string): Promise<void> {
    const path = await this.path('kept', key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(await this.path('incoming', key), path);
    await flushFolder(dirname(path));
  }

  /** Deletes a file, wherever it lies. */
  async discard(key: string): Promise<void> {
    for (const place of PLACES) await rm(await this.path(place, key), { force: true });
  }

  /** Puts an infected file aside, out of reach of `open`. Doing it twice does no harm. */
  async quarantine(key: string): Promise<void> {
    const path = await this.path('quarantine', key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(await this.path('kept', key), path).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }

  /** A kept file, to be read as a stream. Throws when it is not there, or has not as many bytes as it should. */
  async open(key: string, bytes: number): Promise<ReadStream> {
    const path = await this.path('kept', key);
    const { size } = await stat(path);
    if (size !== bytes) throw new Error(`The file of a document has ${String(size)} bytes instead of ${String(bytes)}`);
    return createReadStream(path);
  }

  /** Every file in the store. */
  async *files(): AsyncGenerator<StoredFile> {
    const root = await this.root();
    for (const place of ['incoming', 'quarantine'] as const) yield* filesIn(join(root, place), place);
    for await (const drawer of entriesOf(join(root, 'kept'))) yield* filesIn(join(root, 'kept', drawer), 'kept');
  }

  /** Kept files lie in drawers by the first two signs of their key. */
  private async path(place: Place, key: string): Promise<string> {
    if (!KEY.test(key)) throw new Error('Not a key of a stored file');
    return join(await this.root(), place, ...(place === 'kept' ? [key.slice(0, 2)] : []), key);
  }

  private async root(): Promise<string> {
    this.known ??= resolve(await this.folder());
    return this.known;
  }
}

const KEY = /^[0-9a-f]{48}$/;

async function kindOf(path: string, bytes: number): Promise<DocumentKind | NotAccepted> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LOOK_BYTES), 0, FIRST_LOOK_BYTES, 0);
    const kind = firstLook(buffer.subarray(0, bytesRead));
    return kind === 'zip' ? wordDocument(await zipNames(file, bytes)) : kind;
  } finally {
    await file.close();
  }
}

async function* entriesOf(folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) yield entry.name;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

async function* filesIn(folder: string, place: Place): AsyncGenerator<StoredFile> {
  for await (const key of entriesOf(folder)) {
    const found = KEY.test(key) ? await stat(join(folder, key)).catch(() => null) : null;
    if (found) yield { key, place, changedAt: found.mtime };
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';
