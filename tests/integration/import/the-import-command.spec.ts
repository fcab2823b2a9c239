import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type CommandAnswer, hubCommand } from '../../support/hub-command';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const SAMPLES = resolve(__dirname, '../../../samples');
const HEADER = 'reference,received_at,first_name,phone,authority';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

const fileOf = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
};
const hub = (...words: string[]): Promise<CommandAnswer> => hubCommand(database.url, ...words);
const journeys = async (): Promise<number> => (await database.owner.query<{ count: number }>('SELECT count(*)::int AS count FROM journeys')).rows[0]!.count;

describe('hub import journeys', () => {
  it('takes in the sample that ships, with the postcodes that ship', async () => {
    expect(await hub('postcodes', 'import', join(SAMPLES, 'onspd.csv'))).toEqual({
      code: 0,
      output: '761 postcodes read, 761 of them new or changed\nIn use now: Derby 40, Derbyshire 320, Nottingham 40, Nottinghamshire 280, outside the hub 24; no longer in use: 57\n',
      errors: '',
    });
    const sample = join(SAMPLES, 'journeys.csv');
    const where = '(Derby 2, Derbyshire 9, Nottingham 2, Nottinghamshire 8, Not yet routed 3)';
    expect(await hub('import', 'journeys', sample, '--dry-run')).toEqual({ code: 0, output: `24 journeys would be imported ${where}\nNothing was written: this was a dry run\n`, errors: '' });
    expect(await journeys()).toBe(0);
    expect(await hub('import', 'journeys', sample)).toEqual({ code: 0, output: `24 journeys imported ${where}\n`, errors: '' });
    expect(await hub('import', 'journeys', sample)).toEqual({ code: 0, output: '0 journeys imported\n24 rows unchanged since an earlier import\n', errors: '' });
    expect(await journeys()).toBe(24);
  });

  it('leaves the planner knowing what came in', async () => {
    const { rows } = await database.owner.query(`SELECT relname, reltuples::int AS rows FROM pg_class WHERE relname IN ('journeys', 'households', 'postcodes') ORDER BY 1`);
    expect(rows).toEqual([{ relname: 'households', rows: 24 }, { relname: 'journeys', rows: 24 }, { relname: 'postcodes', rows: 761 }]);
  });

  it('refuses a file with mistakes: each with its row and column on standard error, nothing imported, exit 1', async () => {
    const file = fileOf('mistakes.csv', HEADER, 'M1,2024-05-02T10:15,Ama,,derby', '', 'M2,02/05/2024,"two\nlines",12,', 'M1,2024-05-03,,,leeds', 'M4,2024-05-03');
    const before = await journeys();
    const answer = await hub('import', 'journeys', file);
    expect(answer).toMatchObject({ code: 1, output: '' });
    expect(answer.errors.split('\n')).toEqual([
      'row 4, received_at: "02/05/2024" is not a moment written as 2024-05-02T10:15 or 2024-05-02: if it means Thursday 2 May 2024, write 2024-05-02',
      'row 4, phone: "12" is not a telephone number such as 0115 496 0123: correct it, give one only, or leave the cell empty',
      'row 5, authority: "leeds" is not a council of the hub: use derby, derbyshire, nottingham, nottinghamshire or its ONS code, or leave the cell empty',
      'row 5, reference: "M1" is in row 2 as well: give each household a reference of its own, or take one of the two rows out',
      'row 6, all columns: the row has 2 cells and the header 5: look for a comma that is not inside quotation marks, or a cell that is missing',
      'Nothing was imported: 5 mistakes in mistakes.csv.',
      '',
    ]);
    expect(await journeys()).toBe(before);
    expect(await hub('import', 'journeys', file, '--dry-run')).toMatchObject({ code: 1 });
  });

  it('imports the good rows on request, and writes the others beside the file for their owner only', async () => {
    const file = fileOf('some.csv', HEADER, 'S1,2024-05-02T10:15,Ama,,derby', 'S2,soon,"Zoë ""Z"", then",12,', 'S3,2024-05-04,,,');
    const rejected = `${file}.rejected.csv`;
    expect(await hub('import', 'journeys', file, '--skip-invalid', '--dry-run')).toMatchObject({ code: 0, output: '2 journeys would be imported (Derby 1, Not yet routed 1)\n1 row would be left out\nNothing was written: this was a dry run\n' });
    expect(existsSync(rejected)).toBe(false);

    const answer = await hub('import', 'journeys', file, '--skip-invalid');
    expect(answer).toMatchObject({ code: 0, output: `2 journeys imported (Derby 1, Not yet routed 1)\n1 row left out: see ${rejected}\n` });
    expect(answer.errors).toMatch(/^row 3, received_at: .*\nrow 3, phone: .*\n$/);
    expect(statSync(rejected).mode & 0o777).toBe(0o600);
    const [header, ...rest] = readFileSync(rejected, 'utf8').split('\r\n');
    expect(header).toBe(`\uFEFFreason,${HEADER}`);
    expect(rest.join('|')).toMatch(/^"row 3, received_at: ""soon"" is .*\nrow 3, phone: .*",S2,soon,"Zoë ""Z"", then",12,\|$/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);

    const corrected = fileOf('corrected.csv', HEADER, 'S2,2024-05-03,"Zoë ""Z"", then",,');
    expect(await hub('import', 'journeys', corrected)).toMatchObject({ code: 0, output: '1 journey imported (Not yet routed 1)\n' });
    expect(await hub('import', 'journeys', rejected)).toMatchObject({ code: 1, errors: expect.stringMatching(/^row 1, reason: .* delete the column/) as string });
  });

  it('leaves no file of rejected rows when there are none, or when the file cannot be read to its end', async () => {
    const good = fileOf('good.csv', HEADER, 'G1,2024-05-02,,,');
    expect(await hub('import', 'journeys', good, '--skip-invalid')).toMatchObject({ code: 0 });
    const broken = fileOf('broken.csv', HEADER, 'B1,soon,,,', 'B2,2024-05-02,"Ama,,');
    const answer = await hub('import', 'journeys', broken, '--skip-invalid');
    expect(answer).toMatchObject({ code: 1, output: '' });
    expect(answer.errors).toMatch(/^row 2, received_at: .*\nrow 3, the row: has a quotation mark that is never closed: .*\nNothing was imported: 2 mistakes in broken\.csv\.\n$/);
    expect(readdirSync(folder).filter((name) => /^(good|broken)\..*(rejected|part)/.test(name))).toEqual([]);
  });

  it('imports nothing when the rejected rows cannot be written', async () => {
    const file = fileOf('x'.repeat(240), HEADER, 'X1,2024-05-02,,,', 'X2,soon,,,');
    const before = await journeys();
    expect(await hub('import', 'journeys', file, '--skip-invalid')).toMatchObject({ code: 1, output: '' });
    expect(await journeys()).toBe(before);
  });

  it.each([
    ['an empty file', '', /^row 1, header: the file is empty: the first row has to name the columns\n/],
    ['an unknown column', 'reference,received_at,pets\nU1,2024-05-02,dog\n', /^row 1, pets: is an unknown column: /],
    ['a missing column', 'reference\nU1\n', /^row 1, received_at: is missing: /],
    ['a column that is there twice', 'reference,received_at,reference\n', /^row 1, reference: is there twice: /],
    ['semicolons', 'reference;received_at\nU1;2024-05-02\n', /^row 1, header: the columns are separated by semicolons: /],
    ['another encoding', Buffer.concat([Buffer.from('reference,received_at,first_name\nU1,2024-05-02,Ren'), Buffer.from([0xe9]), Buffer.from('e\n')]), /^row 2, first_name: "Ren\ufffde" has letters that are not UTF-8/],
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), /^row 1, the row: this is a workbook/],
  ])('refuses %s', async (_, content, errors) => {
    const file = join(folder, 'refused.csv');
    writeFileSync(file, content);
    expect(await hub('import', 'journeys', file)).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(errors) as string });
  });

  it('says when postcodes are not known, before it is too late', async () => {
    const file = fileOf('unknown.csv', 'reference,received_at,postcode,authority', 'P1,2024-05-02,DE91 0ZZ,', 'P2,2024-05-02,DE91 0ZZ,derby', 'P3,2024-05-02,,');
    expect(await hub('import', 'journeys', file, '--dry-run')).toMatchObject({ code: 0, errors: '1 postcode not known here, so an officer has to route by hand: import a postcode file before the journeys (hub postcodes import).\n' });
  });

  it('imports none from a file with nothing but a header', async () => {
    expect(await hub('import', 'journeys', fileOf('header.csv', HEADER, ''))).toEqual({ code: 0, output: '0 journeys imported\n', errors: '' });
  });

  it('says how it is used: exit 2 for wrong usage, 1 for a file that is not there, 0 for help', async () => {
    expect(await hub('import', 'journeys')).toMatchObject({ code: 2, output: '', errors: expect.stringContaining("missing required argument 'file'") as string });
    expect(await hub('import', 'journeys', 'x.csv', '--force')).toMatchObject({ code: 2, errors: expect.stringContaining('unknown option') as string });
    expect(await hub('import', 'families', 'x.csv')).toMatchObject({ code: 2 });
    expect(await hub('import', 'journeys', join(folder, 'none.csv'))).toEqual({ code: 1, output: '', errors: `There is no file ${join(folder, 'none.csv')}.\n` });
    expect(await hub('import', 'journeys', folder)).toEqual({ code: 1, output: '', errors: `${folder} is not a file.\n` });
    expect(await hub('import', 'journeys', '--help')).toMatchObject({ code: 0, output: expect.stringContaining('--skip-invalid') as string, errors: '' });
  });
});

describe('hub postcodes import', () => {
  const inUse = async (postcode: string) => (await database.owner.query<{ district_code: string; terminated_on: string | null }>('SELECT district_code, terminated_on::text FROM postcodes WHERE postcode = $1', [postcode])).rows[0];

  it('goes over an older release: what changed is changed, what the file leaves out stays', async () => {
    const first = fileOf('2024.csv', 'pcds,doterm,oslaua,osward', 'DE90 0AA,,E06000015,E05999001', 'DE90 0AB,,E07000032,E05999001');
    expect(await hub('postcodes', 'import', first)).toMatchObject({ code: 0, output: expect.stringMatching(/^2 postcodes read, 2 of them new or changed\n/) as string });
    const second = fileOf('2025.csv', 'PCD7,doterm,lad25cd', 'DE900AA,,E06000015', 'DE90 0AB,202506,E07000032');
    expect(await hub('postcodes', 'import', second)).toMatchObject({ code: 0, output: expect.stringMatching(/^2 postcodes read, 2 of them/) as string });
    expect(await hub('postcodes', 'import', second)).toMatchObject({ code: 0, output: expect.stringMatching(/^2 postcodes read, 0 of them/) as string });
    expect(await inUse('DE90 0AA')).toEqual({ district_code: 'E06000015', terminated_on: null });
    expect(await inUse('DE90 0AB')).toEqual({ district_code: 'E07000032', terminated_on: '2025-06-01' });
  });

  it('refuses a file with mistakes, whole, and tells the first twenty', async () => {
    const file = fileOf('bad.csv', 'pcds,doterm,oslaua', 'DE90 9AA,,E06000015', ...Array.from({ length: 30 }, () => 'nowhere,,E06000015'));
    const answer = await hub('postcodes', 'import', file);
    expect(answer).toMatchObject({ code: 1, output: '' });
    expect(answer.errors.split('\n')).toHaveLength(22);
    expect(answer.errors).toMatch(/^row 3: "NOWHERE" is not a postcode\nrow 4: /i);
    expect(answer.errors).toMatch(/\nNothing was imported from bad\.csv\.\n$/);
    expect(await inUse('DE90 9AA')).toBeUndefined();
    expect(await hub('postcodes', 'import', fileOf('none.csv'))).toMatchObject({ code: 1, errors: expect.stringMatching(/^row 1: the file is empty/) as string });
    expect(await hub('postcodes', 'import', fileOf('other.csv', 'a,b', '1,2'))).toMatchObject({ code: 1, errors: expect.stringMatching(/^row 1: there is no column pcds/) as string });
  });
});
