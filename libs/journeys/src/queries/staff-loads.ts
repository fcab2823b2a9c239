import { rows } from '@app/database';
import { toMinute } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** How much work somebody has in hand. */
export interface StaffLoad {
  readonly staffId: string;
  readonly name: string;
  /** Open families whose turn it is theirs to take: as officer until the initial application, as social worker after it. */
  readonly toActOn: number;
  readonly overdue: number;
  /** Every open family that they are assigned to, resting ones included. */
  readonly assigned: number;
}

/** The loads of everybody with open families that the actor of `tx` may see, the most overdue first. */
export function staffLoads(tx: EntityManager, now: Date): Promise<StaffLoad[]> {
  return rows<StaffLoad>(
    tx,
    // The open families are counted once, by everybody who has to do with each; from there it is adding up.
    `WITH counted AS MATERIALIZED (
       SELECT officer_id, social_worker_id, responsible_id, count(*) AS assigned,
              count(*) FILTER (WHERE status = 'open') AS acting, count(*) FILTER (WHERE status = 'open' AND next_due_at < $1) AS overdue
         FROM journeys WHERE status IN ('open', 'on_hold') AND authority = ANY ((SELECT scope_of('people'))::text[])
        GROUP BY officer_id, social_worker_id, responsible_id)
     SELECT s.id AS "staffId", s.name, sum(acting)::int AS "toActOn", sum(overdue)::int AS overdue, sum(assigned)::int AS assigned
       FROM (SELECT responsible_id AS staff_id, acting, overdue, 0 AS assigned FROM counted
             UNION ALL
             SELECT unnest(CASE WHEN officer_id = social_worker_id THEN ARRAY[officer_id] ELSE ARRAY[officer_id, social_worker_id] END), 0, 0, assigned FROM counted) loads
       JOIN staff s ON s.id = loads.staff_id
      GROUP BY s.id, s.name
      ORDER BY overdue DESC, assigned DESC, s.name COLLATE "en-GB-x-icu"`,
    [toMinute(now)],
  );
}
