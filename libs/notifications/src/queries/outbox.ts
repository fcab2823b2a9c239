import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** A mail that waits for its next attempt. */
export interface WaitingEmail {
  readonly id: string;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
}

/** Mail that a server is to get by a moment, the longest waiting first. For the worker: others see none. */
export function emailsToDeliver(tx: EntityManager, until: Date, atMost: number): Promise<WaitingEmail[]> {
  return rows<WaitingEmail>(
    tx,
    `SELECT id, attempts, next_attempt_at AS "nextAttemptAt" FROM emails WHERE state = 'queued' AND NOT demonstration AND next_attempt_at <= $1 ORDER BY next_attempt_at, id LIMIT $2`,
    [until, atMost],
  );
}

/** How the outbox stands: what waits, since when, and what could not be delivered at all. */
export interface OutboxStanding {
  readonly waiting: number;
  readonly oldestWaitingAt: Date | null;
  readonly failed: number;
}

/** For monitoring. Counts nothing for an actor other than the system. */
export async function outboxStanding(tx: EntityManager): Promise<OutboxStanding> {
  const [standing] = await rows<OutboxStanding>(
    tx,
    `SELECT count(*) FILTER (WHERE state = 'queued')::int AS waiting, min(created_at) FILTER (WHERE state = 'queued') AS "oldestWaitingAt", count(*) FILTER (WHERE state = 'failed')::int AS failed FROM emails WHERE state IN ('queued', 'failed')`,
  );
  return standing ?? { waiting: 0, oldestWaitingAt: null, failed: 0 };
}
