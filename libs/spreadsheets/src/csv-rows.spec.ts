import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type FileRow, rowsOfFile, UnreadableFile } from './csv-rows';

const folder = mkdtempSync(join(tmpdir(), 'csv-rows-'));
const file = join(folder, 'list.csv');
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(content: string | Buffer, bytesAtOnce?: number): Promise<FileRow[]> {
  writeFileSync(file, content);
  const rows: FileRow[] = [];
  for await (const row of rowsOfFile(file, bytesAtOnce)) rows.push(row);
  return rows;
}

const refusalOf = (content: string | Buffer): Promise<unknown> => rowsOf(content).then(() => 'read', (error: unknown) => error);

describe('the rows of a CSV file', () => {
  it('are counted as a spreadsheet counts them: a cell with line breaks is one row, an empty line is a row', async () => {
    const rows = await rowsOf('reference,source\r\nA,"one\r\ntwo\nthree"\r\n\r\n,,\r\nB,"say ""hi"", then"\r\n');
    expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [1, 'reference', 'source'],
      [2, 'A', 'one\r\ntwo\nthree'],
      [5, 'B', 'say "hi", then'],
    ]);
  });

  it('may end in any way of ending a line, and begin with a byte order mark', async () => {
    for (const end of ['\r\n', '\n', '\r']) {
      const rows = await rowsOf(`\ufeffa,b${end}1,2${end}${end}3,4`);
      expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([[1, 'a', 'b'], [2, '1', '2'], [4, '3', '4']]);
    }
  });

  it('are the same however the bytes arrive', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '"', ',', '\n', '\r', ' ') , maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), async (given, bytesAtOnce, end) => {
        const text = given.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end) + end;
        const wanted = given.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => cells.some((one) => one.trim() !== ''));
        const rows = await rowsOf(text, bytesAtOnce);
        expect(rows.map(({ row, cells }) => ({ row, cells }))).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it('are none in an empty file', async () => {
    expect(await rowsOf('')).toEqual([]);
    expect(await rowsOf('\ufeff')).toEqual([]);
    expect(await rowsOf('\n\n , \n')).toEqual([]);
  });

  it('say how far into the file they are', async () => {
    expect((await rowsOf('a,b\n1,2\n')).map(({ bytes }) => bytes)).toEqual([4, 8]);
  });

  it.each([
    ['a quotation mark inside an unquoted cell', 'a,b\n1,2\n1,5" pipe\n', 3, /inside a cell that does not begin with one/],
    ['text after a closing quotation mark', 'a,b\n1,"2" or 3\n', 2, /more text after the quotation mark/],
    ['a quotation mark that is never closed', 'a,b\n\n1,"2\n3,4\n', 3, /never closed/],
    ['a quotation mark that swallows the rest', `a,b\n1,"2\n${'3,4\n'.repeat(100_000)}`, 2, /look for a quotation mark/],
  ])('end at %s, with the row', async (_, content, row, message) => {
    const refusal = await refusalOf(content);
    expect(refusal).toBeInstanceOf(UnreadableFile);
    expect(refusal).toMatchObject({ row, message: expect.stringMatching(message) as string });
  });

  it('come all before the one that cannot be read', async () => {
    writeFileSync(file, 'a,b\n1,2\n3,4\n5,6" pipe\n7,8\n');
    const rows: number[] = [];
    await expect(
      (async () => {
        for await (const { row } of rowsOfFile(file)) rows.push(row);
      })(),
    ).rejects.toMatchObject({ row: 4 });
    expect(rows).toEqual([1, 2, 3]);
  });

  it('are not looked for in files of another kind', async () => {
    expect(await refusalOf(Buffer.from('\ufeffreference,received_at\n', 'utf16le'))).toMatchObject({ row: 1, message: expect.stringContaining('UTF-16') as string });
    expect(await refusalOf(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]))).toMatchObject({ row: 1, message: expect.stringContaining('workbook') as string });
    expect(await refusalOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toMatchObject({ message: expect.stringContaining('old workbook') as string });
    expect(await refusalOf('%PDF-1.7')).toMatchObject({ message: expect.stringContaining('PDF') as string });
  });

  it('keep the mark of letters that are not UTF-8, for the check of the cell', async () => {
    const [, row] = await rowsOf(Buffer.concat([Buffer.from('first_name\nRen'), Buffer.from([0xe9]), Buffer.from('e\n')]));
    expect(row?.cells).toEqual(['Ren\ufffde']);
  });

  it('fail for a file that is not there', async () => {
    await expect(rowsOfFile(join(folder, 'missing.csv')).next()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
