import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { FileDates } from '../rules/file-dates';

/** What the assessment file of a journey says about its milestones; null when there is none. */
export async function datesInFile(tx: EntityManager, journeyId: string): Promise<FileDates | null> {
  const [file] = await rows<FileDates>(
    tx,
    `SELECT information_on AS "informationOn", refused_on AS "refusedOn", letter_sent_on AS "letterSentOn", report_begun AS "reportBegun", report_finished_on AS "reportFinishedOn",
            panel_on AS "panelOn", received_on AS "receivedOn", determined_on AS "determinedOn", told_on AS "toldOn", registered FROM dates_in_file($1)`,
    [journeyId],
  );
  return file ?? null;
}

/** The day on which the agency refused a family for good, or its determination lapsed; null when neither happened. */
export async function refusedForGoodOn(tx: EntityManager, journeyId: string): Promise<LocalDate | null> {
  const [refusal] = await rows<{ on: LocalDate | null }>(tx, 'SELECT refused_for_good_on($1) AS "on"', [journeyId]);
  return refusal?.on ?? null;
}
