import { loadStaffActor, type StaffActor } from '@app/access';
import { Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { LayoutFactsOfToday } from './layout-facts';
import { isForMachines, originOf } from './request';
import { isWorthNoting, sessionIsAlive, sessionSecondsLeft } from './session-limits';

/**
 * Finds out who asks, before any route runs: sets `request.actor` and what the page's frame needs. Roles are read afresh
 * each time, so that a role that was taken back is gone with the next click.
 */
@Injectable()
export class WhoAsks {
  constructor(
    private readonly transactions: Transactions,
    private readonly facts: LayoutFactsOfToday,
    private readonly clock: Clock,
  ) {}

  readonly middleware: RequestHandler = (request: Request, _response: Response, next: NextFunction) => {
    request.actor = { kind: 'public', origin: originOf(request) };
    if (isForMachines(request.path)) next();
    else this.identify(request).then(() => next(), next);
  };

  private async identify(request: Request): Promise<void> {
    request.layoutFacts = await this.facts.read();
    const staff = await this.signedIn(request);
    if (staff) request.actor = staff;
  }

  private async signedIn(request: Request): Promise<StaffActor | null> {
    const { session } = request;
    const { staffId, signedInAt, seenAt } = session;
    if (staffId === undefined || signedInAt === undefined || seenAt === undefined) return null;
    const now = this.clock.now();
    const origin = originOf(request);
    const actor = sessionIsAlive({ signedInAt, seenAt }, now) ? await this.transactions.read({ kind: 'gate', origin }, (tx) => loadStaffActor(tx, staffId)) : null;
    if (actor === null) {
      delete session.staffId;
      request.sessionEnded = true;
      return null;
    }
    if (isWorthNoting(seenAt, now) && !asksOnlyForTheTime(request)) session.seenAt = now.getTime();
    request.sessionSecondsLeft = sessionSecondsLeft({ signedInAt, seenAt: session.seenAt ?? seenAt }, now);
    return { ...actor, origin };
  }
}

/** The script of an open page asks how long the session lasts: that is not somebody at work. */
function asksOnlyForTheTime({ method, path }: Request): boolean {
  return method === 'GET' && path === '/staff/session';
}
