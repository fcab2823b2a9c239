import { createHash } from 'node:crypto';
import type { LocalDate } from '@app/kernel';
import type { KpiBlock, KpiReport, Period } from '@app/reports';
import { canonicalJson } from './canonical-json';
import { FIGURE_LINES, type FigureKind } from './figure-lines';
import { TOTAL } from './kpi-publication';

/** How long the period of a saved report is. */
export const CADENCES = ['month', 'quarter'] as const;
export type Cadence = (typeof CADENCES)[number];
export const CADENCE_NAMES: Readonly<Record<Cadence, string>> = { month: 'Monthly', quarter: 'Quarterly' };

/** What is saved of a report: everything but the moment at which it was made, which says nothing about the figures. */
export interface SavedFigures {
  readonly cadence: Cadence;
  /** Null for the hub. */
  readonly authority: string | null;
  readonly definitions: string;
  readonly period: Period;
  readonly asAt: LocalDate;
  /** ISO 8601 in UTC. */
  readonly knownAt: string;
  readonly total: KpiBlock;
  readonly byAuthority: Readonly<Record<string, KpiBlock>>;
}

/** The figures of a report, to be saved. Throws for a report that is not asked about as it was known at a moment. */
export function savedFigures(cadence: Cadence, authority: string | null, { definitions, period, asAt, knownAt, total, byAuthority }: KpiReport): SavedFigures {
  if (knownAt === null) throw new Error('A saved report is as it was known at a moment.');
  return { cadence, authority, definitions, period, asAt, knownAt, total, byAuthority };
}

/** The text that is kept of figures, and its SHA-256 in hexadecimal. */
export function sealed(figures: SavedFigures): { readonly content: string; readonly sha256: string } {
  const content = canonicalJson(figures);
  return { content, sha256: sha256Of(content) };
}

/** The SHA-256 of a text in UTF-8, in hexadecimal. */
export function sha256Of(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/** One figure that is another since the version before. */
export interface FigureChange {
  /** `total`, or the code of an authority. */
  readonly scope: string;
  readonly path: string;
  readonly name: string;
  readonly kind: FigureKind;
  readonly before: number | null;
  readonly after: number | null;
}

/** Every figure that differs between two versions of a report, the total first. A report of one authority has one column. */
export function changesBetween(before: SavedFigures, after: SavedFigures): FigureChange[] {
  const scopes = after.authority === null ? [TOTAL, ...Object.keys(after.byAuthority)] : [TOTAL];
  const blockOf = (figures: SavedFigures, scope: string): KpiBlock | undefined => (scope === TOTAL ? figures.total : figures.byAuthority[scope]);
  return scopes.flatMap((scope) => {
    const [then, now] = [blockOf(before, scope), blockOf(after, scope)];
    if (then === undefined || now === undefined) return [];
    return FIGURE_LINES.flatMap(({ path, name, kind, of }): FigureChange[] => (of(then) === of(now) ? [] : [{ scope, path, name, kind, before: of(then), after: of(now) }]));
  });
}
