import { rows } from '@app/database';
import type { PlannedJob } from '@app/jobs';
import { addDays, localDateOf, minutesOfLocalDay } from '@app/kernel';
import { dueReports } from '@app/publications';
import { newestKeptNight } from '@app/reports';
import type { EntityManager } from 'typeorm';
import { NIGHTLY_AT_MINUTE, REPORTS_AT_MINUTE } from './timetable';

/**
 * The nightly report as a job, where last night's was missed: no worker ran, or the queue had been lost. Not before the first
 * night of all, and not while a demonstration is being loaded: what is kept stays, so it must not show a half-filled year.
 */
export async function missedNight(tx: EntityManager, now: Date): Promise<readonly PlannedJob[]> {
  if (minutesOfLocalDay(now) <= NIGHTLY_AT_MINUTE) return [];
  const asAt = addDays(localDateOf(now), -1);
  const newest = await newestKeptNight(tx);
  if (newest === null || newest >= asAt) return [];
  const unfinished = await rows(tx, 'SELECT 1 AS one FROM progress WHERE ended_at IS NULL LIMIT 1');
  return unfinished.length > 0 ? [] : [{ name: 'keep_nightly_report', id: `keep_nightly_report-${asAt}`, payload: {}, runAt: now }];
}

/** The saving of reports as a job, where some that are due are not there once its hour has passed: also on the day on which a hub begins. */
export async function missedReports(tx: EntityManager, now: Date): Promise<readonly PlannedJob[]> {
  if (minutesOfLocalDay(now) <= REPORTS_AT_MINUTE) return [];
  return (await dueReports(tx, now)).length === 0 ? [] : [{ name: 'save_reports', id: `save_reports-${localDateOf(now)}`, payload: {}, runAt: now }];
}
