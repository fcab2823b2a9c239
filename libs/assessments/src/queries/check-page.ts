import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { CheckStep } from '../persistence/checklist-record';
import type { CheckOutcome } from '../rules/checks';

/** One line of a check's history. */
export interface CheckHistoryLine {
  readonly step: CheckStep;
  readonly happenedOn: LocalDate;
  readonly outcome: CheckOutcome | null;
  readonly recordedAt: Date;
  /** Null: unasked, by the system. */
  readonly byName: string | null;
}

/** What happened to a check, newest first. */
export function checkHistory(tx: EntityManager, checkId: string): Promise<CheckHistoryLine[]> {
  return rows<CheckHistoryLine>(
    tx,
    `SELECT h.step, h.happened_on AS "happenedOn", h.outcome, h.recorded_at AS "recordedAt", s.name AS "byName"
       FROM check_history h LEFT JOIN staff s ON h.recorded_by = 'staff:' || s.id WHERE h.check_id = $1 ORDER BY h.id DESC`,
    [checkId],
  );
}

/** What a certificate says, as long as it may be kept. */
export interface CertificateDetails {
  readonly number: string | null;
  readonly issuedOn: LocalDate | null;
  readonly disclosed: string | null;
}

/** The details of a check's certificate; null when there are none, or they were destroyed. For those who carry the assessment only. */
export async function certificateOf(tx: EntityManager, checkId: string): Promise<CertificateDetails | null> {
  const [details] = await rows<CertificateDetails>(tx, `SELECT number, issued_on AS "issuedOn", disclosed FROM certificate_details WHERE check_id = $1`, [checkId]);
  return details ?? null;
}
