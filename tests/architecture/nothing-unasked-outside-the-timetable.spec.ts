import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TIME_ZONE, TIMETABLE_ENTRIES } from '../../apps/worker/src/timetable';

const ROOT = join(__dirname, '../..');

/** What makes something happen without anybody asking, and the only places where it may stand. */
const UNASKED: readonly { readonly what: string; readonly sign: RegExp; readonly places: readonly string[] }[] = [
  { what: 'work that is repeated', sign: /\bsetInterval\(|@Cron\(|@Interval\(/, places: ['apps/worker/src/looking.ts', 'apps/web/src/main.ts' /* only while it stops: closes connections that nobody uses */] },
  { what: 'a worker on a queue', sign: /@Processor\(|new Worker\(/, places: ['apps/worker/src/processors/messages.processor.ts', 'apps/worker/src/processors/timetable.processor.ts'] },
  { what: 'work put into a queue', sign: /\.addBulk\(|upsertJobScheduler\(|queue\.add\(/, places: ['libs/jobs/src/job-planner.ts'] },
  { what: 'listening to PostgreSQL', sign: /`LISTEN /, places: ['apps/worker/src/work-listener.ts'] },
];

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(folder, file)),
);

describe('what the system does unasked', () => {
  it.each(UNASKED)('is planned in one place: $what', ({ sign, places }) => {
    expect(sources.filter((file) => sign.test(readFileSync(join(ROOT, file), 'utf8'))).sort()).toEqual([...places].sort());
  });

  it('stands in the timetable once, with its hour and a sentence for people', () => {
    expect(new Set(TIMETABLE_ENTRIES.map(({ job }) => job)).size).toBe(TIMETABLE_ENTRIES.length);
    for (const { pattern, words } of TIMETABLE_ENTRIES) {
      expect(pattern).toMatch(/^\d{1,2} (\d{1,2}|\*) \* \* \*$/);
      expect(words).toMatch(/^Every (hour|night)\b.*\.$/);
    }
    expect(TIME_ZONE).toBe('Europe/London');
  });

  it('never happens between one and two at night, an hour that a clock change can skip or repeat', () => {
    expect(TIMETABLE_ENTRIES.filter(({ pattern }) => pattern.split(' ')[1] === '1')).toEqual([]);
  });
});
