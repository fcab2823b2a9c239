import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { asksTheSame, type AskedOfFile, type PublicationCopy } from '../rules/publication-copies';

type Row = Omit<PublicationCopy, 'period'> & { readonly from: LocalDate; readonly to: LocalDate };

/**
 * The copies that were taken for publication and may be about the same families as a file that is asked for (their periods
 * overlap, and so do their authorities), but ask something else, or the same of which `mayDiffer` says that it may have another answer by now; the last first.
 */
export async function copiesBeside(tx: EntityManager, asked: AskedOfFile, mayDiffer: (copy: PublicationCopy) => Promise<boolean>): Promise<PublicationCopy[]> {
  const found = await rows<Row>(
    tx,
    `SELECT id, taken_at AS "takenAt", taken_by AS "takenBy", what, authorities, period_from AS "from", period_to AS "to", as_at AS "asAt", known_at AS "knownAt" FROM publication_copies($1, $2, $3)`,
    [asked.period.from, asked.period.to, asked.authorities],
  );
  const beside: PublicationCopy[] = [];
  for (const { from, to, ...taken } of found) {
    const copy = { ...taken, period: { from, to } };
    if (!asksTheSame(copy, asked) || (await mayDiffer(copy))) beside.push(copy);
  }
  return beside;
}
