import { ALL_CLOSE_REASONS } from '@app/journeys';
import type { KpiBlock } from './kpi-block';
import type { KpiReport } from './kpi-report';

/** A figure's path within its block, such as `conversion.cohort.rate`, and its value; null where it has no base. */
type Figure = readonly [path: string, value: number | null];

/** Every figure of a block, in the order of the block; every reason is listed, also where nobody closed with it. */
function figuresOf(block: KpiBlock): Figure[] {
  const { conversion, dropOut } = block;
  const estimated = Object.fromEntries(conversion.estimated.map(({ days, ...figures }) => [days, figures]));
  const byReason = Object.fromEntries(ALL_CLOSE_REASONS.map((reason) => [reason, dropOut.byReason[reason] ?? 0]));
  return flattened({ ...block, conversion: { ...conversion, estimated }, dropOut: { ...dropOut, byReason } });
}

function flattened(figures: object, within = ''): Figure[] {
  return Object.entries(figures).flatMap(([name, value]: [string, unknown]): Figure[] => {
    const path = within === '' ? name : `${within}.${name}`;
    if (typeof value === 'number' || value === null) return [[path, value]];
    return typeof value === 'object' ? flattened(value, path) : [];
  });
}

/**
 * The report as a table (RFC 4180): first what it is a report of, then a line for each figure, named by its path
 * in the JSON, with a column for the total and one for each authority. A figure without a base is empty.
 */
export function kpiCsv(report: KpiReport): string {
  const authorities = Object.keys(report.byAuthority);
  const columns = [report.total, ...Object.values(report.byAuthority)].map((block) => new Map(figuresOf(block)));
  const about: readonly (readonly [string, string])[] = [
    ['definitions', report.definitions],
    ['period.from', report.period.from],
    ['period.to', report.period.to],
    ['asAt', report.asAt],
    ['knownAt', report.knownAt ?? ''],
    ['generatedAt', report.generatedAt],
  ];
  const lines = [
    ['figure', 'total', ...authorities],
    ...about.map(([name, value]) => [name, value, ...authorities.map(() => '')]),
    ...figuresOf(report.total).map(([path]) => [path, ...columns.map((column) => String(column.get(path) ?? ''))]),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
