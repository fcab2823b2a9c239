import type { Council } from '@app/authorities';
import { addDays, type LocalDate } from '@app/kernel';
import type { FileRow } from '@app/spreadsheets';
import type { Dice } from '../rules/dice';
import { NAME_LISTS, TOWNS } from '../rules/names';

const HEADER = ['reference', 'authority', 'kind', 'first_name', 'last_name', 'second_first_name', 'email', 'town', 'approved_on', 'agreement_on', 'beds', 'children', 'age_from', 'age_to', 'care', 'last_review_on', 'supervisor', 'left_on', 'left_by', 'left_reason'] as const;
type Cells = Readonly<Partial<Record<(typeof HEADER)[number], string>>>;

const BEFORE_DAYS = 365;
const EVERY = 8;
const CARE = ['short_term', 'short_term;emergency', 'long_term', 'short_term;long_term', 'short_breaks', 'emergency;short_breaks', 'parent_and_child'] as const;
const REASONS = ['retired', 'health', 'family_circumstances', 'not_supported', 'moved_to_agency', 'moved_away'] as const;

/** How a made-up household that was approved before the hub is told from others. */
export const earlierReference = (council: Council, number: number): string => `EARLIER-${council.toUpperCase().slice(0, 3)}${council.endsWith('shire') ? 'S' : ''}-${String(number).padStart(3, '0')}`;

/** How many households there are, and how many of them stay; from when on others may have left; who supervises. */
export interface CarersAsked {
  readonly count: number;
  readonly staying: number;
  readonly began: LocalDate;
  readonly today: LocalDate;
  readonly supervisors: readonly string[];
}

/**
 * The file of households that a council had approved before the hub began, as its own list would have them. The first
 * stay: they will live in a constellation. Of the others some have left since.
 */
export async function* earlierCarers(council: Council, { count, staying, began, today, supervisors }: CarersAsked, dice: Dice): AsyncGenerator<FileRow> {
  yield { row: 1, cells: HEADER, bytes: 0 };
  for (let number = 1; number <= count; number += 1) {
    await Promise.resolve();
    const names = dice.pick(NAME_LISTS);
    const [first, second, last] = [dice.pick(names.women), dice.pick(names.men), dice.pick(names.last)];
    const approved = addDays(began, -dice.between(BEFORE_DAYS, BEFORE_DAYS * EVERY));
    const left = number > staying && dice.chance(0.16) ? addDays(began, dice.between(30, 640)) : null;
    const leaves = left !== null && left < today ? left : null;
    const youngest = dice.pick([0, 0, 3, 5, 8, 11]);
    const children = dice.between(1, 3);
    const cells: Cells = {
      reference: earlierReference(council, number),
      authority: council,
      kind: number > staying && dice.chance(0.12) ? 'kinship' : 'foster',
      first_name: first,
      last_name: last,
      ...(dice.chance(0.7) ? { second_first_name: second } : {}),
      email: `carer.${council}.${String(number)}@example.org`,
      town: dice.pick(TOWNS[council]),
      approved_on: approved,
      agreement_on: addDays(approved, dice.between(1, 14)),
      beds: String(number === 1 ? 4 : children + dice.between(0, 1)),
      children: String(number === 1 ? 1 : children),
      age_from: String(youngest),
      age_to: String(Math.min(18, youngest + dice.between(5, 12))),
      care: dice.pick(CARE),
      ...(leaves === null ? { last_review_on: lastReview(approved, addDays(today, -(dice.chance(0.06) ? dice.between(367, 395) : dice.between(12, 352)))), ...(dice.chance(0.92) ? { supervisor: dice.pick(supervisors) } : {}) } : { left_on: leaves, left_by: 'resignation', left_reason: dice.pick(REASONS) }),
    };
    yield { row: number + 1, cells: HEADER.map((column) => cells[column] ?? ''), bytes: 0 };
  }
}

/** A review lies after the approval. */
const lastReview = (approved: LocalDate, wanted: LocalDate): LocalDate => (wanted > approved ? wanted : addDays(approved, 300));
