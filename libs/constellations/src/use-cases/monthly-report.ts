import type { RegisterActor } from '@app/carers';
import { rows } from '@app/database';
import type { LocalDate, Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Constellation } from '../persistence/constellation-record';
import { monthFigures, type MonthFigures, signableFrom } from '../queries/month-figures';
import { ConstellationChanges, type ConstellationContext, type ConstellationRefusal, type ConstellationRequest } from './constellation-changes';

/** A month's report: words of the hub home carer and liaison worker, figures from the records, and who signed. */
export interface MonthlyReport {
  readonly wentWell: string;
  readonly wasHard: string;
  readonly nextMonth: string;
  readonly figures: MonthFigures;
  readonly hubHomeSignedOn: LocalDate | null;
  readonly hubHomeSignedAs: string | null;
  readonly liaisonSignedAt: Date | null;
  readonly liaisonSignedBy: string | null;
}

/** The report of a month as drafted so far: figures are counted afresh until the first of the two signs, and stay then. */
export async function monthlyReport(tx: EntityManager, constellation: Constellation, month: LocalDate, today: LocalDate): Promise<MonthlyReport> {
  const [kept] = await rows<Omit<MonthlyReport, 'figures'> & { readonly figures: MonthFigures | null }>(
    tx,
    `SELECT went_well AS "wentWell", was_hard AS "wasHard", next_month AS "nextMonth", figures, hub_home_signed_on AS "hubHomeSignedOn", hub_home_signed_as AS "hubHomeSignedAs", liaison_signed_at AS "liaisonSignedAt", s.name AS "liaisonSignedBy"
       FROM constellation_reports r LEFT JOIN staff s ON s.id = r.liaison_signed_by WHERE constellation_id = $1 AND month = $2`,
    [constellation.id, month],
  );
  const figures = kept?.figures ?? (await monthFigures(tx, constellation, month, today));
  return kept ? { ...kept, figures } : { wentWell: '', wasHard: '', nextMonth: '', figures, hubHomeSignedOn: null, hubHomeSignedAs: null, liaisonSignedAt: null, liaisonSignedBy: null };
}

type Month = ConstellationRequest & { readonly month: LocalDate };
type Refused = Promise<Result<unknown, ConstellationRefusal>>;

/** Writes and signs the monthly report. */
@Injectable()
export class WriteMonthlyReport {
  constructor(private readonly changes: ConstellationChanges) {}

  /** Saves its words. */
  save(actor: RegisterActor, request: Month & { readonly wentWell: string; readonly wasHard: string; readonly nextMonth: string }): Refused {
    return this.changes.change(actor, request, 'constellation.report', async ({ tx, constellation }) => {
      await tx.query(
        `INSERT INTO constellation_reports (constellation_id, month, went_well, was_hard, next_month) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (constellation_id, month) DO UPDATE SET went_well = excluded.went_well, was_hard = excluded.was_hard, next_month = excluded.next_month, version = constellation_reports.version + 1`,
        [constellation.id, request.month, request.wentWell, request.wasHard, request.nextMonth],
      );
      return undefined;
    });
  }

  /** The hub home carer signed on paper or on screen: recorded with the name as signed. */
  signForHubHome(actor: RegisterActor, request: Month & { readonly name: string; readonly on: LocalDate }): Refused {
    return this.changes.change(actor, request, 'constellation.report_hub_home_sign', async (context) => {
      if (request.on > context.today) return [{ kind: 'future', on: request.on }];
      if (request.on < signableFrom(request.month)) return [{ kind: 'month_not_over' }];
      const known = await this.freeze(context, request.month);
      if (known.hubHomeSignedOn !== null) return [{ kind: 'signed_already' }];
      await context.tx.query('UPDATE constellation_reports SET hub_home_signed_on = $3, hub_home_signed_as = $4, figures = $5 WHERE constellation_id = $1 AND month = $2', [context.constellation.id, request.month, request.on, request.name, JSON.stringify(known.figures)]);
      return undefined;
    });
  }

  /** The liaison worker signs, under their own sign-in. */
  sign(actor: RegisterActor, request: Month): Refused {
    return this.changes.change(actor, request, 'constellation.report_sign', async (context) => {
      if (actor.kind !== 'staff') return [{ kind: 'not_permitted' }];
      if (context.today < signableFrom(request.month)) return [{ kind: 'month_not_over' }];
      const known = await this.freeze(context, request.month);
      if (known.liaisonSignedAt !== null) return [{ kind: 'signed_already' }];
      await context.tx.query('UPDATE constellation_reports SET liaison_signed_at = $3, liaison_signed_by = $4, figures = $5 WHERE constellation_id = $1 AND month = $2', [context.constellation.id, request.month, context.now, actor.staffId, JSON.stringify(known.figures)]);
      return undefined;
    });
  }

  private async freeze({ tx, constellation, today }: ConstellationContext, month: LocalDate): Promise<MonthlyReport> {
    await tx.query('INSERT INTO constellation_reports (constellation_id, month) VALUES ($1, $2) ON CONFLICT DO NOTHING', [constellation.id, month]);
    return monthlyReport(tx, constellation, month, today);
  }
}
