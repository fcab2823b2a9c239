import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive. One that is `stored` is not compressed: OpenDocument wants that of its first. */
export interface ZippedFile {
  readonly name: string;
  readonly content: string | Buffer;
  readonly stored?: boolean;
}

const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
const STORED = 0;
/** 1 January 1980, the first day that the format can tell: the same content makes the same bytes whenever it is packed. */
const FIRST_DAY = 0x0021;

/** A ZIP archive (PKWARE's APPNOTE 6.3, without ZIP64: up to 65,535 files and 4 GB), in the order given. */
export function zip(files: readonly ZippedFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false } of files) {
    const plain = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const packed = stored ? plain : deflateRawSync(plain);
    const path = Buffer.from(name, 'utf8');
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(UTF8_NAMES, 2);
    about.writeUInt16LE(stored ? STORED : DEFLATED, 4);
    about.writeUInt16LE(0, 6);
    about.writeUInt16LE(FIRST_DAY, 8);
    about.writeUInt32LE(crc32(plain), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(plain.length, 18);
    about.writeUInt16LE(path.length, 22);
    const local = [signature(0x04034b50), about, path, packed];
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    directory.push(signature(0x02014b50), Buffer.from([20, 0]), about, where, path);
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listing, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
