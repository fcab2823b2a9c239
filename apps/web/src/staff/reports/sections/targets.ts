import { impliedTargets, progress, type ImpliedTarget, type KpiBlock, type Progress, type StatedTargets, type TargetsOfAYear } from '@app/reports';
import type { FinancialYear, LocalDate } from '@app/kernel';
import { count, percent } from '../../../platform/words';
import { decimal, table } from './cells';

/** The targets that a report is held against: those of the financial year in which its period lies and with which it starts. */
export interface HeldAgainst extends TargetsOfAYear {
  readonly year: FinancialYear;
  /** The last day that the report counts. */
  readonly until: LocalDate;
  /** Whether that is today. */
  readonly untilNow: boolean;
}

const NAMES: Readonly<Record<keyof StatedTargets, string>> = {
  enquiries: 'Enquiries',
  approvalRate: 'Approvals for each enquiry',
  approvals: 'Approvals',
  baselineApprovals: 'Baseline: approvals before the hub',
  increaseOnBaseline: 'Increase on the baseline',
  turnaroundMonths: 'Months from enquiry to approval',
};

/** A target in its own unit: a count, a rate in per cent, or months. */
export function targetInWords(target: keyof StatedTargets, value: number | null, decimals = 2): string {
  if (value === null) return '–';
  if (target === 'approvalRate' || target === 'increaseOnBaseline') return percent(value, decimals).replace(/\.?0+%$/, '%');
  return target === 'turnaroundMonths' ? `${decimal(value)} months` : new Intl.NumberFormat('en-GB', { maximumFractionDigits: decimals }).format(value);
}

/** What was stated, what it implies of the rest, and how far the year has come; null where nothing was stated. */
export function targets(held: HeldAgainst | null, now: KpiBlock) {
  if (held === null || Object.values(held.stated).every((value) => value === null)) return null;
  const { stated, year, until, untilNow, sources } = held;
  const towards = (target: number | null, toDate: number): Progress | null => (target === null ? null : progress(target, toDate, year, until));
  const enquiries = towards(stated.enquiries, now.enquiries);
  const approvals = towards(stated.approvals, now.turnaround.approvals);
  return {
    year: year.label,
    sources,
    enquiries,
    approvals,
    progressTable: table(
      `Progress in ${year.label}`,
      ['Target', 'Stated', 'To date', 'Reached', 'Of the year’s days', `At an even pace by ${untilNow ? 'now' : 'then'}`, 'Ahead or behind'],
      [
        ...(enquiries ? [progressRow(NAMES.enquiries, enquiries)] : []),
        ...(approvals ? [progressRow(NAMES.approvals, approvals)] : []),
        ...(stated.approvalRate === null ? [] : [[NAMES.approvalRate, targetInWords('approvalRate', stated.approvalRate), percent(now.conversion.period.rate, 2), '', '', '', '']]),
        ...(stated.turnaroundMonths === null ? [] : [[NAMES.turnaroundMonths, targetInWords('turnaroundMonths', stated.turnaroundMonths), `${count(now.turnaround.withinSixMonths)} of ${count(now.turnaround.approvals)} within six`, '', '', '', '']]),
      ],
    ),
    impliedTable: table('What the targets imply of each other', ['Target', 'From', 'Implied', 'Stated', 'Difference'], impliedTargets(stated).map((implied) => impliedRow(implied, stated)), 2),
  };
}

function progressRow(name: string, { target, toDate, shareReached, shareOfYear, evenPace, ahead }: Progress): string[] {
  const difference = Math.round(ahead) === 0 ? 'on pace' : `${count(Math.abs(Math.round(ahead)))} ${ahead > 0 ? 'ahead' : 'behind'}`;
  return [name, count(target), count(toDate), percent(shareReached), percent(shareOfYear), count(Math.round(evenPace)), difference];
}

function impliedRow({ target, from: [first, second], implied, stated, difference }: ImpliedTarget, all: StatedTargets): string[] {
  const from = `${NAMES[first].toLowerCase()} ${targetInWords(first, all[first])}, ${NAMES[second].toLowerCase()} ${targetInWords(second, all[second])}`;
  return [NAMES[target], from, targetInWords(target, implied), targetInWords(target, stated), differenceInWords(target, difference)];
}

/** With its sign; the difference of two rates is in percentage points. */
function differenceInWords(target: keyof StatedTargets, difference: number | null): string {
  if (difference === null) return '–';
  const sign = difference < 0 ? '−' : '+';
  return `${sign}${targetInWords(target, Math.abs(difference)).replace('%', ' points')}`;
}
