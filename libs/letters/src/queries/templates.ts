import type { Council } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { LetterCode } from '../rules/letter-codes';

/** One dated wording of a letter: a council's own, or (null) the hub's. */
export interface LetterTemplate {
  readonly id: string;
  readonly code: LetterCode;
  readonly authority: Council | null;
  readonly holdsFrom: LocalDate;
  readonly subject: string;
  readonly body: string;
}

const COLUMNS = 'id, code, authority, holds_from AS "holdsFrom", subject, body';

/** The wording of a letter that is in force on a date: the council's own goes before the hub's. */
export async function templateInForce(tx: EntityManager, code: LetterCode, authority: string, on: LocalDate): Promise<LetterTemplate | null> {
  const [found] = await rows<LetterTemplate>(tx, `SELECT ${COLUMNS} FROM letter_templates WHERE code = $1 AND (authority = $2 OR authority IS NULL) AND holds_from <= $3 ORDER BY authority NULLS LAST, holds_from DESC LIMIT 1`, [code, authority, on]);
  return found ?? null;
}

/** All wordings of a letter that hold, held or are to come: the hub's first, the newest on top. */
export function templatesOf(tx: EntityManager, code: LetterCode): Promise<LetterTemplate[]> {
  return rows<LetterTemplate>(tx, `SELECT ${COLUMNS} FROM letter_templates WHERE code = $1 ORDER BY authority NULLS FIRST, holds_from DESC`, [code]);
}
