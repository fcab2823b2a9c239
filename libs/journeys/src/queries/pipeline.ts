import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import { type LocalDate, localDateOf, toMinute } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Stage } from '../rules/milestones';

/** The open journeys of one stage: of one authority, or (null) of all that the actor may count. */
export interface PipelineCell {
  readonly stage: Stage;
  readonly authority: AuthorityCode | null;
  readonly journeys: number;
  readonly onHold: number;
  /** Whole days since the journey came to this stage, holds included; R's type 7. */
  readonly medianDays: number;
  readonly overdue: number;
}

/** Where the open journeys stand now: counts and ages by stage and authority. Names nobody. */
export function pipeline(tx: EntityManager, now: Date): Promise<PipelineCell[]> {
  const today: LocalDate = localDateOf(now);
  return rows<PipelineCell>(
    tx,
    `SELECT stage, authority, count(*)::int AS journeys, count(*) FILTER (WHERE status = 'on_hold')::int AS "onHold",
            percentile_cont(0.5) WITHIN GROUP (ORDER BY ($1::date - stage_since)::float8) AS "medianDays",
            count(*) FILTER (WHERE status = 'open' AND next_due_at < $2)::int AS overdue
       FROM journeys
      WHERE status IN ('open', 'on_hold') AND authority = ANY ((SELECT scope_of('figures'))::text[])
      GROUP BY GROUPING SETS ((stage), (stage, authority))`,
    [today, toMinute(now)],
  );
}
