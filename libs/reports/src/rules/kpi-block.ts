import { EXCLUDING_REASONS, hasReached, MILESTONES, MILESTONES_BEFORE_APPROVAL, CLOSED_BY } from '@app/journeys';
import type { CloseReason, ClosedBy, ExcludingReason, Milestone, MilestoneBeforeApproval } from '@app/journeys';
import { aalenJohansen } from './aalen-johansen';
import { JOURNEY_ENDINGS } from './counted-facts';
import type { ApprovalCount, CountedFacts, EnquiryCount, ResponseCount, TimeToEndingCount } from './counted-facts';
import { mean, quantiles } from './quantile';
import type { ValueCount } from './quantile';
import { wilsonInterval } from './wilson';

/** The days after the enquiry at which conversion is estimated: six, nine and twelve months. */
export const ESTIMATED_AT_DAYS = [183, 274, 365] as const;

/** Rates are fractions with full precision; a figure without a base is null. */
export interface KpiBlock {
  readonly contacts: number;
  readonly excluded: Readonly<Record<ExcludingReason, number>>;
  readonly enquiries: number;
  readonly firstResponse: {
    readonly counted: number;
    readonly withinStandard: number;
    readonly rate: number | null;
    readonly medianWorkingHours: number | null;
    readonly p90WorkingHours: number | null;
  };
  readonly funnel: Readonly<Record<Milestone, number>>;
  readonly conversion: {
    readonly period: { readonly approvals: number; readonly enquiries: number; readonly rate: number | null };
    readonly cohort: {
      readonly approved: number;
      readonly enquiries: number;
      readonly rate: number | null;
      readonly low: number | null;
      readonly high: number | null;
    };
    readonly estimated: readonly EstimatedConversion[];
  };
  readonly dropOut: {
    readonly closed: number;
    readonly rate: number | null;
    readonly byStage: Readonly<Record<MilestoneBeforeApproval, number>>;
    readonly byWho: Readonly<Record<ClosedBy, number>>;
    readonly byReason: Readonly<Partial<Record<CloseReason, number>>>;
    readonly steps: Readonly<
      Record<MilestoneBeforeApproval, { readonly reached: number; readonly closed: number; readonly rate: number | null }>
    >;
  };
  readonly turnaround: DaysToApproval & { readonly withinSixMonths: number; readonly rate: number | null };
  readonly processing: DaysToApproval & { readonly withinEightMonths: number; readonly rate: number | null };
  readonly openNow: {
    readonly total: number;
    readonly byStage: Readonly<Record<MilestoneBeforeApproval, number>>;
    readonly pastSixMonths: number;
  };
}

/** The estimated share of the enquiries that are approved this many days after the enquiry. */
export interface EstimatedConversion {
  readonly days: number;
  readonly atRisk: number;
  readonly estimate: number | null;
  readonly stdErr: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface DaysToApproval {
  readonly approvals: number;
  readonly medianDays: number | null;
  readonly meanDays: number | null;
  readonly p90Days: number | null;
}

/** Every figure of one block, from the facts that were counted for it. */
export function kpiBlock(facts: CountedFacts): KpiBlock {
  const enquiries = total(facts.enquiries);
  const funnel = recordOf(MILESTONES, (milestone) =>
    total(facts.enquiries.filter(({ furthest }) => hasReached(furthest, milestone))),
  );
  const approvals = total(facts.approvals);
  return {
    contacts: total(facts.contacts),
    excluded: recordOf(EXCLUDING_REASONS, (reason) => total(facts.excluded.filter((fact) => fact.excludedAs === reason))),
    enquiries,
    firstResponse: firstResponse(facts.responses),
    funnel,
    conversion: {
      period: { approvals, enquiries, rate: rate(approvals, enquiries) },
      cohort: cohortConversion(facts.enquiries, enquiries),
      estimated: estimatedConversion(facts.times),
    },
    dropOut: dropOut(facts.enquiries, enquiries, funnel),
    turnaround: turnaround(facts.approvals),
    processing: processing(facts.approvals),
    openNow: openNow(facts.enquiries),
  };
}

function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function rate(having: number, base: number): number | null {
  return base === 0 ? null : having / base;
}

function recordOf<Key extends string, Value>(keys: readonly Key[], value: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}

function firstResponse(responses: readonly ResponseCount[]): KpiBlock['firstResponse'] {
  const counted = total(responses);
  const withinStandard = total(responses.filter((response) => response.withinStandard));
  const hours: ValueCount[] = [];
  for (const { workingMinutes, count } of responses) if (workingMinutes !== null) hours.push({ value: workingMinutes, count });
  const [median, p90] = quantiles(hours, [0.5, 0.9]).map((minutes) => (minutes === null ? null : minutes / 60));
  return {
    counted,
    withinStandard,
    rate: rate(withinStandard, counted),
    medianWorkingHours: median ?? null,
    p90WorkingHours: p90 ?? null,
  };
}

function cohortConversion(counts: readonly EnquiryCount[], enquiries: number): KpiBlock['conversion']['cohort'] {
  const approved = total(counts.filter(({ standing }) => standing === 'approved'));
  const interval = wilsonInterval(approved, enquiries);
  return { approved, enquiries, rate: rate(approved, enquiries), low: interval?.low ?? null, high: interval?.high ?? null };
}

/**
 * The Aalen–Johansen cumulative incidence of approval. Past the longest time an estimate is known only when
 * every journey has ended; while one is censored, what comes after is not.
 */
function estimatedConversion(times: readonly TimeToEndingCount[]): EstimatedConversion[] {
  const allEnded = times.length > 0 && times.every(({ ending }) => ending !== 'censored');
  const counts = times.map(({ days: time, ending, count }) => ({ time, ending, count }));
  return aalenJohansen(counts, JOURNEY_ENDINGS, ESTIMATED_AT_DAYS).map(({ time: days, atRisk, byCause }) => {
    if (atRisk === 0 && !allEnded) return { days, atRisk, estimate: null, stdErr: null, low: null, high: null };
    return { days, atRisk, ...byCause.approved };
  });
}

function dropOut(
  counts: readonly EnquiryCount[],
  enquiries: number,
  funnel: Readonly<Record<Milestone, number>>,
): KpiBlock['dropOut'] {
  const closes = counts.filter((count) => count.standing === 'closed');
  const closed = total(closes);
  const byReason: Partial<Record<CloseReason, number>> = {};
  for (const { closedReason, count } of closes) byReason[closedReason] = (byReason[closedReason] ?? 0) + count;
  const byStage = byFurthest(closes);
  return {
    closed,
    rate: rate(closed, enquiries),
    byStage,
    byWho: recordOf(CLOSED_BY, (who) => total(closes.filter(({ closedBy }) => closedBy === who))),
    byReason,
    steps: recordOf(MILESTONES_BEFORE_APPROVAL, (milestone) => ({
      reached: funnel[milestone],
      closed: byStage[milestone],
      rate: rate(byStage[milestone], funnel[milestone]),
    })),
  };
}

function byFurthest(counts: readonly EnquiryCount[]): Record<MilestoneBeforeApproval, number> {
  return recordOf(MILESTONES_BEFORE_APPROVAL, (milestone) => total(counts.filter(({ furthest }) => furthest === milestone)));
}

function daysToApproval(days: readonly ValueCount[]): DaysToApproval {
  const [medianDays, p90Days] = quantiles(days, [0.5, 0.9]);
  return { approvals: total(days), medianDays: medianDays ?? null, meanDays: mean(days), p90Days: p90Days ?? null };
}

function turnaround(approvals: readonly ApprovalCount[]): KpiBlock['turnaround'] {
  const days = daysToApproval(approvals.map(({ turnaroundDays, count }) => ({ value: turnaroundDays, count })));
  const within = total(approvals.filter((approval) => approval.withinSixMonths));
  return { ...days, withinSixMonths: within, rate: rate(within, days.approvals) };
}

function processing(approvals: readonly ApprovalCount[]): KpiBlock['processing'] {
  const processed: ValueCount[] = [];
  let within = 0;
  for (const { processing: found, count } of approvals) {
    if (found === null) continue;
    processed.push({ value: found.days, count });
    if (found.withinEightMonths) within += count;
  }
  const days = daysToApproval(processed);
  return { ...days, withinEightMonths: within, rate: rate(within, days.approvals) };
}

function openNow(counts: readonly EnquiryCount[]): KpiBlock['openNow'] {
  const open = counts.filter((count) => count.standing === 'open');
  return {
    total: total(open),
    byStage: byFurthest(open),
    pastSixMonths: total(open.filter(({ pastSixMonths }) => pastSixMonths)),
  };
}
