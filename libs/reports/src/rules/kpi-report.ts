import type { LocalDate } from '@app/kernel';
import { factsOfAuthorities } from './counted-facts';
import type { CountedFacts } from './counted-facts';
import { DEFINITIONS_VERSION } from './definitions';
import { kpiBlock } from './kpi-block';
import type { KpiBlock } from './kpi-block';
import type { Period, ReportRequest } from './report-request';

/** The KPI report as the command, the API, the pages and the kept reports give it. */
export interface KpiReport {
  readonly definitions: string;
  readonly period: Period;
  readonly asAt: LocalDate;
  /** ISO 8601 in UTC, or null when all counts that is known. */
  readonly knownAt: string | null;
  /** ISO 8601 in UTC, to the second. */
  readonly generatedAt: string;
  readonly total: KpiBlock;
  readonly byAuthority: Readonly<Record<string, KpiBlock>>;
}

/** The report of one request, over the authorities that are listed, in their order; the total is theirs together. */
export function kpiReport(
  { period, asAt, knownAt }: ReportRequest,
  facts: CountedFacts,
  authorities: readonly string[],
  generatedAt: Date,
): KpiReport {
  return {
    definitions: DEFINITIONS_VERSION,
    period,
    asAt,
    knownAt: knownAt === null ? null : inUtc(knownAt),
    generatedAt: inUtc(generatedAt),
    total: kpiBlock(factsOfAuthorities(facts, authorities)),
    byAuthority: Object.fromEntries(authorities.map((code) => [code, kpiBlock(factsOfAuthorities(facts, [code]))])),
  };
}

/** One calendar month of a period, or the part of it that lies in the period. */
export interface KpiMonth {
  readonly period: Period;
  readonly block: KpiBlock;
}

/** A moment as reports write it: ISO 8601 in UTC, to the second. */
export function inUtc(moment: Date): string {
  return moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
