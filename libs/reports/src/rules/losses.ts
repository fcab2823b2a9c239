import { aalenJohansen, type IncidenceAt } from './aalen-johansen';
import { JOURNEY_ENDINGS } from './counted-facts';
import type { JourneyEnding } from './counted-facts';
import { ESTIMATED_AT_DAYS } from './kpi-block';
import { grayTest, type GrayTest, type GroupedTimeCount } from './gray-test';

/** By what enquiries can be told apart to see where families are lost. */
export const LOSS_DIMENSIONS = ['authority', 'source', 'channel', 'month', 'response'] as const;
export type LossDimension = (typeof LOSS_DIMENSIONS)[number];

/** Whether an enquiry was answered by the time that was due, later, or not although it was due; or was not due yet. */
export const RESPONSE_GROUPS = ['in_time', 'late', 'never', 'not_due'] as const;
export type ResponseGroup = (typeof RESPONSE_GROUPS)[number];
/** Whoever could not be reached was never answered: to hold those against the others would find what was put in. */
const ANSWERED: readonly string[] = ['in_time', 'late'] satisfies ResponseGroup[];

/** Enquiries of the period of one group, by whole days from the enquiry to the end, or to the as-at date while open. */
export type GroupedEnding = GroupedTimeCount<JourneyEnding>;

/** After how many days shares are told: the same as in the report. */
export type ToldAfterDays = (typeof ESTIMATED_AT_DAYS)[number];

/** How the enquiries of a group had ended so many days after they came in. */
export interface LossesAfter {
  readonly days: ToldAfterDays;
  /** Of how many it is known what had become of them by then: they had ended, or were watched for so long. */
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
  /** From day 0 for as long as enough can be followed, and to the last end where all have ended; empty for fewer than five. */
  readonly curve: readonly IncidenceAt<JourneyEnding>[];
  /** The same after each of the times that shares are told for, the shortest first. */
  readonly after: readonly LossesAfter[];
}

/** With fewer enquiries than this a group's shares are read with care, and it takes no part in the test. */
export const SMALL_GROUP = 30;
/** With fewer than this under observation a curve says more about them than about the hub, unless the others have ended. */
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
  const censoredBefore = (day: number): number => total(counts.filter(({ ending, time }) => ending === 'censored' && time < day));
  return {
    group,
    enquiries,
    ended: Object.fromEntries(JOURNEY_ENDINGS.map((ending) => [ending, ended(ending)])) as Record<JourneyEnding, number>,
    open,
    isSmall: enquiries < SMALL_GROUP,
    curve: enquiries < FEWEST_FOLLOWED ? [] : toldDays(aalenJohansen(counts, JOURNEY_ENDINGS, Array.from({ length: longest + 1 }, (_, day) => day)), enquiries),
    after: aalenJohansen(counts, JOURNEY_ENDINGS, ESTIMATED_AT_DAYS).map((at, index) => {
      const days = ESTIMATED_AT_DAYS[index] ?? LONGEST_TOLD;
      return { days, followed: enquiries - censoredBefore(days), incidence: enquiries > 0 && (open === 0 || at.atRisk > 0) ? at : null };
    }),
  };
}

/** A share of counts that should be whole may differ from it by its rounding errors. */
const ROUNDING = 1e-9;

/**
 * The days that can be told of. Few are at risk because most have ended, or because most could not be followed so long
 * yet; only the latter makes the estimate uncertain. Those at risk for each one of whom the estimate still expects to be
 * on the way tell the two apart: they are as many as could have been followed to that day, whatever became of them.
 */
function toldDays(days: readonly IncidenceAt<JourneyEnding>[], enquiries: number): IncidenceAt<JourneyEnding>[] {
  const enough = Math.min(SMALL_GROUP, enquiries) - ROUNDING;
  return days.filter(({ atRisk }, day) => atRisk >= FEWEST_FOLLOWED || atRisk / (days[day - 1]?.eventFree.estimate ?? 1) >= enough);
}

/** The curve of a group no farther than to a day, and as far as that where all have ended: nothing changes after that. */
export function curveUpTo({ curve, open }: LossesOfGroup, day: number): IncidenceAt<JourneyEnding>[] {
  const upTo = curve.filter(({ time }) => time <= day);
  const last = upTo.at(-1);
  if (last === undefined || open > 0) return upTo;
  return [...upTo, ...Array.from({ length: day - last.time }, (_, later) => ({ ...last, time: last.time + 1 + later, atRisk: 0 }))];
}

/**
 * After how many days groups are best compared: the longest time for which more than half of those that can be told of at all
 * can be, small groups only where there are no others; a year when none can.
 */
export function comparedAfterDays(groups: readonly LossesOfGroup[]): ToldAfterDays {
  const large = groups.filter(({ isSmall }) => !isSmall);
  const told = ESTIMATED_AT_DAYS.map((days) => ({ days, groups: (large.length > 0 ? large : groups).filter((group) => isTold(group, days)).length }));
  const most = Math.max(...told.map((one) => one.groups));
  return told.findLast((one) => one.groups * 2 > most)?.days ?? LONGEST_TOLD;
}

/** Whether a group can be told of after so many days: all have ended, or the curve goes as far. */
export function isTold({ curve, enquiries, open }: LossesOfGroup, days: ToldAfterDays): boolean {
  return (open === 0 && enquiries > 0) || curve.length > days;
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

/** The endings whose groups can be held against each other: by the first response, of those that had one. */
export function comparable<Ending extends GroupedEnding>(dimension: LossDimension, endings: readonly Ending[]): readonly Ending[] {
  return dimension === 'response' ? endings.filter(({ group }) => ANSWERED.includes(group)) : endings;
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
