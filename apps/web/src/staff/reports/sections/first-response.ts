import type { LocalDate } from '@app/kernel';
import type { KpiBlock, KpiMonth } from '@app/reports';
import { count, percent } from '../../../platform/words';
import { columns } from '../charts/columns';
import { decimal, outOf, table, type WithYearBefore } from './cells';
import { monthName, monthsBegun } from './months';

/** How quickly enquirers were answered by a person. */
export function firstResponse({ now, before }: WithYearBefore, months: readonly KpiMonth[], asAt: LocalDate) {
  const begun = monthsBegun(months, asAt);
  const { counted, rate } = now.firstResponse;
  return {
    title: counted === 0 ? 'No first response was due yet' : `${percent(rate)} were answered in time${sinceYearBefore(rate, before.firstResponse.rate)}`,
    sentence: firstResponseSentence(now),
    drawing: columns({
      label: `Share of first responses in time by month: ${begun.map(({ period, block }) => `${monthName(period)} ${percent(block.firstResponse.rate, 0)}`).join(', ')}.`,
      columns: months.map(({ period, block: { firstResponse: { rate: share } } }) => ({ name: monthName(period), value: share, words: share === null ? '' : percent(share, 0), ...(share === null ? {} : { short: (share * 100).toFixed(0) }) })),
      full: 1,
      height: 180,
      counted: 'per cent in time, by the month of the enquiry',
    }),
    table: table(
      'First response by the month of the enquiry',
      ['Month', 'Answered or due', 'In time', 'Share', 'Median working hours', '9 in 10 within'],
      begun.map(({ period, block: { firstResponse: figures } }) => [
        monthName(period, true), count(figures.counted), count(figures.withinStandard), percent(figures.rate), decimal(figures.medianWorkingHours), decimal(figures.p90WorkingHours),
      ]),
    ),
  };
}

/** How many were missed, and how long the answered ones waited. */
export function firstResponseSentence({ firstResponse: { counted, withinStandard, medianWorkingHours, p90WorkingHours } }: KpiBlock): string {
  if (counted === 0) return 'Nobody has been answered, and no answer is overdue.';
  const missed = counted - withinStandard;
  const start = missed === 0 ? `All ${count(counted)} were answered in time` : `${outOf(missed, counted)} were answered late or not at all`;
  if (medianWorkingHours === null) return `${start}.`;
  return `${start}; half of the answers came within ${decimal(medianWorkingHours)} working hours, nine in ten within ${decimal(p90WorkingHours)}.`;
}

function sinceYearBefore(now: number | null, before: number | null): string {
  return now === null || before === null ? '' : `, after ${percent(before)} a year before`;
}
