import { staffWhoMay } from '@app/access';
import { AUTHORITY_CODES, AUTHORITY_NAMES, type Council, loadCalendars, REPORTED_AUTHORITIES } from '@app/authorities';
import { rows, system, Transactions } from '@app/database';
import { addMonthsClamped, Clock, localDateOf, newId, toMinute } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { ComputeKpiReport, DEFINITIONS_VERSION, meanTheSame } from '@app/reports';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { savedReportEmail } from '../emails/saved-report.email';
import { causesOfChange, historyMoved } from '../queries/causes-of-change';
import { faultCounts } from '../queries/data-quality';
import { historySettled } from '../queries/history-settled';
import { reportRecipients, type SavedReport, savedReport, savedReports } from '../queries/saved-reports';
import { type DuePeriod, duePeriods } from '../rules/due-periods';
import { changesBetween, type SavedFigures, savedFigures, sealed } from '../rules/saved-figures';

const ACTOR = system('saved-reports');
/** Whom a report is made of: the hub, and each council. */
const SUBJECTS: readonly (Council | null)[] = [null, ...AUTHORITY_CODES];
/** For how long after its period a report is made again when its history is corrected. */
export const REVISED_FOR_MONTHS = 24;
/** A change that has begun is in the history within a minute, or is waited for. */
const BEGINS_WITHIN_MS = 60_000;

/**
 * Saves the reports that are due: of every month and quarter whose third working day after the end has come, of the hub
 * and each council, as at the end of the period and as it is known now. Then looks at those saved before: where history was
 * corrected so that a figure is another, a new version stands beside the old one. Done twice it does nothing more. Tells
 * who is on the list of each, by a link.
 */
@Injectable()
export class SaveReports {
  constructor(
    private readonly transactions: Transactions,
    private readonly computeKpiReport: ComputeKpiReport,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  async run(): Promise<{ readonly saved: number; readonly corrected: number }> {
    const now = this.clock.now();
    const knownAt = new Date(toMinute(now).getTime() - BEGINS_WITHIN_MS);
    const due = await this.transactions.read(ACTOR, (tx) => dueReports(tx, now));
    await historySettled(this.transactions);
    const earlier = await this.transactions.read(ACTOR, (tx) => savedReports(tx, {}));
    let saved = 0;
    for (const { authority, ...period } of due) {
      if (await this.keep(await this.figures(period, authority, knownAt), knownAt, now, null)) saved += 1;
    }
    let corrected = 0;
    for (const { id, to } of earlier) if (to >= addMonthsClamped(localDateOf(now), -REVISED_FOR_MONTHS) && (await this.revise(id, knownAt, now))) corrected += 1;
    return { saved, corrected };
  }

  private async figures(period: DuePeriod, authority: string | null, knownAt: Date): Promise<SavedFigures> {
    const computed = await this.computeKpiReport.run(ACTOR, { from: period.from, to: period.to, asAt: period.to, knownAt, authority });
    if (!computed.ok) throw new Error(`A report that was due was refused: ${computed.refusal}`);
    return savedFigures(period.cadence, authority, computed.value.report);
  }

  private async revise(id: string, knownAt: Date, now: Date): Promise<boolean> {
    const before = await this.transactions.read(ACTOR, async (tx) => {
      const report = await savedReport(tx, id);
      return report !== null && meanTheSame(report.definitions, DEFINITIONS_VERSION) && (await historyMoved(tx, report.asAt, report.knownAt, knownAt)) ? report : null;
    });
    if (before === null) return false;
    const figures = await this.figures({ cadence: before.cadence, from: before.from, to: before.to }, before.authority, knownAt);
    return changesBetween(before.figures, figures).length > 0 && (await this.keep(figures, knownAt, now, before));
  }

  /** Whether this call kept it: another worker may have been quicker. */
  private async keep(figures: SavedFigures, knownAt: Date, now: Date, before: SavedReport | null): Promise<boolean> {
    const { cadence, authority, period, asAt, definitions } = figures;
    const { content, sha256 } = sealed(figures);
    const version = (before?.version ?? 0) + 1;
    const id = newId();
    return this.transactions.run(ACTOR, async (tx) => {
      const changes = before === null ? [] : changesBetween(before.figures, figures);
      const causes = before === null ? { journeys: 0, listed: [] } : await causesOfChange(tx, { period, asAt, authority, knownBefore: before.knownAt, knownAfter: knownAt });
      const toMend = (await faultCounts(tx, now, authority === null ? REPORTED_AUTHORITIES : [authority])).reduce((sum, { count }) => sum + count, 0);
      const added = await rows(
        tx,
        `INSERT INTO saved_reports (id, cadence, authority, period_from, period_to, version, as_at, known_at, definitions, content, sha256, changes, causes, to_mend, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING RETURNING id`,
        [id, cadence, authority, period.from, period.to, version, asAt, knownAt, definitions, content, sha256, JSON.stringify(changes), JSON.stringify(causes), toMend, now],
      );
      if (added.length > 0) await this.tell(tx, { id, version, figures, now });
      return added.length > 0;
    });
  }

  private async tell(tx: EntityManager, { id, version, figures: { cadence, authority, period }, now }: { readonly id: string; readonly version: number; readonly figures: SavedFigures; readonly now: Date }): Promise<void> {
    const council = AUTHORITY_CODES.find((code) => code === authority) ?? null;
    const allowed = new Set((await staffWhoMay(tx, 'reports.read', council)).map(({ staffId }) => staffId));
    const { subject, body } = savedReportEmail({ cadence, of: council === null ? 'the hub' : AUTHORITY_NAMES[council], ...period, version, link: `${this.settings.publicUrl}/staff/reports/saved/${id}` });
    for (const { staffId, email, demonstration } of (await reportRecipients(tx)).filter((one) => one.authority === council && allowed.has(one.staffId))) {
      await queueEmail(tx, { kind: 'saved_report', to: email, subject, body, staffId, onceKey: `saved-report-${id}-${staffId}`, demonstration, now });
    }
  }
}

/** The reports that should be there by now and are not. None before the first enquiry, and none while a demonstration is being loaded. */
export async function dueReports(tx: EntityManager, now: Date): Promise<(DuePeriod & { readonly authority: Council | null })[]> {
  const [ready] = await rows<{ ready: boolean }>(tx, `SELECT EXISTS (SELECT FROM journeys) AND NOT EXISTS (SELECT FROM progress WHERE ended_at IS NULL) AS ready`);
  if (ready?.ready !== true) return [];
  const { working } = await loadCalendars(tx);
  const periods = duePeriods(localDateOf(now), working);
  const there = await rows<{ cadence: string; authority: string | null; from: string }>(tx, `SELECT cadence, authority, period_from AS "from" FROM saved_reports WHERE version = 1 AND period_from = ANY ($1::date[])`, [periods.map(({ from }) => from)]);
  return periods.flatMap((period) => SUBJECTS.map((authority) => ({ ...period, authority }))).filter(({ cadence, authority, from }) => !there.some((one) => one.cadence === cadence && one.authority === authority && one.from === from));
}
