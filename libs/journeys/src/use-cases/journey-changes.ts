import { type Action, may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { type Calendars, loadCalendars } from '@app/authorities';
import { type Actor, Transactions } from '@app/database';
import { BeyondCalendarError, Clock, type LocalDate, localDateOf, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Journey, lockJourney } from '../persistence/journey-record';
import { refreshNextStep } from '../persistence/refresh-next-step';
import type { Blocker } from '../rules/blockers';

/** Who may change a journey: a member of staff by their roles, or the system by its own work. */
export type ChangingActor = StaffActor | Extract<Actor, { kind: 'system' }>;

/** Why a change was not made: everything that stands in the way. `Own`: reasons of the room that makes the change. */
export interface Refusal<Own = Blocker> {
  readonly blockers: readonly (Blocker | Own)[];
}

/** Which journey, and the version that the person saw: an older one is refused as changed meanwhile. */
export interface JourneyRequest {
  readonly journeyId: string;
  readonly version?: number;
}

/** What the work of a change is given: one transaction, the journey locked, one moment. */
export interface ChangeContext {
  readonly tx: EntityManager;
  readonly actor: ChangingActor;
  readonly journey: Journey;
  readonly now: Date;
  /** The local date (Europe/London) of `now`. */
  readonly today: LocalDate;
  readonly calendars: Calendars;
}

/** Leaves the transaction with everything in it undone. */
class Blocked<Own> extends Error {
  constructor(readonly blockers: readonly (Blocker | Own)[]) {
    super('blocked');
  }
}

/** Whether an actor may do something with a journey of an authority. */
export function allowed(actor: ChangingActor, action: Action, authority: Journey['authority']): boolean {
  return actor.kind === 'system' || may(actor, action, authority);
}

/**
 * The way every change to a journey goes: one transaction of the actor, the journey locked, permission and version
 * asked, the work done, the next step worked out anew, the trail written. Work that answers with blockers is undone whole.
 */
@Injectable()
export class JourneyChanges {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async change<Own = Blocker>(actor: ChangingActor, request: JourneyRequest, action: Action, auditAs: string, work: (context: ChangeContext) => Promise<readonly (Blocker | Own)[] | undefined>): Promise<Result<undefined, Refusal<Own>>> {
    try {
      await this.transactions.run(actor, async (tx) => {
        const now = this.clock.now();
        const journey = await lockJourney(tx, request.journeyId);
        if (!journey || !allowed(actor, 'journeys.read', journey.authority)) throw new Blocked([{ kind: 'not_found' }]);
        if (!allowed(actor, action, journey.authority)) throw new Blocked([{ kind: 'not_permitted' }]);
        if (request.version !== undefined && request.version !== journey.version) throw new Blocked([{ kind: 'changed_meanwhile' }]);
        const calendars = await loadCalendars(tx);
        const blockers = await work({ tx, actor, journey, now, today: localDateOf(now), calendars });
        if (blockers && blockers.length > 0) throw new Blocked(blockers);
        await refreshNextStep(tx, journey.id, now, calendars);
        await recordAudit(tx, actor, now, { action: auditAs, subjectKind: 'journey', subjectId: journey.id, authority: journey.authority });
      });
      return ok();
    } catch (error) {
      if (error instanceof Blocked) return refused({ blockers: (error as Blocked<Own>).blockers });
      if (error instanceof BeyondCalendarError) return refused({ blockers: [{ kind: 'beyond_calendar' }] });
      throw error;
    }
  }
}
