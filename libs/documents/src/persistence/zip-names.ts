import type { FileHandle } from 'node:fs/promises';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const LARGEST_DIRECTORY = 1_000_000;

/**
 * The names of what is in a ZIP archive, read from the directory at its end. Nothing is unpacked, and no more than the
 * directory (at most a megabyte) is read. No names for an archive that cannot be read so.
 */
export async function zipNames(file: FileHandle, bytes: number): Promise<readonly string[]> {
  const tail = await read(file, Math.max(0, bytes - END_BYTES - LONGEST_COMMENT), Math.min(bytes, END_BYTES + LONGEST_COMMENT));
  const end = endOfDirectory(tail);
  if (end === null) return [];
  const size = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (size > LARGEST_DIRECTORY || offset + size > bytes) return [];
  return namesIn(await read(file, offset, size));
}

function endOfDirectory(tail: Buffer): number | null {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) if (tail.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  return null;
}

function namesIn(directory: Buffer): readonly string[] {
  const names: string[] = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameBytes = directory.readUInt16LE(at + 28);
    names.push(directory.toString('utf8', at + 46, at + 46 + nameBytes));
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
}

async function read(file: FileHandle, from: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, from);
  return buffer.subarray(0, bytesRead);
}
