import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { StatedTargets } from '../rules/targets';

/** How the table calls each target. */
export const TARGET_MEASURES = {
  enquiries: 'enquiries',
  approvalRate: 'approval_rate',
  approvals: 'approvals',
  baselineApprovals: 'baseline_approvals',
  increaseOnBaseline: 'increase_on_baseline',
  turnaroundMonths: 'turnaround_months',
} as const satisfies Readonly<Record<keyof StatedTargets, string>>;

/** The targets of a year with who said so: for each that is stated, its source. */
export interface TargetsOfAYear {
  readonly stated: StatedTargets;
  readonly sources: readonly string[];
}

/**
 * The targets of the financial year that starts on a date, of one authority or (null) of the whole hub. Of a
 * target that was stated more than once the last statement holds.
 */
export async function statedTargets(tx: EntityManager, yearFrom: LocalDate, authority: string | null): Promise<TargetsOfAYear> {
  const found = await rows<{ measure: string; value: number; source: string }>(
    tx,
    `SELECT DISTINCT ON (measure) measure, value::float8 AS value, source FROM targets
      WHERE year_from = $1 AND authority IS NOT DISTINCT FROM $2
      ORDER BY measure, id DESC`,
    [yearFrom, authority],
  );
  const stated = (target: keyof StatedTargets): number | null =>
    found.find(({ measure }) => measure === TARGET_MEASURES[target])?.value ?? null;
  return {
    stated: {
      enquiries: stated('enquiries'),
      approvalRate: stated('approvalRate'),
      approvals: stated('approvals'),
      baselineApprovals: stated('baselineApprovals'),
      increaseOnBaseline: stated('increaseOnBaseline'),
      turnaroundMonths: stated('turnaroundMonths'),
    },
    sources: [...new Set(found.map(({ source }) => source))],
  };
}

/** One statement of a target. */
export interface TargetStatementOnRecord {
  readonly yearFrom: LocalDate;
  readonly authority: string | null;
  readonly target: keyof StatedTargets;
  readonly value: number;
  readonly source: string;
  readonly recordedAt: Date;
  /** Whether it is the last statement of this target, and holds. */
  readonly holds: boolean;
}

/** Every target that was ever stated, the newest year first. */
export async function targetHistory(tx: EntityManager): Promise<TargetStatementOnRecord[]> {
  const found = await rows<Omit<TargetStatementOnRecord, 'target'> & { readonly measure: string }>(
    tx,
    `SELECT year_from AS "yearFrom", authority, measure, value::float8 AS value, source, recorded_at AS "recordedAt",
            row_number() OVER (PARTITION BY year_from, authority, measure ORDER BY id DESC) = 1 AS holds
       FROM targets ORDER BY year_from DESC, authority NULLS FIRST, measure, id DESC`,
  );
  const targets = Object.keys(TARGET_MEASURES) as (keyof StatedTargets)[];
  return found.flatMap(({ measure, ...statement }) => {
    const target = targets.find((candidate) => TARGET_MEASURES[candidate] === measure);
    return target === undefined ? [] : [{ ...statement, target }];
  });
}
