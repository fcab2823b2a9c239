import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** An alert that nothing has settled yet. */
export interface AlertToSend {
  readonly id: string;
  readonly dueAt: Date;
}

const UNSETTLED = `FROM alerts a JOIN clocks c ON c.id = a.clock_id JOIN journeys j ON j.id = a.journey_id
      WHERE a.state = 'planned' AND a.due_at <= $1 AND c.state = 'running' AND (j.status = 'open' OR c.rule IN ('told_orally', 'told_in_writing'))`;

/** Alerts due by a moment whose clock runs on an open journey, the earliest first: all that the queue is rebuilt from. */
export function alertsToSend(tx: EntityManager, until: Date, atMost: number): Promise<AlertToSend[]> {
  return rows<AlertToSend>(
    tx,
    `SELECT a.id, a.due_at AS "dueAt" ${UNSETTLED} ORDER BY a.due_at, a.id LIMIT $2`,
    [until, atMost],
  );
}

/** How many there are, for monitoring: of those that were due some time ago there should be none. */
export async function countAlertsToSend(tx: EntityManager, until: Date): Promise<number> {
  const [found] = await rows<{ alerts: number }>(tx, `SELECT count(*)::int AS alerts ${UNSETTLED}`, [until]);
  return found?.alerts ?? 0;
}
