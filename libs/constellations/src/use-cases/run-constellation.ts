import { actorMay, type RegisterActor } from '@app/carers';
import { recordAudit } from '@app/audit';
import type { Council } from '@app/authorities';
import { actorName, affected, insertRows, rows } from '@app/database';
import { type LocalDate, newId, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ConstellationBlocker } from '../rules/blockers';
import type { LeftConstellation, MemberRole } from '../rules/names';
import { ConstellationChanges, type ConstellationContext, type ConstellationRefusal, type ConstellationRequest } from './constellation-changes';

type Refused = Promise<Result<unknown, ConstellationRefusal>>;

export interface NewConstellation {
  readonly authority: Council;
  readonly name: string;
  readonly area: string;
  readonly liaisonId: string | null;
  readonly startedOn: LocalDate;
  readonly hubHomeId: string | null;
}

async function isLiaisonWorkerOf(tx: EntityManager, staffId: string, authority: string): Promise<boolean> {
  const found = await rows(tx, `SELECT 1 FROM staff_roles r JOIN staff s ON s.id = r.staff_id WHERE r.staff_id = $1 AND r.role = 'liaison_worker' AND r.authority = $2 AND r.revoked_at IS NULL AND s.state = 'active'`, [staffId, authority]);
  return found.length > 0;
}

/** Starts, changes and ends constellations. */
@Injectable()
export class RunConstellation {
  constructor(private readonly changes: ConstellationChanges) {}

  /** Starts a constellation, with its hub home when that is known. */
  start(actor: RegisterActor, { authority, name, area, liaisonId, startedOn, hubHomeId }: NewConstellation): Promise<Result<{ readonly id: string }, ConstellationRefusal>> {
    return this.changes.attempt<{ readonly id: string }>(actor, async ({ tx, now }) => {
      if (!actorMay(actor, 'constellations.work', authority)) return [{ kind: 'not_permitted' }];
      if (liaisonId !== null && !(await isLiaisonWorkerOf(tx, liaisonId, authority))) return [{ kind: 'liaison' }];
      const id = newId();
      await insertRows(tx, 'constellations', [{ id, authority, name, area, liaison_id: liaisonId, started_on: startedOn, demonstration: actor.kind === 'staff' && actor.demonstration }]);
      if (hubHomeId !== null) await insertRows(tx, 'constellation_memberships', [membershipRow(id, { carerId: hubHomeId, role: 'hub_home', from: startedOn, until: null }, now, actorName(actor))]);
      await recordAudit(tx, actor, now, { action: 'constellation.start', subjectKind: 'constellation', subjectId: id, authority });
      return { id };
    });
  }

  /** Changes its name, area, liaison worker or first day. */
  edit(actor: RegisterActor, request: ConstellationRequest & { readonly name: string; readonly area: string; readonly liaisonId: string | null; readonly startedOn: LocalDate }): Refused {
    return this.changes.change(actor, request, 'constellation.edit', async ({ tx, constellation }) => {
      if (request.liaisonId !== null && request.liaisonId !== constellation.liaisonId && !(await isLiaisonWorkerOf(tx, request.liaisonId, constellation.authority))) return [{ kind: 'liaison' }];
      return saved(await affected(tx, `UPDATE constellations SET name = $3, area = $4, liaison_id = $5, started_on = $6, version = version + 1 WHERE id = $1 AND version = $2`, [constellation.id, constellation.version, request.name, request.area, request.liaisonId, request.startedOn]));
    });
  }

  /** Ends it: the families that belong to it leave that day. */
  end(actor: RegisterActor, request: ConstellationRequest & { readonly on: LocalDate; readonly reason: string }): Refused {
    return this.changes.change(actor, request, 'constellation.end', async ({ tx, constellation, now }) => {
      if (constellation.endedOn !== null) return [{ kind: 'ended_already' }];
      if (request.on <= constellation.startedOn) return [{ kind: 'earlier_than', what: 'the day after the start', on: constellation.startedOn }];
      await tx.query(`UPDATE constellation_memberships SET voided_why = 'The constellation ended before', recorded_at = $3, recorded_by = $4 WHERE constellation_id = $1 AND voided_why IS NULL AND lower(held) >= $2`, [constellation.id, request.on, now, actorName(actor)]);
      await tx.query(
        `UPDATE constellation_memberships SET held = daterange(lower(held), $2), left_why = 'constellation_ended', recorded_at = $3, recorded_by = $4
          WHERE constellation_id = $1 AND voided_why IS NULL AND (upper(held) IS NULL OR upper(held) > $2)`,
        [constellation.id, request.on, now, actorName(actor)],
      );
      return saved(await affected(tx, `UPDATE constellations SET ended_on = $3, end_reason = $4, version = version + 1 WHERE id = $1 AND version = $2`, [constellation.id, constellation.version, request.on, request.reason]));
    });
  }
}

const saved = (touched: number): undefined | readonly ConstellationBlocker[] => (touched === 1 ? undefined : [{ kind: 'changed_meanwhile' }]);

export interface NewMembership {
  readonly carerId: string;
  readonly role: MemberRole;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
}

const membershipRow = (constellationId: string, { carerId, role, from, until }: NewMembership, now: Date, by: string): Readonly<Record<string, unknown>> => ({
  id: newId(),
  constellation_id: constellationId,
  carer_id: carerId,
  role,
  held: `[${from},${until ?? ''})`,
  left_why: until === null ? null : 'other',
  recorded_at: now,
  recorded_by: by,
});

/**
 * Who belongs to a constellation and when. Whether it may be so is PostgreSQL's to say, whoever tries at the same moment:
 * what it refuses comes back as a rule with its reason in words.
 */
@Injectable()
export class ChangeFamilies {
  constructor(private readonly changes: ConstellationChanges) {}

  /** A family joins, from a day on, for good or up to a day. */
  join(actor: RegisterActor, request: ConstellationRequest & NewMembership): Refused {
    return this.changes.change(actor, request, 'constellation.join', async ({ tx, constellation, now }) => {
      if (request.until !== null && request.until <= request.from) return [{ kind: 'rule', rule: 'constellation_memberships_held_check', on: null }];
      await insertRows(tx, 'constellation_memberships', [membershipRow(constellation.id, request, now, actorName(actor))]);
      return undefined;
    });
  }

  /** A family leaves, on a day, and why. */
  leave(actor: RegisterActor, request: ConstellationRequest & { readonly membershipId: string; readonly on: LocalDate; readonly why: LeftConstellation }): Refused {
    return this.changes.change(actor, request, 'constellation.leave', (context) => this.set(context, request.membershipId, { until: request.on, why: request.why }));
  }

  /** Other days for a membership, because they were recorded wrongly. */
  correct(actor: RegisterActor, request: ConstellationRequest & { readonly membershipId: string; readonly from: LocalDate; readonly until: LocalDate | null; readonly reason: string }): Refused {
    return this.changes.change(actor, request, 'constellation.correct', (context) => this.set(context, request.membershipId, { from: request.from, until: request.until, changedWhy: request.reason }));
  }

  /** Takes a membership back that never was. Its history stays. */
  takeBack(actor: RegisterActor, request: ConstellationRequest & { readonly membershipId: string; readonly reason: string }): Refused {
    return this.changes.change(actor, request, 'constellation.take_back', async ({ tx, constellation, now }) => {
      const touched = await affected(tx, `UPDATE constellation_memberships SET voided_why = $3, recorded_at = $4, recorded_by = $5 WHERE id = $1 AND constellation_id = $2 AND voided_why IS NULL`, [request.membershipId, constellation.id, request.reason, now, actorName(actor)]);
      return touched === 1 ? undefined : [{ kind: 'not_found' }];
    });
  }

  /** A family goes on in the other part from a day: a satellite becomes the hub home, or the hub home a satellite. */
  changePart(actor: RegisterActor, request: ConstellationRequest & { readonly membershipId: string; readonly on: LocalDate; readonly role: MemberRole }): Refused {
    return this.changes.change(actor, request, 'constellation.change_part', async (context) => {
      const { tx, constellation, now } = context;
      const [membership] = await rows<{ carerId: string; until: LocalDate | null }>(tx, `SELECT carer_id AS "carerId", upper(held) AS until FROM constellation_memberships WHERE id = $1 AND constellation_id = $2 AND voided_why IS NULL`, [request.membershipId, constellation.id]);
      if (!membership) return [{ kind: 'not_found' }];
      if (membership.until !== null && request.on >= membership.until) return [{ kind: 'not_a_member', on: request.on }];
      const refused = await this.set(context, request.membershipId, { until: request.on, why: 'changed_part' });
      if (refused) return refused;
      await insertRows(tx, 'constellation_memberships', [membershipRow(constellation.id, { carerId: membership.carerId, role: request.role, from: request.on, until: membership.until }, now, actorName(context.actor))]);
      return undefined;
    });
  }

  private async set({ tx, constellation, actor, now }: ConstellationContext, membershipId: string, to: { readonly from?: LocalDate; readonly until: LocalDate | null; readonly why?: LeftConstellation; readonly changedWhy?: string }): Promise<readonly ConstellationBlocker[] | undefined> {
    const [membership] = await rows<{ from: LocalDate }>(tx, `SELECT lower(held) AS "from" FROM constellation_memberships WHERE id = $1 AND constellation_id = $2 AND voided_why IS NULL`, [membershipId, constellation.id]);
    if (!membership) return [{ kind: 'not_found' }];
    const from = to.from ?? membership.from;
    if (to.until !== null && to.until <= from) return [{ kind: 'rule', rule: 'constellation_memberships_held_check', on: null }];
    await tx.query(
      `UPDATE constellation_memberships SET held = daterange($2, $3), left_why = CASE WHEN $3::date IS NULL THEN NULL ELSE coalesce($4, left_why, 'other') END, changed_why = $5, recorded_at = $6, recorded_by = $7 WHERE id = $1`,
      [membershipId, from, to.until, to.why ?? null, to.changedWhy ?? null, now, actorName(actor)],
    );
    return undefined;
  }
}
