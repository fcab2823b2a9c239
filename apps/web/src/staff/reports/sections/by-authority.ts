import { AUTHORITY_NAMES, REPORTED_AUTHORITIES } from '@app/authorities';
import type { KpiReport } from '@app/reports';
import { count, listInWords, percent } from '../../../platform/words';
import { intervals } from '../charts/intervals';
import { decimal, table, withInterval } from './cells';

/** With fewer enquirers an interval is so long that nothing can be compared with it. */
const FEW = 20;

/** The figures of each authority side by side; null when the report is of one only. */
export function byAuthority({ byAuthority: blocks, total }: KpiReport) {
  const listed = REPORTED_AUTHORITIES.flatMap((code) => (blocks[code] === undefined ? [] : [{ name: AUTHORITY_NAMES[code], block: blocks[code] }]));
  if (listed.length < 2) return null;
  const { rate } = total.conversion.cohort;
  const rows = listed.map(({ name, block: { conversion: { cohort } } }) => ({ name, share: cohort.rate, low: cohort.low, high: cohort.high, few: cohort.enquiries < FEW, words: cohort.rate === null ? 'no enquiries' : `${percent(cohort.rate)} of ${count(cohort.enquiries)}` }));
  return {
    title: rate === null ? 'Nobody enquired in this period' : authorityTitle(rows, rate),
    description: `Of the period’s enquirers, the share approved so far. Between the ends of a line the true share lies 95 times of 100; the dashed line is all of them together.${rows.some(({ few }) => few) ? ` A line with an arrow may go on beyond the edge: fewer than ${String(FEW)} enquired there, too few to compare.` : ''}`,
    drawing: intervals({ label: `Share approved so far by authority: ${rows.map(({ name, ...figures }) => `${name} ${withInterval(figures)}`).join(', ')}.`, rows, ...(rate === null ? {} : { level: { value: rate, name: `all: ${percent(rate)}` } }) }),
    table: table(
      'By authority',
      ['Authority', 'Contacts', 'Enquiries', 'Answered in time', 'Median working hours', 'Applied', 'Approved so far', '95% interval', 'Approvals in the period', 'Median days', 'Within six months', 'Closed', 'Still open'],
      [...listed, { name: 'All', block: total }].map(({ name, block }) => [
        name, count(block.contacts), count(block.enquiries), percent(block.firstResponse.rate), decimal(block.firstResponse.medianWorkingHours), count(block.funnel.application),
        count(block.conversion.cohort.approved), intervalOf(block.conversion.cohort), count(block.turnaround.approvals), decimal(block.turnaround.medianDays), percent(block.turnaround.rate), count(block.dropOut.closed), count(block.openNow.total),
      ]),
    ),
  };
}

/** Only what chance does not explain is told of an authority by name. */
function authorityTitle(rows: readonly { readonly name: string; readonly low: number | null; readonly high: number | null }[], all: number): string {
  const above = rows.filter(({ low }) => low !== null && low > all).map(({ name }) => name);
  const below = rows.filter(({ high }) => high !== null && high < all).map(({ name }) => name);
  if (above.length + below.length === 0) return 'No authority differs from the hub by more than chance allows';
  return [...(above.length > 0 ? [`more are approved so far in ${listInWords(above)}`] : []), ...(below.length > 0 ? [`fewer in ${listInWords(below)}`] : [])].join(', ').replace(/^./, (first) => first.toUpperCase()) + ' than chance explains';
}

function intervalOf({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return low === null || high === null ? '–' : `${percent(low)} to ${percent(high)}`;
}
