import type { LocalDate } from '@app/kernel';
import { factsOfAuthority } from './counted-facts';
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

/**
 * The report of one request. With one authority asked for, the total is that authority's.
 * `authorities` are the codes to list, in the order to list them.
 */
export function kpiReport(
  request: ReportRequest,
  facts: CountedFacts,
  authorities: readonly string[],
  generatedAt: Date,
): KpiReport {
  const { period, asAt, knownAt, authority } = request;
  const listed = authority === null ? authorities : [authority];
  return {
    definitions: DEFINITIONS_VERSION,
    period,
    asAt,
    knownAt: knownAt === null ? null : inUtc(knownAt),
    generatedAt: inUtc(generatedAt),
    total: kpiBlock(authority === null ? facts : factsOfAuthority(facts, authority)),
    byAuthority: Object.fromEntries(listed.map((code) => [code, kpiBlock(factsOfAuthority(facts, code))])),
  };
}

function inUtc(moment: Date): string {
  return moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
