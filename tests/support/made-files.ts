import { randomBytes } from 'node:crypto';

/** A PDF with something in it that no other has. */
export const aPdf = (text = randomBytes(8).toString('hex'), bytes = 0): Buffer => Buffer.concat([Buffer.from(`%PDF-1.7\n% ${text}\n`), Buffer.alloc(bytes, 'x'), Buffer.from('\n%%EOF\n')]);

/** An archive with empty files of these names, as a ZIP is written. */
export function anArchive(names: readonly string[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const written = Buffer.from(name, 'utf8');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(written.length, 26);
    locals.push(local, written);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(written.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, written);
    offset += 30 + written.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listed, end]);
}

export const aWordDocument = (more: readonly string[] = []): Buffer => anArchive(['[Content_Types].xml', '_rels/.rels', 'word/document.xml', `word/${randomBytes(6).toString('hex')}.xml`, ...more]);

export const aPng = (): Buffer => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(32)]);
