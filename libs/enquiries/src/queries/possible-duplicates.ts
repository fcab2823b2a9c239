import type { AuthorityCode } from '@app/authorities';
import { rows } from '@app/database';
import type { Stage, Status } from '@app/journeys';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';

/** What is asked: full names as typed, telephones in E.164, a canonical postcode. */
export interface DuplicateQuestion {
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly postcode: string | null;
}

/** Why a household looks the same. */
export type Likeness = 'email' | 'phone' | 'postcode' | 'name';

export interface KnownHousehold {
  readonly householdId: string;
  readonly name: string;
  readonly reference: string;
  readonly authority: AuthorityCode;
  readonly stage: Stage;
  readonly status: Status;
  readonly enquiryOn: LocalDate;
  readonly alike: readonly Likeness[];
}

export interface PossibleDuplicates {
  /** Households that the actor may see, likeliest first, with their newest journey. */
  readonly known: readonly KnownHousehold[];
  /** Whether another council or the hub knows such a household: nothing more is told. */
  readonly knownElsewhere: boolean;
}

interface Found {
  readonly householdId: string | null;
  readonly inScope: boolean;
  readonly email: boolean;
  readonly phone: boolean;
  readonly postcode: boolean;
  readonly name: number;
}

/** From this similarity of trigrams a name counts among the reasons that are shown. */
const SIMILAR_NAME = 0.5;

/** Households that an enquiry may belong to: the same telephone or mail, a similar name at the same postcode, or nearly the same name. */
export async function possibleDuplicates(tx: EntityManager, question: DuplicateQuestion): Promise<PossibleDuplicates> {
  const found = await rows<Found>(
    tx,
    `SELECT household_id AS "householdId", in_scope AS "inScope", same_email AS email, same_phone AS phone, same_postcode AS postcode, name_similarity AS name
       FROM possible_duplicates($1, $2, $3, $4)`,
    [question.names, question.emails, question.phones, question.postcode],
  );
  const seen = found.filter((row): row is Found & { householdId: string } => row.householdId !== null);
  const households = await rows<Omit<KnownHousehold, 'alike'>>(
    tx,
    `SELECT DISTINCT ON (h.id) h.id AS "householdId", h.name, j.reference, j.authority, j.stage, j.status, j.enquiry_on AS "enquiryOn"
       FROM households h JOIN journeys j ON j.household_id = h.id WHERE h.id = ANY ($1) ORDER BY h.id, j.merged_into NULLS FIRST, j.enquiry_received_at DESC`,
    [seen.map(({ householdId }) => householdId)],
  );
  return {
    known: seen.flatMap((row) => {
      const household = households.find(({ householdId }) => householdId === row.householdId);
      return household ? [{ ...household, alike: likenesses(row) }] : [];
    }),
    knownElsewhere: found.some(({ inScope }) => !inScope),
  };
}

function likenesses(row: Found): readonly Likeness[] {
  return [row.email && 'email', row.phone && 'phone', row.postcode && 'postcode', row.name >= SIMILAR_NAME && 'name'].filter((reason): reason is Likeness => reason !== false);
}
