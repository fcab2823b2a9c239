import { ImportBankHolidays } from '@app/authorities';
import { system } from '@app/database';
import { expectedBankHolidays, MovableClock } from '@app/kernel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandAnswer, hubCommand } from '../../support/hub-command';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'calendar-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

const published = (...dates: readonly string[]): string => JSON.stringify({ 'england-and-wales': { division: 'england-and-wales', events: dates.map((date) => ({ title: 'Bank holiday', date, notes: '', bunting: true })) } });
const importFile = (text: string): Promise<CommandAnswer> => {
  const path = join(folder, 'bank-holidays.json');
  writeFileSync(path, text);
  return hubCommand(database.url, 'calendar', 'import', path);
};
const known = async (year: number): Promise<string[]> =>
  (await database.owner.query<{ on: string }>(`SELECT holiday_on::text AS on FROM bank_holidays WHERE extract(year FROM holiday_on) = $1 ORDER BY 1`, [year])).rows.map(({ on }) => on);

describe('hub calendar import', () => {
  it('adds the years that GOV.UK has published since, and a file again changes nothing', async () => {
    const file = published(...expectedBankHolidays(2028), ...expectedBankHolidays(2029));
    expect(await importFile(file)).toEqual({ code: 0, output: '8 added. Bank holidays are known until Monday 31 December 2029.\n', errors: '' });
    expect(await known(2029)).toEqual(expectedBankHolidays(2029));
    expect(await importFile(file)).toMatchObject({ code: 0, output: expect.stringMatching(/^Nothing new\. /) as string });
  });

  it('moves a day that is still to come', async () => {
    const moved = expectedBankHolidays(2029).map((date) => (date === '2029-05-07' ? '2029-05-08' : date));
    expect(await importFile(published(...moved))).toMatchObject({ code: 0, output: expect.stringMatching(/^1 added, 1 taken out\. /) as string });
    expect(await known(2029)).toEqual(moved);
  });

  it('says that a year in between is still missing', async () => {
    expect(await importFile(published(...expectedBankHolidays(2031)))).toMatchObject({ output: '8 added. Bank holidays are known until Monday 31 December 2029.\n' });
  });

  it('leaves days that have passed, and fills a passed year that was missing', async () => {
    const later = new ImportBankHolidays(database.transactions, new MovableClock(new Date('2031-06-02T10:00:00Z')));
    const before = await known(2031);
    const rewritten = expectedBankHolidays(2031).map((date) => (date === '2031-01-01' ? '2031-01-02' : date));
    const text = published(...expectedBankHolidays(2030), ...rewritten);
    expect(await later.run(system('import'), text)).toEqual({ ok: true, value: { added: 8, removed: 0, until: '2031-12-31' } });
    expect(await known(2031)).toEqual(before);
    expect(await known(2030)).toHaveLength(8);
  });

  it('refuses what is no such file, with what is wrong, and changes nothing', async () => {
    expect(await importFile(published('2032-01-01'))).toEqual({ code: 1, output: '', errors: '2032 has 1 bank holiday, and England has at least 8: the year is not complete.\nNothing was imported from bank-holidays.json.\n' });
    expect(await importFile('holidays')).toMatchObject({ code: 1, errors: expect.stringMatching(/^This is no JSON file/) as string });
    expect(await hubCommand(database.url, 'calendar', 'import', join(folder, 'none.json'))).toMatchObject({ code: 1, errors: expect.stringMatching(/^There is no file/) as string });
    expect(await known(2032)).toEqual([]);
  });
});
