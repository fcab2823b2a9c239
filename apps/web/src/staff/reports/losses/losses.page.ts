import { AUTHORITY_NAMES, type AuthorityCode, REPORTED_AUTHORITIES } from '@app/authorities';
import { CHANNEL_NAMES, type Channel } from '@app/journeys';
import { localDate } from '@app/kernel';
import { type CensoredQuantile, comparedAfterDays, curveUpTo, isTold, JOURNEY_ENDINGS, type JourneyEnding, type LossDimension, type LossesAfter, type LossesOfGroup, MOST_COMPARED, type ResponseGroup, SMALL_GROUP, type TimeInStage, type ToldAfterDays, type TracedLosses } from '@app/reports';
import { count, countOf, listInWords, percent } from '../../../platform/words';
import { STAGE_NAMES } from '../../stage-names';
import { leavingInWords, stageTimes } from '../charts/stage-times';
import { decimal, table, withInterval } from '../sections/cells';
import { ENDINGS, endingsDrawing, endingsTable, endOfCurve } from '../sections/endings';
import { monthName } from '../sections/months';

/** By what enquiries can be looked at, in words. */
export const DIMENSION_NAMES: Readonly<Record<LossDimension, { readonly name: string; readonly between: string }>> = {
  authority: { name: 'Authority', between: 'authorities' },
  source: { name: 'How they heard of the hub', between: 'sources' },
  channel: { name: 'How they enquired', between: 'channels' },
  month: { name: 'Month of the enquiry', between: 'months' },
  response: { name: 'First response in time or not', between: 'those answered in time and those answered late' },
};

const RESPONSE_NAMES: Readonly<Record<ResponseGroup, string>> = { in_time: 'Answered in time', late: 'Answered late', never: 'Never answered', not_due: 'Answer not due yet' };

/** What a group is called. */
export function groupName(dimension: LossDimension, group: string): string {
  switch (dimension) {
    case 'authority':
      return AUTHORITY_NAMES[group as AuthorityCode];
    case 'source':
      return group === '' ? 'Not stated' : group;
    case 'channel':
      return CHANNEL_NAMES[group as Channel];
    case 'month':
      return monthName({ from: localDate(`${group}-01`), to: localDate(`${group}-01`) }, true);
    case 'response':
      return RESPONSE_NAMES[group as ResponseGroup];
  }
}

/** A group in the middle of a sentence: what is no proper name stands in quotation marks. */
function saidOf(dimension: LossDimension, name: string): string {
  return dimension === 'authority' || dimension === 'month' ? name : `“${name}”`;
}

/** The times after which shares are told, in words. */
const SPAN_NAMES: Readonly<Record<ToldAfterDays, string>> = { 183: 'six months', 274: 'nine months', 365: 'a year' };

/** As many groups are drawn; the table has them all. */
const DRAWN = 8;
/** A group that can be told of for less than a month shows nothing yet. */
const LEAST_DAYS = 30;

/** Where families are lost: together, by group, by stage, and whether groups differ by more than chance. */
export function lossesPage({ dimension, all, groups: bySize, compared, stages }: TracedLosses) {
  const groups = inOrder(dimension, bySize).map((losses): NamedGroup => ({ name: groupName(dimension, losses.group), losses }));
  const { name, between } = DIMENSION_NAMES[dimension];
  const days = comparedAfterDays(bySize);
  const span = SPAN_NAMES[days];
  const drawn = drawnOf(dimension, bySize, days);
  return {
    heading: `By ${name.toLowerCase()}`,
    all: { title: allTitle(all), description: readWithCare(all), drawing: endingsDrawing(all.curve), table: endingsTable(all.curve) },
    finding: compared.between.length < 2 || compared.between.length > MOST_COMPARED ? null : chanceTitle(between, compared.differences),
    direction: directionOf(groups.filter(({ losses }) => compared.between.includes(losses.group) && isTold(losses, days)), compared.differences, span, days),
    aboutNever: dimension === 'response' && bySize.some(({ group }) => group === NEVER),
    small: groups.filter(({ losses }) => losses.isSmall).map((group) => saidOf(dimension, group.name)),
    fewest: SMALL_GROUP,
    notYetAYear: days === 365 ? null : span,
    summary: table(
      `How enquiries end, by ${name.toLowerCase()}`,
      [name, 'Enquiries', `Ended, or followed for ${span}`, `Approved within ${span} (95% interval)`, 'Withdrew', 'Closed by us', 'Not reached', 'Still open', 'Read with care'],
      groups.map((group) => summaryRow(group, days)),
    ),
    charts: groups.filter(({ losses }) => drawn.has(losses)).map((group, index) => {
      const [curve, who] = [curveUpTo(group.losses, days), `enquiries (${group.name})`];
      return { id: `group-${String(index + 1)}`, title: groupTitle(group, curve), description: readWithCare(group.losses), drawing: endingsDrawing(curve, who, days), table: endingsTable(curve, who) };
    }),
    notDrawn: notDrawnInWords(dimension, groups.length - drawn.size, drawn.size),
    stages: stagesChart(stages),
    test: testOf(groups.filter(({ losses }) => compared.between.includes(losses.group)).map((group) => saidOf(dimension, group.name)), compared),
  };
}

interface NamedGroup {
  readonly name: string;
  readonly losses: LossesOfGroup;
}

const NEVER: ResponseGroup = 'never';

/** The largest that can be told of for long enough; of months the latest that can be compared. */
function drawnOf(dimension: LossDimension, bySize: readonly LossesOfGroup[], days: ToldAfterDays): ReadonlySet<LossesOfGroup> {
  const drawable = bySize.filter(({ curve, open }) => curve.length > 0 && (open === 0 || curve.length > LEAST_DAYS));
  if (dimension !== 'month') return new Set(drawable.slice(0, DRAWN));
  return new Set(inOrder(dimension, drawable.filter((losses) => isTold(losses, days))).slice(-DRAWN));
}

function notDrawnInWords(dimension: LossDimension, groups: number, drawn: number): string | null {
  if (groups === 0) return null;
  if (drawn === 0) return 'Nothing is drawn: of no group can enough be followed yet. The table has them all.';
  const why = dimension === 'month' ? 'earlier than those drawn, or not known so long yet' : 'smaller than those drawn, or known for less than a month';
  return `${countOf(groups, 'group is', 'groups are')} in the table alone: ${why}.`;
}

/** What one family more or less changes in a group that is read with care. */
function readWithCare({ isSmall, enquiries }: LossesOfGroup): string | null {
  return isSmall ? `Only ${countOf(enquiries, 'enquiry', 'enquiries')}: one family more or less moves these shares by ${countOf(Math.round(100 / enquiries), 'percentage point', 'percentage points')}.` : null;
}

/** Authorities as everywhere, months as they came, answers from early to none; the others by size. */
function inOrder(dimension: LossDimension, groups: readonly LossesOfGroup[]): readonly LossesOfGroup[] {
  const order: readonly string[] | null = dimension === 'authority' ? REPORTED_AUTHORITIES : dimension === 'response' ? Object.keys(RESPONSE_NAMES) : dimension === 'month' ? groups.map(({ group }) => group).sort() : null;
  return order === null ? groups : [...groups].sort((one, other) => order.indexOf(one.group) - order.indexOf(other.group));
}

const after = (losses: LossesOfGroup, days: ToldAfterDays): LossesAfter | undefined => losses.after.find((one) => one.days === days);

function summaryRow({ name, losses }: NamedGroup, days: ToldAfterDays): string[] {
  const { followed = 0, incidence = null } = after(losses, days) ?? {};
  const approved = incidence === null ? '–' : withInterval({ share: incidence.byCause.approved.estimate, low: incidence.byCause.approved.low, high: incidence.byCause.approved.high });
  return [name, count(losses.enquiries), count(followed), approved, ...JOURNEY_ENDINGS.slice(1).map((ending) => percent(incidence?.byCause[ending].estimate)), count(losses.open), careInWords(losses, incidence !== null, days)];
}

function careInWords(losses: LossesOfGroup, isEstimated: boolean, days: ToldAfterDays): string {
  if (losses.isSmall) return 'Too few';
  if (isTold(losses, days)) return '';
  const last = losses.curve.at(-1);
  return isEstimated || last === undefined ? 'Few followed so long' : `Known for ${countOf(last.time, 'day', 'days')} only: ${percent(last.byCause.approved.estimate)} approved`;
}

/** Told of the day on which the curve ends, as the drawing beside it. */
function allTitle({ curve }: LossesOfGroup): string {
  const last = curve.at(-1);
  if (last === undefined) return 'Too few enquirers to show how enquiries end';
  const most = JOURNEY_ENDINGS.slice(1).reduce((first, next) => (last.byCause[next].estimate > last.byCause[first].estimate ? next : first));
  const others = last.byCause[most].estimate === 0 ? 'nobody is lost yet' : `the others most often ${LOST_AS[most]} (${percent(last.byCause[most].estimate)})`;
  return `${endOfCurve(last)}, ${percent(last.byCause.approved.estimate)} are approved; ${others}`;
}

const LOST_AS: Readonly<Record<JourneyEnding, string>> = { approved: 'are approved', applicant: 'withdrew', service: 'were closed by us', no_contact: 'could not be reached' };

/** The share after the time for which groups are compared, or where the curve ends before that. */
function groupTitle({ name, losses }: NamedGroup, curve: LossesOfGroup['curve']): string {
  const last = curve.at(-1);
  const span = Object.entries(SPAN_NAMES).find(([days]) => Number(days) === last?.time)?.[1];
  const when = span === undefined ? `after ${countOf(last?.time ?? 0, 'day', 'days')}, not known for longer yet` : `within ${span}`;
  return `${name}: ${percent(last?.byCause.approved.estimate)} approved ${when}, of ${countOf(losses.enquiries, 'enquiry', 'enquiries')}`;
}

/** "more than 120 days so far" where too few have left to know. */
function quartile(value: CensoredQuantile | null): string {
  if (value === null) return '–';
  if ('days' in value) return decimal(value.days);
  return value.moreThanDays === 0 ? 'not known yet' : `more than ${countOf(value.moreThanDays, 'day', 'days')} so far`;
}

function stagesChart(stages: readonly TimeInStage[]) {
  const counted = stages.filter(({ came }) => came > 0);
  const longest = counted.reduce<TimeInStage | null>((most, stage) => (most === null || medianOf(stage) > medianOf(most) ? stage : most), null);
  const rows = counted.map(({ stage, quartiles }) => ({ name: STAGE_NAMES[stage], quartiles }));
  return {
    title: stagesTitle(longest, counted.length),
    drawing: rows.length === 0 ? null : stageTimes({ label: `Days in each stage: ${rows.map(({ name, quartiles }) => `${name}: ${leavingInWords(quartiles)}`).join('; ')}.`, rows }),
    table: table(
      'Days in each stage until it is left, onwards or for good',
      ['Stage', 'Came to it', 'Went on', 'Closed there', 'Still there', 'A quarter left within', 'Half left within', 'Three quarters left within'],
      counted.map(({ stage, came, wentOn, closed, open, quartiles }) => [STAGE_NAMES[stage], count(came), count(wentOn), count(closed), count(open), ...quartiles.map(quartile)]),
    ),
  };
}

function stagesTitle(longest: TimeInStage | null, stages: number): string {
  const median = longest?.quartiles[1] ?? null;
  if (longest === null || median === null) return 'Nobody has come to a stage yet';
  if (medianOf(longest) === 0) return 'How long a stage takes is not known yet';
  const time = 'days' in median ? `${decimal(median.days)} days or longer` : `more than ${countOf(median.moreThanDays, 'day', 'days')} so far`;
  return `Half of those who come to the stage “${STAGE_NAMES[longest.stage].toLowerCase()}” are there for ${time}${stages > 1 ? ', longer than in any other' : ''}`;
}

function medianOf({ quartiles }: TimeInStage): number {
  const median = quartiles[1] ?? null;
  return median === null ? 0 : 'days' in median ? median.days : median.moreThanDays;
}

/** One in twenty by chance alone. */
const UNLIKELY = 0.05;
type Differences = TracedLosses['compared']['differences'];

function chanceTitle(between: string, differences: Differences): string {
  const told = differences.filter(({ test }) => test !== null && test.probability < UNLIKELY).map(({ ending }) => WHAT[ending]);
  if (differences.every(({ test }) => test === null)) return 'Too little has happened yet to tell differences from chance';
  return told.length === 0 ? `Between ${between} nothing differs by more than chance explains` : `Between ${between}, ${listInWords(told)} ${told.length === 1 ? 'differs' : 'differ'} by more than chance explains`;
}

const WHAT: Readonly<Record<JourneyEnding, string>> = { approved: 'approval', applicant: 'withdrawing', service: 'closing by us', no_contact: 'not being reached' };

/** Which of the groups has most and which least of each end in which they differ; null when they differ in none that can be told. */
function directionOf(groups: readonly NamedGroup[], differences: Differences, span: string, days: ToldAfterDays): string | null {
  const told = differences.filter(({ test }) => test !== null && test.probability < UNLIKELY).flatMap(({ ending }) => {
    const sorted = groups.flatMap(({ name, losses }) => {
      const share = after(losses, days)?.incidence?.byCause[ending].estimate;
      return share === undefined ? [] : [{ name, share }];
    }).sort((one, other) => other.share - one.share);
    const [most, least] = [sorted[0], sorted.at(-1)];
    if (most === undefined || least === undefined || most.share === least.share) return [];
    return [`${ENDINGS[ending].name} most often: ${most.name} (${percent(most.share)}), least often: ${least.name} (${percent(least.share)})`];
  });
  return told.length === 0 ? null : `Within ${span}, ${told.join('; ')}.`;
}

function testOf(names: readonly string[], { between, differences }: TracedLosses['compared']) {
  if (between.length < 2) return null;
  if (between.length > MOST_COMPARED) return { tooMany: MOST_COMPARED };
  return {
    between: listInWords(names),
    table: table(
      'Do they differ?',
      ['How enquiries end', 'In plain words', 'Groups compared', 'Gray’s statistic', 'Degrees of freedom', 'Probability by chance'],
      differences.map(({ ending, groups, test }) => [
        ENDINGS[ending].name.replace(/^./, (first) => first.toUpperCase()), test === null ? 'Too few to tell' : test.probability < UNLIKELY ? 'They differ: hardly by chance' : 'No more than chance explains', count(groups),
        test === null ? '–' : test.statistic.toFixed(2), test === null ? '–' : String(test.degreesOfFreedom), test === null ? '–' : test.probability < 0.0001 ? 'below 0.0001' : test.probability.toFixed(4),
      ]),
      2,
    ),
  };
}
