import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Stage } from '../rules/milestones';
import type { Status } from '../rules/moves';
import { searchWords } from './search-words';

/** One journey of a household that was found. */
export interface FoundFamily {
  readonly reference: string;
  readonly familyName: string;
  readonly authority: AuthorityCode;
  readonly stage: Stage;
  readonly status: Status;
  readonly enquiryOn: LocalDate;
  readonly postcode: string | null;
  /** E.164, of the first applicant. */
  readonly phone: string | null;
}

export interface SearchAnswer {
  readonly found: readonly FoundFamily[];
  /** More families fit than are shown. */
  readonly more: boolean;
}

const MOST_SHOWN = 50;
const MOST_HOUSEHOLDS = 200;

/** Families that fit a text as somebody typed it, whatever became of them: open ones first, then the newest enquiry. */
export async function searchFamilies(tx: EntityManager, text: string): Promise<SearchAnswer> {
  const asked = searchWords(text);
  if (!asked) return { found: [], more: false };
  const found = await rows<FoundFamily>(
    tx,
    `SELECT j.reference, h.name AS "familyName", j.authority, j.stage, j.status, j.enquiry_on AS "enquiryOn", h.postcode, a.phone
       FROM search_households($1, $2, ${String(MOST_HOUSEHOLDS)}) s
       JOIN households h ON h.id = s.household_id
       JOIN journeys j ON j.household_id = h.id
       LEFT JOIN applicants a ON a.household_id = h.id AND a.position = 1
      ORDER BY j.status IN ('open', 'on_hold') DESC, j.enquiry_received_at DESC, j.id LIMIT ${String(MOST_SHOWN + 1)}`,
    [asked.words, asked.referenceLike],
  );
  return { found: found.slice(0, MOST_SHOWN), more: found.length > MOST_SHOWN };
}
