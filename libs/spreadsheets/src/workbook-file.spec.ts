import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { localDate } from '@app/kernel';
import type { FileFormat } from './workbook-file';
import { workbookFile } from './workbook-file';
import { EMPTY, linesOf, text, type Workbook } from './workbook';

const NASTY = ['=1+1', '＝1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '=HYPERLINK("http://example.org")'];

const workbook: Workbook = {
  title: 'A test & its <tables>',
  sheets: [
    {
      name: 'Figures',
      columns: [{ heading: 'What', width: 30 }, { heading: '=Value', width: 12 }],
      rows: [
        [text('Ålesund, “quoted” & <odd>'), { kind: 'number', value: 1234 }],
        [text('Share'), { kind: 'share', value: 0.1545, decimals: 2 }],
        [text('Day'), { kind: 'date', on: localDate('2026-11-18') }],
        [text('Below nought'), { kind: 'number', value: -2.5, decimals: 1 }],
        [text('Nothing'), EMPTY],
        ...NASTY.map((words) => [text('Nasty'), text(words)]),
      ],
    },
    { name: 'Notes', columns: [{ heading: 'Term', width: 20 }, { heading: 'Meaning', width: 80 }], rows: [[text('Two lines'), text('one\ntwo   spaced')]] },
  ],
};

/** The files in an archive, read by its own listing: an independent eye on what was packed. */
function unzipped(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(archive.length - 6);
  const many = archive.readUInt16LE(archive.length - 12);
  for (let file = 0; file < many; file += 1) {
    const [method, size, nameLength, local] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const begins = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(begins, begins + size);
    files.set(name, (method === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + nameLength;
  }
  return files;
}

describe('a workbook as a file', () => {
  it('is CSV that no spreadsheet takes for a formula, while numbers below nought stay numbers', () => {
    const csv = workbookFile(workbook, 'csv').toString('utf8');
    expect(csv.startsWith(`\uFEFFWhat,'=Value\r\n"Ålesund, “quoted” & <odd>",1234\r\nShare,0.1545\r\nDay,2026-11-18\r\nBelow nought,-2.5\r\nNothing,\r\n`)).toBe(true);
    for (const words of NASTY) expect(csv).toContain(`'${words.replaceAll('"', '""')}`);
  });

  it('is XLSX with typed cells, a frozen first row, and nothing that could be a formula', () => {
    const files = unzipped(workbookFile(workbook, 'xlsx'));
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<c r="B2" s="4"><v>1234</v></c>');
    expect(sheet).toContain('<c r="B4" s="3"><v>46344</v></c>');
    expect(sheet).toContain('<is><t xml:space="preserve">=1+1</t></is>');
    expect(sheet).not.toMatch(/<f[ >]/);
    expect([...files.keys()]).toContain('xl/worksheets/sheet2.xml');
  });

  it('is ODS whose first file tells its type, uncompressed, with typed cells and frozen rows', () => {
    const archive = workbookFile(workbook, 'ods');
    expect(archive.toString('latin1', 30, 84)).toBe('mimetypeapplication/vnd.oasis.opendocument.spreadsheet');
    const files = unzipped(archive);
    expect(files.get('content.xml')).toContain('office:value-type="float" office:value="1234"');
    expect(files.get('content.xml')).toContain('office:value-type="date" office:date-value="2026-11-18"');
    expect(files.get('content.xml')).not.toContain('table:formula');
    expect(files.get('content.xml')).toContain('<text:p>one</text:p><text:p>two <text:s text:c="2"/>spaced</text:p>');
    expect(files.get('settings.xml')).toContain('VerticalSplitPosition');
  });

  it.each(['xlsx', 'ods'] as const)('is %s that another program can unpack without a complaint', (format) => {
    if (spawnSync('unzip', ['-v']).status !== 0) return;
    const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
    writeFileSync(join(folder, 'file.zip'), workbookFile(workbook, format));
    expect(execFileSync('unzip', ['-t', join(folder, 'file.zip')]).toString()).toContain('No errors detected');
    rmSync(folder, { recursive: true });
  });

  it('is the same bytes for the same content', () => {
    for (const format of ['csv', 'xlsx', 'ods'] as const) expect(workbookFile(workbook, format).equals(workbookFile(workbook, format))).toBe(true);
  });

  it('says what XML cannot carry without breaking', () => {
    const odd: Workbook = { ...workbook, sheets: [{ name: 'Odd', columns: [{ heading: 'A', width: 9 }], rows: [[text('nul\u0000bell\u0007 lone \ud800 smile 😀')]] }] };
    expect(unzipped(workbookFile(odd, 'xlsx')).get('xl/worksheets/sheet1.xml')).toContain('nulbell lone  smile 😀');
  });
});

/** A sheet as the exports have it: names beside figures, what it is on top, and notes far longer than a line. */
const LONG = `${'It counts what reached us, and says what that means for who reads it. '.repeat(12)}Thus it ends with walrus.`;
const wide: Workbook = {
  title: 'Wide',
  sheets: [
    {
      name: 'Figures',
      columns: [{ heading: 'Part', width: 18 }, { heading: 'Figure', width: 30 }, ...['Total', 'Nottinghamshire', 'Derbyshire', 'Nottingham', 'Derby', 'Not yet routed'].map((heading) => ({ heading, width: 18 })), { heading: 'Path', width: 36 }],
      rows: [
        [text('About'), text('Period'), text('Wednesday 1 April 2026 to Wednesday 31 March 2027, both included'), EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY],
        ...Array.from({ length: 60 }, (_, line) => [text('First response'), text(`Answered within the standard in its time, line ${String(line)}`), ...Array.from({ length: 6 }, () => ({ kind: 'number', value: line } as const)), text(`block.path.of.line${String(line)}`)]),
      ],
    },
    { name: 'Notes', columns: [{ heading: 'Note', width: 30 }, { heading: 'What it means', width: 100 }], rows: [[text('Long'), text(LONG)], [text('Also'), text('short')]] },
  ],
};

describe('the rows of a workbook', () => {
  it('have in XLSX the height that their text takes, and text beside empty cells runs over them', () => {
    const files = unzipped(workbookFile(wide, 'xlsx'));
    const height = Number(/<row r="2" ht="([\d.]+)" customHeight="1">/.exec(files.get('xl/worksheets/sheet2.xml') ?? '')?.[1]);
    expect(height).toBeGreaterThanOrEqual(Math.ceil(LONG.length / 100) * 14);
    const [, heading, period, first] = /(<row r="1".*?<\/row>)(<row r="2".*?<\/row>)(<row r="3".*?<\/row>)/.exec(files.get('xl/worksheets/sheet1.xml') ?? '') ?? [];
    expect(heading).toMatch(/^<row r="1">/);
    expect(period).toMatch(/^<row r="2">.*<c r="C2" s="0"/);
    expect(first).toMatch(/^<row r="3" ht="29" customHeight="1">.*<c r="B3" s="2"/);
  });

  it('print on landscape pages as wide as the sheet, with the headings on each', () => {
    const xlsx = unzipped(workbookFile(wide, 'xlsx'));
    expect(xlsx.get('xl/worksheets/sheet1.xml')).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
    expect(xlsx.get('xl/workbook.xml')).toContain("localSheetId=\"0\">'Figures'!$1:$1<");
    const ods = unzipped(workbookFile(wide, 'ods'));
    expect(ods.get('styles.xml')).toContain('style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to-X="1" style:scale-to-Y="0"');
    expect(ods.get('content.xml')).toContain('<table:table-header-rows>');
  });

  it('are broken between words, and within a word that is longer than its line', () => {
    expect(linesOf('', 20)).toBe(1);
    expect(linesOf('one two three', 20)).toBe(1);
    expect(linesOf('one two three four five', 20)).toBe(2);
    expect(linesOf('one\ntwo\r\nthree', 20)).toBe(3);
    expect(linesOf('a'.repeat(40), 20)).toBe(3);
    expect(linesOf('Nottinghamshire', 15, true)).toBe(2);
    expect(linesOf('Nottinghamshire', 18, true)).toBe(1);
  });
});

const OFFICE = ['/usr/bin/soffice', '/usr/bin/libreoffice', '/usr/lib/libreoffice/program/soffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'].find((path) => existsSync(path));

/** LibreOffice reads the file and writes what it understood as CSV; without it these are shown as skipped. */
(OFFICE === undefined ? describe.skip : describe)('LibreOffice', () => {
  it.each(['xlsx', 'ods'] satisfies FileFormat[])(
    'opens %s and finds every cell as it was meant',
    (format) => {
      const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
      writeFileSync(join(folder, `file.${format}`), workbookFile(workbook, format));
      execFileSync(OFFICE ?? '', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1', '--outdir', folder, join(folder, `file.${format}`)], { stdio: 'pipe', timeout: 100_000 });
      const csv = readFileSync(join(folder, 'file-Figures.csv'), 'utf8');
      expect(csv).toMatch(/Day,(11\/18|18\/11)\/2026/);
      for (const line of ['What,=Value', '"Ålesund, “quoted” & <odd>",1234', 'Share,15.45%', 'Below nought,-2.5', 'Nasty,=1+1', 'Nasty,@SUM(A1)']) expect(csv).toContain(line);
      expect(readFileSync(join(folder, 'file-Notes.csv'), 'utf8')).toContain('two   spaced');
      rmSync(folder, { recursive: true });
    },
    120_000,
  );

  const pdftotext = spawnSync('pdftotext', ['-v']).error === undefined;
  (pdftotext ? it : it.skip).each(['xlsx', 'ods'] satisfies FileFormat[])(
    'prints %s with nothing cut, and each line on one sheet of paper',
    (format) => {
      const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
      writeFileSync(join(folder, `file.${format}`), workbookFile(wide, format));
      execFileSync(OFFICE ?? '', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, `file.${format}`)], { stdio: 'pipe', timeout: 100_000 });
      const pages = execFileSync('pdftotext', ['-layout', join(folder, 'file.pdf'), '-']).toString().split('\f').filter((page) => page.trim() !== '');
      const all = pages.join('\n').replace(/\s+/g, ' ');
      expect(all).toContain('Wednesday 1 April 2026 to Wednesday 31 March 2027, both included');
      expect(all).toContain('ends with walrus.');
      for (const page of pages.slice(0, -1)) expect(page).toMatch(/Part +Figure +Total +Nottinghamshire +Derbyshire +Nottingham +Derby +Not yet routed +Path/);
      expect(all).toMatch(/line 59|block\.path\.of\.line59/);
      rmSync(folder, { recursive: true });
    },
    120_000,
  );
});
