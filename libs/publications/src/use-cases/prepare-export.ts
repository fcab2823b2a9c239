import { may, type StaffActor } from '@app/access';
import type { AuthorityCode } from '@app/authorities';
import { system, Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf, ok, refused, type Result } from '@app/kernel';
import { authoritiesInReach, type KpiQuestion, type Period, type ReportRefusal, reportRequest } from '@app/reports';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { historyMoved } from '../queries/causes-of-change';
import { faultCounts } from '../queries/data-quality';
import { copiesBeside } from '../queries/publication-copies';
import { type SavedReport, savedReport } from '../queries/saved-reports';
import { type AskedOfFile, endWithinAMonth, type PublicationCopy } from '../rules/publication-copies';
import { type YearRefusal, yearQuestion } from '../rules/year-question';

/** What leaves the hub: a report as it is asked for, a saved one, the year, or rows without names. */
export type ExportSubject =
  | { readonly what: 'kpi'; readonly question: KpiQuestion }
  | { readonly what: 'saved'; readonly reportId: string }
  | { readonly what: 'year'; readonly inYearOf: LocalDate; readonly knownAt?: Date | null }
  | { readonly what: 'rows'; readonly period: Period };

/** Why nothing can be made of what is asked. */
export type UnansweredExport = ReportRefusal | YearRefusal;

/** What a file would answer, and what has to be known before it is made. */
export interface PreparedExport {
  readonly asked: AskedOfFile;
  /** The saved report that is asked for; null for another subject. */
  readonly saved: SavedReport | null;
  /** How many things in the records behind it are impossible or missing. */
  readonly toMend: number;
  /** Copies for publication that this one could be set against. */
  readonly beside: readonly PublicationCopy[];
  /** Which end of the period lies within a month, so that it is not for publication; null when neither does. */
  readonly withinAMonth: 'from' | 'to' | null;
  /** Whether its last month is over. */
  readonly isOver: boolean;
}

/** A file is written into the trail within a minute of being counted. */
const MADE_WITHIN_MS = 60_000;

/** Says what a file would be of, for whoever may have it, before it is asked what it is for. Counts nothing yet. */
@Injectable()
export class PrepareExport {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: StaffActor, subject: ExportSubject): Promise<Result<PreparedExport, UnansweredExport>> {
    const saved = subject.what === 'saved' ? await this.saved(actor, subject.reportId) : null;
    const asked = this.asked(actor, subject, saved);
    if (!asked.ok) return asked;
    const beside = await this.transactions.read(actor, (tx) => this.beside(tx, asked.value));
    return ok({ asked: asked.value, saved, toMend: saved?.toMend ?? (await this.toMend(asked.value.authorities)), beside, withinAMonth: endWithinAMonth(asked.value.period), isOver: asked.value.period.to < localDateOf(this.clock.now()) });
  }

  /** The copies for publication that a file could be set against: also one of the very same question, where history moved since. */
  beside(tx: EntityManager, asked: AskedOfFile): Promise<PublicationCopy[]> {
    return copiesBeside(tx, asked, async ({ takenAt }) => asked.knownAt === null && (await this.transactions.read(system('publication-copies'), (all) => historyMoved(all, asked.asAt, new Date(takenAt.getTime() - MADE_WITHIN_MS), this.clock.now()))));
  }

  private asked(actor: StaffActor, subject: ExportSubject, saved: SavedReport | null): Result<AskedOfFile, UnansweredExport> {
    const now = this.clock.now();
    const [today, reach] = [localDateOf(now), authoritiesInReach(actor)];
    switch (subject.what) {
      case 'kpi': {
        const request = reportRequest(subject.question, now, reach);
        if (!request.ok) return request;
        const { period, asAt, knownAt, authority } = request.value;
        return ok({ what: 'kpi', authorities: authority === null ? reach : [authority], period, asAt, knownAt });
      }
      case 'saved':
        if (saved === null) return refused('not_there');
        return ok({ what: 'saved', authorities: Object.keys(saved.figures.byAuthority), period: { from: saved.from, to: saved.to }, asAt: saved.asAt, knownAt: saved.knownAt });
      case 'year': {
        const year = yearQuestion(subject.inYearOf, subject.knownAt ?? null, now);
        return year.ok ? ok({ what: 'year', authorities: reach, ...year.value }) : year;
      }
      case 'rows':
        if (subject.period.to < subject.period.from) return refused('period_ends_before_it_starts');
        return ok({ what: 'rows', authorities: reach.filter((code) => may(actor, 'reports.rows', code)), period: subject.period, asAt: today, knownAt: null });
    }
  }

  private async saved(actor: StaffActor, id: string): Promise<SavedReport | null> {
    const found = await this.transactions.read(actor, (tx) => savedReport(tx, id));
    return found !== null && may(actor, 'reports.export', found.authority as AuthorityCode | null) ? found : null;
  }

  private async toMend(authorities: readonly string[]): Promise<number> {
    const counts = await this.transactions.read(system('data-quality'), (tx) => faultCounts(tx, this.clock.now(), authorities));
    return counts.reduce((sum, { count }) => sum + count, 0);
  }
}
