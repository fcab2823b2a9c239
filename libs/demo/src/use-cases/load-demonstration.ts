import { loadCalendars } from '@app/authorities';
import { addDocumentIn } from '@app/documents';
import { rows, system, type Transactions } from '@app/database';
import { addDays, type Clock, financialYearOf, isoWeekday, localDateOf, momentAt, MovableClock, ok, refused, type Result, startOfLocalDay } from '@app/kernel';
import { ComputeKpiReport, ForecastYear, KeepForecasts, KeepNightlyReport } from '@app/reports';
import { arrangeComingPanels } from '../assessments/coming-panels';
import { FileRefused } from '../assessments/life-of-a-file';
import { liveConstellations, MONTHS_OF_LIFE } from '../constellations/live-constellations';
import { fileDocuments } from '../documents/file-documents';
import { beginLoad, loadBegun, noteProgress } from '../persistence/progress';
import { samplePlaces } from '../persistence/sample-postcodes';
import { forecastNights } from '../rules/forecast-nights';
import { ENQUIRIES_A_YEAR } from '../rules/rates';
import { isSceneThatCounts, scenesOf } from '../rules/scenes';
import { storiesOf } from '../rules/stories';
import { type Story, until } from '../rules/story';
import type { Company } from './company';
import { liveStory, StoryRefused } from './live-story';
import { type DemonstrationSignIn, makeCast } from './make-cast';

/** A year that comes out near its rates: another seed makes a better or a worse one, as years are. */
export const USUAL_SEED = 1;
export const USUAL_HOUSEHOLDS = ENQUIRIES_A_YEAR;

export interface DemonstrationAsked {
  /** Enquiries of a year that count. */
  readonly households: number;
  readonly seed: number;
  readonly signIns: readonly DemonstrationSignIn[];
  /** Links in alerts begin with it. */
  readonly publicUrl: string;
  /** How long constellations have lived; left out: two years. */
  readonly monthsOfConstellations?: number;
  /** Where documents are kept; left out: there are none. */
  readonly dataDir?: string;
  /** How many stories are lived at once; each takes a connection. */
  readonly atOnce: number;
  readonly onProgress: (done: number, total: number) => void;
}

export interface Loaded {
  readonly stories: number;
  /** The demonstration was here already, whole. */
  readonly already: boolean;
  /** Stories that the system would not let happen, in words: none, unless its rules have changed. */
  readonly refused: readonly string[];
}

/** Why no demonstration is loaded: families that are not made up are here, or another demonstration is. */
export type LoadRefusal = 'has_real_families' | 'another_demonstration';

const ACTOR = system('demonstration');
const NOTE_EVERY_MS = 500;
const NIGHTLY_AT_MINUTE = 150;
const LONGEST_STORY_DAYS = 1_100;

/**
 * Loads the demonstration: the last whole financial year and this one so far, up to now, each family's story in one
 * transaction through the use cases that people use. A load that was cut off is gone on with: stories that were lived
 * are known by the key of their first contact.
 */
export async function loadDemonstration(transactions: Transactions, clock: Clock, asked: DemonstrationAsked): Promise<Result<Loaded, LoadRefusal>> {
  const words = `${String(asked.households)} enquiries a year, seed ${String(asked.seed)}`;
  const begun = await loadBegun(transactions);
  if (begun && begun.words !== words) return refused('another_demonstration');
  if (!begun && (await hasRealFamilies(transactions))) return refused('has_real_families');
  const now = begun?.startedAt ?? clock.now();
  if (!begun) await beginLoad(transactions, words, now);

  const lastYear = financialYearOf(addDays(financialYearOf(localDateOf(now)).from, -1));
  const company = await makeCast(transactions, startOfLocalDay(addDays(lastYear.from, -60)), asked.signIns);
  if (begun?.endedAt) return ok({ stories: begun.total, already: true, refused: [] });

  const stories = await plan(transactions, clock, asked, now);
  const outcome = await liveAll(transactions, asked, stories, company, now);
  const panels = await arrangeComingPanels(transactions, company, now);
  const papers = asked.dataDir === undefined ? [] : await fileDocuments(transactions, addDocumentIn({ dataDir: asked.dataDir, documentLimitMegabytes: 1 }, transactions, new MovableClock(now)), company);
  const lives = await liveConstellations(transactions, company, { seed: asked.seed, now, atOnce: asked.atOnce, months: asked.monthsOfConstellations ?? MONTHS_OF_LIFE, publicUrl: asked.publicUrl });
  await keepReports(transactions, now);
  await keepForecasts(transactions, now);
  await noteProgress(transactions, stories.length, stories.length, clock.now());
  return ok({ stories: stories.length, already: false, refused: [...outcome, ...panels, ...papers, ...lives] });
}

async function hasRealFamilies(transactions: Transactions): Promise<boolean> {
  const found = await transactions.run(ACTOR, (tx) => rows(tx, 'SELECT 1 FROM journeys WHERE NOT demonstration LIMIT 1'));
  return found.length > 0;
}

/** What is to be lived, the work that is due now first, then the newest: the pages are of use long before all is there. */
async function plan(transactions: Transactions, clock: Clock, { seed, households }: DemonstrationAsked, now: Date): Promise<readonly Story[]> {
  const places = await samplePlaces(transactions, clock);
  const { opening } = await transactions.run(ACTOR, (tx) => loadCalendars(tx));
  // Stories are written to their ends, which may lie beyond the years whose bank holidays are known; that part is not lived.
  const calendar = { ...opening, calendar: { ...opening.calendar, loadedUntil: addDays(opening.calendar.loadedUntil, LONGEST_STORY_DAYS) } };
  const thisYear = financialYearOf(localDateOf(now));
  const lastYear = financialYearOf(addDays(thisYear.from, -1));
  const scenes = scenesOf({ seed, now, places, calendar, firstNumber: households * 2 + 200 });
  const begun = scenes.filter(({ name }) => isSceneThatCounts(name)).map(({ steps: [first] }) => (first && localDateOf(first.at) < thisYear.from ? lastYear : thisYear));
  const besides = (year: typeof thisYear): number => begun.filter((each) => each === year).length;
  const years = [
    { year: lastYear, enquiries: Math.max(households - besides(lastYear), 0) },
    { year: thisYear, enquiries: Math.max(households - besides(thisYear), Math.ceil(households / 2)) },
  ];
  const natural = storiesOf({ seed, years, places, calendar });
  return [...scenes, ...[...natural].reverse()].map((story) => until(story, now)).filter(({ steps }) => steps.length > 0);
}

async function liveAll(transactions: Transactions, asked: DemonstrationAsked, stories: readonly Story[], company: Company, now: Date): Promise<readonly string[]> {
  const key = (story: Story): string => `demonstration-${String(asked.seed)}-${story.name}`;
  const lived = await transactions.run(ACTOR, (tx) => rows<{ key: string }>(tx, 'SELECT idempotency_key AS key FROM contacts WHERE demonstration AND idempotency_key IS NOT NULL'));
  const known = new Set(lived.map((contact) => contact.key));
  const waiting = stories.filter((story) => !known.has(key(story)));
  const refusals: string[] = [];
  let done = stories.length - waiting.length;
  let notedAt = 0;
  const next = waiting.values();
  const lane = async (): Promise<void> => {
    for (const story of next) {
      try {
        await transactions.run(ACTOR, (tx) => liveStory(tx, story, { company, publicUrl: asked.publicUrl, key: key(story), now }));
      } catch (error) {
        if (!(error instanceof StoryRefused || error instanceof FileRefused)) throw error;
        refusals.push(error instanceof FileRefused ? `${story.name}: ${error.message}` : error.message);
      }
      done += 1;
      asked.onProgress(done, stories.length);
      if (performance.now() - notedAt < NOTE_EVERY_MS) continue;
      notedAt = performance.now();
      await noteProgress(transactions, done, stories.length);
    }
  };
  await Promise.all(Array.from({ length: asked.atOnce }, lane));
  return refusals;
}

/** The nightly reports that would have been kept: of every Sunday since the year began, and of the last two weeks. */
async function keepReports(transactions: Transactions, now: Date): Promise<void> {
  const today = localDateOf(now);
  const { from } = financialYearOf(today);
  const clock = new MovableClock(startOfLocalDay(from));
  const keep = new KeepNightlyReport(transactions, new ComputeKpiReport(transactions, clock), clock);
  for (let night = addDays(from, 1); momentAt(night, NIGHTLY_AT_MINUTE) <= now; night = addDays(night, 1)) {
    if (isoWeekday(night) !== 1 && night < addDays(today, -14)) continue;
    clock.set(momentAt(night, NIGHTLY_AT_MINUTE));
    await keep.run();
  }
}

/** The forecasts that would have been kept. */
async function keepForecasts(transactions: Transactions, now: Date): Promise<void> {
  const clock = new MovableClock(now);
  const keep = new KeepForecasts(transactions, new ForecastYear(transactions, clock), clock);
  for (const { at, ofCouncils } of forecastNights(now)) {
    clock.set(at);
    await (ofCouncils ? keep.run() : keep.run([null]));
  }
}
