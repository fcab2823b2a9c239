import { aalenJohansen, type CountedFacts, type IncidenceAt, JOURNEY_ENDINGS, type JourneyEnding, type KpiBlock } from '@app/reports';
import { count, countOf, percent } from '../../../platform/words';
import { stackedAreas } from '../charts/stacked-areas';
import { table, withInterval, type WithYearBefore } from './cells';

/** Half a year, nine months and a year, as the report estimates them. */
const NAMED_DAYS = [
  { day: 183, name: '6 months' },
  { day: 274, name: '9 months' },
  { day: 365, name: '12 months' },
] as const;

/** How the layers are called, and in which colour, from the bottom up. */
const ENDINGS: readonly { readonly ending: JourneyEnding; readonly name: string; readonly of: string }[] = [
  { ending: 'approved', name: 'approved', of: 'approved' },
  { ending: 'applicant', name: 'withdrew', of: 'applicant' },
  { ending: 'service', name: 'closed by us', of: 'service' },
  { ending: 'no_contact', name: 'not reached', of: 'no-contact' },
];

/** Beyond a year and a half little is still to come, and few are followed that far. */
const LATEST_DAY = 548;
/** With fewer households than this under observation the curve says more about them than about the hub. */
const FEWEST_FOLLOWED = 5;

/** Which share of the enquirers is approved: in the period, of its enquirers so far, and as estimated with time. */
export function conversion({ now, before }: WithYearBefore, facts: CountedFacts) {
  const { period, cohort, estimated } = now.conversion;
  const curve = incidenceByDay(facts);
  const last = curve.at(-1);
  const year = now.conversion.estimated.at(-1);
  return {
    sentence: conversionSentence(now),
    table: table(
      'Conversion from enquiry to approval',
      ['Measure', 'Approved', 'Enquiries', 'Share', '95% interval', 'A year before'],
      [
        ['Approvals of the period for its enquiries', count(period.approvals), count(period.enquiries), percent(period.rate), '', percent(before.conversion.period.rate)],
        ['Of the period’s enquirers, approved so far', count(cohort.approved), count(cohort.enquiries), percent(cohort.rate), interval(cohort), percent(before.conversion.cohort.rate)],
        ...estimated.map(({ days, atRisk, estimate, low, high }, index) => [
          `Estimated ${String(days)} days after the enquiry`, '', `${count(atRisk)} followed that long`, percent(estimate), interval({ low, high }), percent(before.conversion.estimated[index]?.estimate),
        ]),
      ],
    ),
    title: year?.estimate == null ? curveTitle(last) : `A year after enquiring, an estimated ${percent(year.estimate)} are approved`,
    drawing: last === undefined ? null : curveDrawing(curve, last),
    curveTable: table(
      'How enquiries end, estimated by the days since the enquiry',
      ['Days since the enquiry', 'Followed that long', 'Approved', 'Withdrew', 'Closed by us', 'Not reached', 'Still on their way'],
      namedDaysOf(curve).map(({ time, atRisk, byCause, eventFree }) => [
        String(time), count(atRisk), withInterval({ share: byCause.approved.estimate, low: byCause.approved.low, high: byCause.approved.high }),
        ...ENDINGS.slice(1).map(({ ending }) => percent(byCause[ending].estimate)), percent(eventFree.estimate),
      ]),
    ),
  };
}

/** One honest sentence about what the count leaves out. */
export function conversionSentence({ conversion: { cohort, estimated }, openNow }: KpiBlock): string {
  const approved = `${cohort.approved === 0 ? 'None' : count(cohort.approved)} of the ${countOf(cohort.enquiries, 'enquirer', 'enquirers')} of this period ${cohort.approved === 1 ? 'is' : 'are'} approved so far`;
  if (cohort.enquiries === 0) return 'Nobody enquired in this period.';
  if (openNow.total === 0) return `${approved}; none is still on the way, so this figure is final.`;
  const latest = [...estimated].reverse().find(({ estimate }) => estimate !== null);
  const estimate = latest ? ` Allowing for them, an estimated ${withInterval({ share: latest.estimate, low: latest.low, high: latest.high })} are approved within ${String(latest.days)} days.` : '';
  return `${approved}; ${count(openNow.total)} ${openNow.total === 1 ? 'is' : 'are'} still on the way, so the count is lower than what it will become.${estimate}`;
}

function interval({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return low === null || high === null ? '' : `${percent(low)} to ${percent(high)}`;
}

/** The cumulative incidences for each day on which enough households are still followed. */
function incidenceByDay({ times }: CountedFacts): IncidenceAt<JourneyEnding>[] {
  const counts = times.map(({ days: time, ending, count: households }) => ({ time, ending, count: households }));
  const longest = Math.min(LATEST_DAY, counts.reduce((most, { time }) => Math.max(most, time), 0));
  const days = Array.from({ length: longest + 1 }, (_, day) => day);
  return aalenJohansen(counts, JOURNEY_ENDINGS, days).filter(({ atRisk }) => atRisk >= FEWEST_FOLLOWED);
}

function namedDaysOf(curve: readonly IncidenceAt<JourneyEnding>[]): IncidenceAt<JourneyEnding>[] {
  const last = curve.at(-1)?.time ?? 0;
  return curve.filter(({ time }) => time % 30 === 0 || NAMED_DAYS.some(({ day }) => day === time) || time === last);
}

function curveTitle(last: IncidenceAt<JourneyEnding> | undefined): string {
  if (last === undefined) return 'Too few enquirers to show how enquiries end';
  return `${countOf(last.time, 'day', 'days')} after enquiring, an estimated ${percent(last.byCause.approved.estimate)} are approved`;
}

function curveDrawing(curve: readonly IncidenceAt<JourneyEnding>[], last: IncidenceAt<JourneyEnding>) {
  const shares = ENDINGS.map(({ ending, name }) => `${percent(last.byCause[ending].estimate)} ${name}`).join(', ');
  return stackedAreas({
    label: `How enquiries end by the days since the enquiry. After ${String(last.time)} days: ${shares}, ${percent(last.eventFree.estimate)} still on their way.`,
    layers: ENDINGS.map(({ ending, name, of }) => ({ name, of, shares: curve.map(({ byCause }) => byCause[ending].estimate) })),
    rest: 'still on their way',
    marks: NAMED_DAYS,
  });
}
