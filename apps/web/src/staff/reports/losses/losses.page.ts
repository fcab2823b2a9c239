import { AUTHORITY_NAMES, type AuthorityCode, REPORTED_AUTHORITIES } from '@app/authorities';
import { CHANNEL_NAMES, type Channel } from '@app/journeys';
import { localDate } from '@app/kernel';
import { type CensoredQuantile, comparedAfterDays, FEWEST_FOLLOWED, JOURNEY_ENDINGS, type JourneyEnding, type LossDimension, type LossesAfter, type LossesOfGroup, MOST_COMPARED, type ResponseGroup, SMALL_GROUP, type TimeInStage, type ToldAfterDays, type TracedLosses } from '@app/reports';
import { count, countOf, listInWords, percent } from '../../../platform/words';
import { STAGE_NAMES } from '../../stage-names';
import { decimal, table, withInterval } from '../sections/cells';
import { ENDINGS, endingsDrawing, endingsTable } from '../sections/endings';
import { monthName } from '../sections/months';

/** By what enquiries can be looked at, in words. */
export const DIMENSION_NAMES: Readonly<Record<LossDimension, { readonly name: string; readonly between: string }>> = {
  authority: { name: 'Authority', between: 'authorities' },
  source: { name: 'How they heard of the hub', between: 'sources' },
  channel: { name: 'How they enquired', between: 'channels' },
  month: { name: 'Month of the enquiry', between: 'months' },
  response: { name: 'First response in time or not', between: 'those answered in time and the others' },
};

const RESPONSE_NAMES: Readonly<Record<ResponseGroup, string>> = { in_time: 'Answered in time', late: 'Answered late or never', not_due: 'Answer not due yet' };

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

/** The times after which shares are told, in words. */
const SPAN_NAMES: Readonly<Record<ToldAfterDays, string>> = { 183: 'six months', 274: 'nine months', 365: 'a year' };

/** As many groups are drawn; the table has them all. */
const DRAWN = 8;

/** Where families are lost: together, by group, by stage, and whether groups differ by more than chance. */
export function lossesPage({ dimension, all, groups: bySize, compared, stages }: TracedLosses) {
  const groups = inOrder(dimension, bySize).map((losses) => ({ name: groupName(dimension, losses.group), losses }));
  const untilDay = Math.max(0, ...groups.map(({ losses }) => losses.curve.at(-1)?.time ?? 0));
  const { name, between } = DIMENSION_NAMES[dimension];
  const days = comparedAfterDays(bySize);
  const span = SPAN_NAMES[days];
  const drawn = new Set(bySize.filter(({ curve }) => curve.length > 0).slice(0, DRAWN));
  return {
    dimension: name,
    between,
    all: { title: allTitle(all), drawing: endingsDrawing(all.curve), table: endingsTable(all.curve) },
    finding: compared.between.length < 2 || compared.between.length > MOST_COMPARED ? null : chanceTitle(between, compared.differences),
    small: groups.filter(({ losses }) => losses.isSmall).map((group) => group.name),
    fewest: SMALL_GROUP,
    tooYoungForAYear: days === 365 ? null : span,
    summary: table(
      `How enquiries end, by ${name.toLowerCase()}`,
      [name, 'Enquiries', `Followed for ${span}`, `Approved within ${span} (95% interval)`, 'Withdrew', 'Closed by us', 'Not reached', 'Still open', 'Read with care'],
      groups.map((group) => summaryRow(group.name, group.losses, days)),
    ),
    charts: groups.filter(({ losses }) => drawn.has(losses)).map((group, index) => ({
      id: `group-${String(index + 1)}`,
      title: groupTitle(group.name, group.losses, days),
      warning: group.losses.isSmall ? `Only ${countOf(group.losses.enquiries, 'enquiry', 'enquiries')}: one family more or less moves these shares by ${percent(1 / group.losses.enquiries, 0)}.` : null,
      drawing: endingsDrawing(group.losses.curve, `enquiries (${group.name})`, untilDay),
      table: endingsTable(group.losses.curve, `enquiries (${group.name})`),
    })),
    notDrawn: groups.length - drawn.size,
    stages: stagesTable(stages),
    test: testOf(dimension, compared),
  };
}

/** Authorities as everywhere, months as they came, answers from early to none; the others by size. */
function inOrder(dimension: LossDimension, groups: readonly LossesOfGroup[]): readonly LossesOfGroup[] {
  const order: readonly string[] | null = dimension === 'authority' ? REPORTED_AUTHORITIES : dimension === 'response' ? Object.keys(RESPONSE_NAMES) : dimension === 'month' ? groups.map(({ group }) => group).sort() : null;
  return order === null ? groups : [...groups].sort((one, other) => order.indexOf(one.group) - order.indexOf(other.group));
}

const after = (losses: LossesOfGroup, days: ToldAfterDays): LossesAfter | undefined => losses.after.find((one) => one.days === days);

function summaryRow(name: string, losses: LossesOfGroup, days: ToldAfterDays): string[] {
  const { followed = 0, incidence = null } = after(losses, days) ?? {};
  const approved = incidence === null ? '–' : withInterval({ share: incidence.byCause.approved.estimate, low: incidence.byCause.approved.low, high: incidence.byCause.approved.high });
  return [
    name, count(losses.enquiries), count(followed), approved, ...JOURNEY_ENDINGS.slice(1).map((ending) => percent(incidence?.byCause[ending].estimate)), count(losses.open),
    losses.isSmall ? 'Too few' : incidence === null ? 'Too early' : losses.open > 0 && followed < FEWEST_FOLLOWED ? 'Few followed so long' : '',
  ];
}

function allTitle(all: LossesOfGroup): string {
  const year = after(all, 365)?.incidence ?? null;
  const last = year ?? all.curve.at(-1);
  if (last === undefined) return 'Too few enquirers to show how enquiries end';
  const most = JOURNEY_ENDINGS.slice(1).reduce((first, next) => (last.byCause[next].estimate > last.byCause[first].estimate ? next : first));
  const when = year === null ? `${countOf(last.time, 'day', 'days')} after enquiring` : 'A year after enquiring';
  return `${when}, ${percent(last.byCause.approved.estimate, 0)} are approved; the others most often ${LOST_AS[most]} (${percent(last.byCause[most].estimate, 0)})`;
}

const LOST_AS: Readonly<Record<JourneyEnding, string>> = { approved: 'are approved', applicant: 'withdrew', service: 'were closed by us', no_contact: 'could not be reached' };

/** The share beside which the others are told, and the one where the curve ends. */
function groupTitle(name: string, losses: LossesOfGroup, days: ToldAfterDays): string {
  const compared = after(losses, days)?.incidence ?? null;
  const last = losses.curve.at(-1);
  const shares = [
    ...(compared === null ? [] : [{ at: compared, when: `within ${SPAN_NAMES[days]}` }]),
    ...(last === undefined || last.time === compared?.time ? [] : [{ at: last, when: `after ${countOf(last.time, 'day', 'days')}` }]),
  ].map(({ at, when }) => `${percent(at.byCause.approved.estimate, 0)} approved ${when}`);
  return `${name}: ${shares.join(', ')}, of ${countOf(losses.enquiries, 'enquiry', 'enquiries')}`;
}

/** "more than 120 days so far" where too few have left to know. */
function quartile(value: CensoredQuantile | null): string {
  if (value === null) return '–';
  return 'days' in value ? decimal(value.days) : `more than ${count(value.moreThanDays)} so far`;
}

function stagesTable(stages: readonly TimeInStage[]) {
  const counted = stages.filter(({ came }) => came > 0);
  const longest = counted.reduce<TimeInStage | null>((most, stage) => (medianOf(stage) > (most === null ? 0 : medianOf(most)) ? stage : most), null);
  const median = longest?.quartiles[1] ?? null;
  return {
    title: longest === null || median === null ? 'Nobody has come to a stage yet' : `Half of those who come to the stage “${STAGE_NAMES[longest.stage].toLowerCase()}” are there for ${'days' in median ? `${decimal(median.days)} days or longer` : `more than ${countOf(median.moreThanDays, 'day', 'days')} so far`}, longer than in any other`,
    table: table(
      'Days in each stage until it is left, onwards or for good',
      ['Stage', 'Came to it', 'Went on', 'Closed there', 'Still there', 'A quarter left within', 'Half left within', 'Three quarters left within'],
      counted.map(({ stage, came, wentOn, closed, open, quartiles }) => [STAGE_NAMES[stage], count(came), count(wentOn), count(closed), count(open), ...quartiles.map(quartile)]),
    ),
  };
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

function testOf(dimension: LossDimension, { between, differences }: TracedLosses['compared']) {
  if (between.length < 2) return null;
  if (between.length > MOST_COMPARED) return { tooMany: MOST_COMPARED };
  return {
    between: listInWords(between.map((group) => groupName(dimension, group))),
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
