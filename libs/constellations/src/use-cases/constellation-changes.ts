import { recordAudit } from '@app/audit';
import { actorMay, brokenRule, type RegisterActor } from '@app/carers';
import { Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf, ok, parseLocalDate, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Constellation, holdsOn, loadConstellation, type Membership, membershipsOf } from '../persistence/constellation-record';
import { CONSTELLATION_RULES, type ConstellationBlocker, type ConstellationRule } from '../rules/blockers';

export interface ConstellationRefusal {
  readonly blockers: readonly ConstellationBlocker[];
}

export interface ChangeContext {
  readonly tx: EntityManager;
  readonly actor: RegisterActor;
  readonly now: Date;
  readonly today: LocalDate;
}

export interface ConstellationContext extends ChangeContext {
  readonly constellation: Constellation;
}

/** Which constellation is changed, as its page showed it. */
export interface ConstellationRequest {
  readonly constellationId: string;
  readonly version?: number;
}

class Refused extends Error {
  constructor(readonly blockers: readonly ConstellationBlocker[]) {
    super('refused');
  }
}

/** Two changes that wait for each other: PostgreSQL ends one of them, which is done again. */
const TRY_AGAIN: ReadonlySet<string> = new Set(['40P01', '40001']);
const MOST_TRIES = 4;

/** Runs changes of constellations: each in one transaction, undone when anything stands in the way, also when PostgreSQL says so. */
@Injectable()
export class ConstellationChanges {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** One change of a constellation that the actor may see and run. */
  change<Value = undefined>(actor: RegisterActor, request: ConstellationRequest, auditAs: string, work: (context: ConstellationContext) => Promise<Value | readonly ConstellationBlocker[]>): Promise<Result<Value, ConstellationRefusal>> {
    return this.attempt(actor, async (context) => {
      const constellation = await loadConstellation(context.tx, request.constellationId);
      if (!constellation) return [{ kind: 'not_found' }];
      if (!actorMay(actor, 'constellations.work', constellation.authority)) return [{ kind: 'not_permitted' }];
      if (request.version !== undefined && request.version !== constellation.version) return [{ kind: 'changed_meanwhile' }];
      const done = await work({ ...context, constellation });
      if (!isBlockers(done)) await recordAudit(context.tx, actor, context.now, { action: auditAs, subjectKind: 'constellation', subjectId: constellation.id, authority: constellation.authority });
      return done;
    });
  }

  /** Work in one transaction; blockers that it answers undo it. */
  async attempt<Value>(actor: RegisterActor, work: (context: ChangeContext) => Promise<Value | readonly ConstellationBlocker[]>): Promise<Result<Value, ConstellationRefusal>> {
    for (let tries = 1; ; tries += 1) {
      try {
        const value = await this.transactions.run(actor, async (tx) => {
          const now = this.clock.now();
          const done = await work({ tx, actor, now, today: localDateOf(now) });
          if (isBlockers(done)) throw new Refused(done);
          return done;
        });
        return ok(value);
      } catch (error) {
        if (error instanceof Refused) return refused({ blockers: error.blockers });
        if (tries < MOST_TRIES && TRY_AGAIN.has(codeOf(error))) continue;
        const rule = brokenRule(error);
        if (rule !== null && rule in CONSTELLATION_RULES) return refused({ blockers: [{ kind: 'rule', rule: rule as ConstellationRule, on: dayIn(error) }] });
        throw error;
      }
    }
  }
}

const isBlockers = (value: unknown): value is readonly ConstellationBlocker[] => Array.isArray(value);

function codeOf(error: unknown): string {
  const { driverError } = error as { readonly driverError?: { readonly code?: unknown } };
  return typeof driverError?.code === 'string' ? driverError.code : '';
}

/** The day that PostgreSQL names in its refusal, if any. */
function dayIn(error: unknown): LocalDate | null {
  const [day] = /\d{4}-\d{2}-\d{2}$/.exec(error instanceof Error ? error.message : '') ?? [];
  return day === undefined ? null : parseLocalDate(day);
}

/** The members of a constellation on a day, by the id of their household. */
export async function membersOn({ tx, constellation }: ConstellationContext, day: LocalDate): Promise<ReadonlyMap<string, Membership>> {
  const memberships = await membershipsOf(tx, constellation.id);
  return new Map(memberships.filter((membership) => holdsOn(membership, day)).map((membership) => [membership.carerId, membership]));
}
