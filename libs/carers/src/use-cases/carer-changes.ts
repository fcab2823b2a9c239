import { type Action, may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { type Calendars, loadCalendars } from '@app/authorities';
import { type Actor, actorName, insertRows, Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { brokenRule } from '../persistence/broken-rule';
import { type Carer, loadCarer } from '../persistence/carer-record';
import { CARER_RULES, type CarerBlocker, type CarerRule } from '../rules/blockers';

/** Whoever changes the register: a member of staff, or a named process of the system. */
export type RegisterActor = StaffActor | Extract<Actor, { kind: 'system' }>;

export interface CarerRefusal {
  readonly blockers: readonly CarerBlocker[];
}

/** What the work of a change is given. */
export interface RegisterContext {
  readonly tx: EntityManager;
  readonly actor: RegisterActor;
  readonly now: Date;
  readonly today: LocalDate;
  readonly calendars: Calendars;
}

export interface CarerContext extends RegisterContext {
  readonly carer: Carer;
}

/** Which household is changed, as its page showed it. */
export interface CarerRequest {
  readonly carerId: string;
  readonly version?: number;
}

class Refused extends Error {
  constructor(readonly blockers: readonly CarerBlocker[]) {
    super('refused');
  }
}

/** Whether an actor may do something for an authority; the system may. */
export const actorMay = (actor: RegisterActor, action: Action, authority: Carer['authority']): boolean => actor.kind === 'system' || may(actor, action, authority);

/** Adds a line to what happened to a household. */
export function recordCarerEvent({ tx, actor, now }: RegisterContext, carerId: string, event: { readonly what: string; readonly words: string; readonly on: LocalDate }): Promise<void> {
  return insertRows(tx, 'carer_events', [{ carer_id: carerId, what: event.what, words: event.words, happened_on: event.on, recorded_at: now, recorded_by: actorName(actor) }]);
}

/** Runs changes of the register: each in one transaction, undone when anything stands in the way, also when PostgreSQL says so. */
@Injectable()
export class CarerChanges {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** One change of a household that is there; its version counts up. */
  change(actor: RegisterActor, request: CarerRequest, auditAs: string, work: (context: CarerContext) => Promise<readonly CarerBlocker[] | undefined>): Promise<Result<undefined, CarerRefusal>> {
    return this.attempt(actor, async (context) => {
      const carer = await loadCarer(context.tx, request.carerId, true);
      if (!carer) throw new Refused([{ kind: 'not_found' }]);
      if (!actorMay(actor, 'carers.work', carer.authority)) throw new Refused([{ kind: 'not_permitted' }]);
      if (request.version !== undefined && request.version !== carer.version) throw new Refused([{ kind: 'changed_meanwhile' }]);
      const blockers = await work({ ...context, carer });
      if (blockers && blockers.length > 0) throw new Refused(blockers);
      await context.tx.query('UPDATE carer_households SET version = version + 1 WHERE id = $1', [carer.id]);
      await recordAudit(context.tx, actor, context.now, { action: auditAs, subjectKind: 'carer', subjectId: carer.id, authority: carer.authority });
      return undefined;
    });
  }

  /** Work in one transaction; blockers that it answers undo it. */
  async attempt<Value>(actor: RegisterActor, work: (context: RegisterContext) => Promise<Value | readonly CarerBlocker[]>): Promise<Result<Value, CarerRefusal>> {
    try {
      const value = await this.transactions.run(actor, async (tx) => {
        const now = this.clock.now();
        const done = await work({ tx, actor, now, today: localDateOf(now), calendars: await loadCalendars(tx) });
        if (isBlockers(done)) throw new Refused(done);
        return done;
      });
      return ok(value);
    } catch (error) {
      if (error instanceof Refused) return refused({ blockers: error.blockers });
      const rule = brokenRule(error);
      if (rule !== null && rule in CARER_RULES) return refused({ blockers: [{ kind: 'rule', rule: rule as CarerRule }] });
      throw error;
    }
  }
}

const isBlockers = (value: unknown): value is readonly CarerBlocker[] => Array.isArray(value);
