import type { LocalDate } from '@app/kernel';
import type { KpiMonth, Period } from '@app/reports';
import { count, percent } from '../../../platform/words';
import { columns } from '../charts/columns';
import { decimal, table } from './cells';

const short = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "Apr", or "April 2026". */
export function monthName({ from }: Period, withYear = false): string {
  return (withYear ? long : short).format(new Date(`${from}T00:00:00Z`));
}

/** The months that had begun by the as-at date. */
export function monthsBegun(given: readonly KpiMonth[], asAt: LocalDate): readonly KpiMonth[] {
  return given.filter(({ period }) => period.from <= asAt);
}

/** Enquiries and approvals month by month; months that had not begun by the as-at date are left blank. */
export function months(given: readonly KpiMonth[], asAt: LocalDate) {
  const enquiries = given.reduce((sum, { block }) => sum + block.enquiries, 0);
  const approvals = given.reduce((sum, { block }) => sum + block.turnaround.approvals, 0);
  const busiest = given.reduce<KpiMonth | null>((most, month) => (month.block.enquiries > (most?.block.enquiries ?? 0) ? month : most), null);
  const begun = monthsBegun(given, asAt);
  const columnsOf = (what: string, of: string, value: (month: KpiMonth) => number) =>
    columns({
      label: `${what} by month: ${begun.map((month) => `${monthName(month.period)} ${String(value(month))}`).join(', ')}.`,
      columns: given.map((month) => (begun.includes(month) ? { name: monthName(month.period), value: value(month), words: count(value(month)), of } : { name: monthName(month.period), value: null, words: '' })),
      height: 170,
    });
  return {
    title: busiest === null ? 'No enquiries in this period' : `${count(enquiries)} enquiries and ${count(approvals)} approvals; most enquiries came in ${monthName(busiest.period, true)}`,
    enquiries: columnsOf('Enquiries', 'applicant', ({ block }) => block.enquiries),
    approvals: columnsOf('Approvals', 'approved', ({ block }) => block.turnaround.approvals),
    table: table(
      'Month by month',
      ['Month', 'Contacts', 'Enquiries', 'Applied so far', 'Approved so far', 'Closed so far', 'Approvals dated in the month', 'Their median days', 'Answered in time', 'Median working hours'],
      begun.map(({ period, block }) => [
        monthName(period, true), count(block.contacts), count(block.enquiries), count(block.funnel.application), count(block.conversion.cohort.approved), count(block.dropOut.closed),
        count(block.turnaround.approvals), decimal(block.turnaround.medianDays), percent(block.firstResponse.rate), decimal(block.firstResponse.medianWorkingHours),
      ]),
    ),
  };
}
