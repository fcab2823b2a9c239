import { aalenJohansen, type IncidenceAt } from './aalen-johansen';
import { JOURNEY_ENDINGS } from './counted-facts';
import type { JourneyEnding } from './counted-facts';
import { ESTIMATED_AT_DAYS } from './kpi-block';
import { grayTest, type GrayTest, type GroupedTimeCount } from './gray-test';

/** By what enquiries can be told apart to see where families are lost. */
export const LOSS_DIMENSIONS = ['authority', 'source', 'channel', 'month', 'response'] as const;
export type LossDimension = (typeof LOSS_DIMENSIONS)[number];

/** Whether an enquiry was answered by the time that was due, later or never, or was not due yet. */
export const RESPONSE_GROUPS = ['in_time', 'late', 'not_due'] as const;
export type ResponseGroup = (typeof RESPONSE_GROUPS)[number];

/** Enquiries of the period of one group, by whole days from the enquiry to the end, or to the as-at date while open. */
export type GroupedEnding = GroupedTimeCount<JourneyEnding>;

/** After how many days shares are told: the same as in the report. */
export type ToldAfterDays = (typeof ESTIMATED_AT_DAYS)[number];

/** How the enquiries of a group had ended so many days after they came in. */
export interface LossesAfter {
  readonly days: ToldAfterDays;
  /** How many were watched for so long, and had not ended before. */
  readonly followed: number;
  /** Null, as in the report, when nobody was watched so long and somebody is still on the way. */
  readonly incidence: IncidenceAt<JourneyEnding> | null;
}

/** How the enquiries of one group have ended, day by day, as the Aalen–Johansen estimate gives it. */
export interface LossesOfGroup {
  readonly group: string;
  readonly enquiries: number;
  /** What has happened so far, as counts. */
  readonly ended: Readonly<Record<JourneyEnding, number>>;
  readonly open: number;
  /** With fewer enquiries than 30, a family more or less moves the shares by several per cent. */
  readonly isSmall: boolean;
  /** From day 0 as long as at least five are followed; empty when there never were. */
  readonly curve: readonly IncidenceAt<JourneyEnding>[];
  /** The same after each of the times that shares are told for, the shortest first. */
  readonly after: readonly LossesAfter[];
}

/** With fewer enquiries than this a group's shares are read with care, and it takes no part in the test. */
export const SMALL_GROUP = 30;
/** With fewer than this under observation a curve says more about them than about the hub. */
export const FEWEST_FOLLOWED = 5;
/** Beyond a year and a half little is still to come, and few are followed that far. */
export const LATEST_DAY = 548;
const LONGEST_TOLD = 365;

/** The cumulative incidence of every way to end, for each group: those with most enquiries first. */
export function lossesByGroup(endings: readonly GroupedEnding[]): LossesOfGroup[] {
  return [...byGroup(endings)].map(([group, counts]) => lossesOf(group, counts)).sort((one, other) => other.enquiries - one.enquiries || (one.group < other.group ? -1 : 1));
}

/** The same of all of them together, whatever their group. */
export function lossesOf(group: string, counts: readonly GroupedEnding[]): LossesOfGroup {
  const ended = (how: GroupedEnding['ending']): number => total(counts.filter(({ ending }) => ending === how));
  const longest = Math.min(LATEST_DAY, counts.reduce((most, { time }) => Math.max(most, time), 0));
  const [enquiries, open] = [total(counts), ended('censored')];
  return {
    group,
    enquiries,
    ended: Object.fromEntries(JOURNEY_ENDINGS.map((ending) => [ending, ended(ending)])) as Record<JourneyEnding, number>,
    open,
    isSmall: enquiries < SMALL_GROUP,
    curve: aalenJohansen(counts, JOURNEY_ENDINGS, Array.from({ length: longest + 1 }, (_, day) => day)).filter(({ atRisk }) => atRisk >= FEWEST_FOLLOWED),
    after: aalenJohansen(counts, JOURNEY_ENDINGS, ESTIMATED_AT_DAYS).map((at, index) => ({
      days: ESTIMATED_AT_DAYS[index] ?? 365,
      followed: at.atRisk,
      incidence: enquiries > 0 && (open === 0 || at.atRisk > 0) ? at : null,
    })),
  };
}

/**
 * After how many days groups are best compared: the longest time for which more than half of those that can be told of at all
 * can be, small groups only where there are no others; a year when none can. Told of is who has ended altogether, or of whom
 * enough were followed for so long that the curve goes as far.
 */
export function comparedAfterDays(groups: readonly LossesOfGroup[]): ToldAfterDays {
  const large = groups.filter(({ isSmall }) => !isSmall);
  const told = ESTIMATED_AT_DAYS.map((days) => ({ days, groups: (large.length > 0 ? large : groups).filter((group) => isTold(group, days)).length }));
  const most = Math.max(...told.map((one) => one.groups));
  return told.findLast((one) => one.groups * 2 > most)?.days ?? LONGEST_TOLD;
}

function isTold({ after, open }: LossesOfGroup, days: ToldAfterDays): boolean {
  return after.some((one) => one.days === days && one.incidence !== null && (open === 0 || one.followed >= FEWEST_FOLLOWED));
}

/** Whether groups differ in one way to end: how many took part, and null where the numbers do not allow to tell. */
export interface LossDifference {
  readonly ending: JourneyEnding;
  readonly groups: number;
  readonly test: GrayTest | null;
}

/** With fewer ends of a kind than this for each group, the test's probability is not to be relied on. */
const FEWEST_ENDS_A_GROUP = 5;
/** Among more groups, that some of them differ tells nobody where to look, and finding it out keeps everybody else waiting. */
export const MOST_COMPARED = 24;

/**
 * Gray's test of each way to end between the groups that are large enough, and which those are. Groups in which nobody was
 * followed to the day on which the first came to that end take no part in its test: nothing could have been seen of them.
 */
export function lossDifferences(endings: readonly GroupedEnding[]): { readonly between: readonly string[]; readonly differences: readonly LossDifference[] } {
  const large = new Map([...byGroup(endings)].filter(([, counts]) => total(counts) >= SMALL_GROUP));
  const differences = JOURNEY_ENDINGS.map((ending): LossDifference => {
    const first = Math.min(...[...large.values()].flat().flatMap((one) => (one.ending === ending ? [one.time] : [])));
    const seen = [...large.values()].filter((counts) => counts.some(({ time }) => time >= first));
    const compared = seen.flat();
    const ends = total(compared.filter((one) => one.ending === ending));
    return { ending, groups: seen.length, test: seen.length < 2 || seen.length > MOST_COMPARED || ends < FEWEST_ENDS_A_GROUP * seen.length ? null : grayTest(compared, ending) };
  });
  return { between: [...large.keys()], differences };
}

function byGroup(endings: readonly GroupedEnding[]): Map<string, GroupedEnding[]> {
  const groups = new Map<string, GroupedEnding[]>();
  for (const ending of endings) {
    const group = groups.get(ending.group);
    if (group === undefined) groups.set(ending.group, [ending]);
    else group.push(ending);
  }
  return groups;
}

function total(counts: readonly GroupedEnding[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
