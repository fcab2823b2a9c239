import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, system } from '@app/database';
import { ImportJourneys } from '@app/journeys';
import { localDate, MovableClock } from '@app/kernel';
import { ComputeKpiReport } from '@app/reports';
import { rowsOfFile } from '@app/spreadsheets';
import { randomImportFile } from '../../support/random-import-file';
import { referenceKpi } from '../../support/reference-kpi';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const NOW = { utc: new Date('2026-11-21T16:30:40Z'), local: '2026-11-21T16:30' };
const QUESTIONS = [
  { of: 'a year, half a year later', from: '2024-04-01', to: '2025-03-31', asAt: '2025-09-30' },
  { of: 'a year that is not over, on a bank holiday', from: '2024-04-01', to: '2025-03-31', asAt: '2024-12-26' },
  { of: 'everything, now', from: '2023-11-01', to: '2026-11-21', asAt: '2026-11-21' },
  { of: 'the day of the clock change', from: '2025-03-30', to: '2025-03-30', asAt: '2025-03-31' },
  { of: 'one month that ended in February', from: '2024-02-01', to: '2024-02-29', asAt: '2024-08-29' },
  { of: 'a time without enquiries', from: '2030-01-01', to: '2030-12-31', asAt: '2026-11-21' },
] as const;

interface Holiday {
  readonly date: string;
}
const bankHolidays = (JSON.parse(readFileSync(join(projectRoot(), 'libs/authorities/seed/bank-holidays.json'), 'utf8')) as Holiday[]).map(({ date }) => date);

/** Where two structures of figures differ by more than rounding, as paths. */
function differences(found: unknown, expected: unknown, path = 'report'): string[] {
  if (typeof found === 'number' && typeof expected === 'number') {
    return Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)) ? [] : [`${path}: ${String(found)} instead of ${String(expected)}`];
  }
  if (found === null || expected === null || typeof found !== 'object' || typeof expected !== 'object') {
    return found === expected ? [] : [`${path}: ${String(found)} instead of ${String(expected)}`];
  }
  const [left, right] = [found as Record<string, unknown>, expected as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => differences(left[key], right[key], `${path}.${key}`));
}

describe.each([
  ['660 journeys, as a hub has in a year', 660, [1, 2, 3], QUESTIONS],
  ['20,000 journeys', 20_000, [4], QUESTIONS.slice(0, 3)],
] as const)('%s, imported from a file', (_, rows, seeds, questions) => {
  it.each(seeds)('give every figure of an independent computation (file %i)', async (seed) => {
    const csv = randomImportFile({ rows, seed, from: '2023-11-01', days: 700, until: '2026-11-20' });
    const database = await createTestDatabase();
    try {
      await importText(database, csv);
      const compute = new ComputeKpiReport(database.transactions, new MovableClock(NOW.utc));
      for (const { of, from, to, asAt } of questions) {
        const computed = await compute.run(system('test'), { from: localDate(from), to: localDate(to), asAt: localDate(asAt) });
        if (!computed.ok) throw new Error(computed.refusal);
        const { total, byAuthority } = computed.value.report;
        expect({ of, differences: differences({ total, byAuthority }, referenceKpi(csv, { from, to, asAt, nowLocal: NOW.local, bankHolidays })) }).toEqual({ of, differences: [] });
      }
    } finally {
      await database.drop();
    }
  });
});

async function importText(database: TestDatabase, csv: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'journeys-'));
  try {
    const file = join(folder, 'journeys.csv');
    await writeFile(file, csv);
    const mistakes: string[] = [];
    const imported = await new ImportJourneys(database.transactions, new MovableClock(NOW.utc)).run(system('import'), {
      rows: rowsOfFile(file),
      dryRun: false,
      skipInvalid: false,
      onMistake: (row, mistake) => mistakes.push(`row ${String(row)}: ${JSON.stringify(mistake)}`),
    });
    expect(mistakes.slice(0, 5)).toEqual([]);
    expect(imported.ok).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
}
