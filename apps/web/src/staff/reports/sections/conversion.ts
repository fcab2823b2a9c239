import { type CountedFacts, type IncidenceAt, type JourneyEnding, type KpiBlock, lossesOf } from '@app/reports';
import { count, countOf, percent } from '../../../platform/words';
import { table, withInterval, type WithYearBefore } from './cells';
import { endingsDrawing, endingsTable, endOfCurve } from './endings';

/** Which share of the enquirers is approved: in the period, of its enquirers so far, and as estimated with time. */
export function conversion({ now, before }: WithYearBefore, facts: CountedFacts) {
  const { period, cohort, estimated } = now.conversion;
  const { curve } = lossesOf('all', facts.times.map(({ days: time, ending, count: households }) => ({ time, ending, count: households, group: 'all' })));
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
    title: curveTitle(curve.at(-1)),
    drawing: endingsDrawing(curve),
    curveTable: endingsTable(curve),
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

/** The share where the curve ends, as the drawing names it and the table ends with it. */
function curveTitle(last: IncidenceAt<JourneyEnding> | undefined): string {
  if (last === undefined) return 'Too few enquirers to show how enquiries end';
  const { approved } = last.byCause;
  return `${endOfCurve(last)}, an estimated ${withInterval({ share: approved.estimate, low: approved.low, high: approved.high })} are approved`;
}
