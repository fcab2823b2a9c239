import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { TimeLimit } from '../rules/time-limit';

/** A time limit with where it comes from, as the pages show it. */
export interface SourcedTimeLimit extends TimeLimit {
  readonly source: string;
}

/** Every time limit that holds, held or is going to hold, by rule and date. Anybody may read them. */
export function timeLimits(tx: EntityManager): Promise<SourcedTimeLimit[]> {
  return rows<SourcedTimeLimit>(tx, `SELECT id, rule, authority, holds_from AS "holdsFrom", amount, unit, source FROM time_limits ORDER BY rule, holds_from, authority NULLS FIRST`);
}
