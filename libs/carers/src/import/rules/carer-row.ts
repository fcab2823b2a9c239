import { type ApprovalTerms, CARE_KINDS, type CareKind, type TermsRefusal, termsRefusalInWords, termsRefusals } from '@app/assessments';
import { councilOf, type Council } from '@app/authorities';
import { type CellMistake } from '@app/journeys';
import { type LocalDate, ok, parseEmail, parseLocalDate, parsePhone, refused, type Result } from '@app/kernel';
import { HOME_KINDS, type HomeKind, isApprovedKind } from '../../rules/home-kinds';
import { LEAVE_REASONS, LEFT_BY, type LeaveReason, type LeftBy, reasonFits } from '../../rules/leaving';

/** The columns of a file of carers; a file may have them in any order. */
export const CARER_COLUMNS = [
  'reference', 'authority', 'kind', 'first_name', 'last_name', 'second_first_name', 'second_last_name', 'email', 'phone', 'town', 'approved_on', 'agreement_on',
  'beds', 'children', 'age_from', 'age_to', 'care', 'above_limit', 'last_review_on', 'supervisor', 'left_on', 'left_by', 'left_reason',
] as const;
export type CarerColumn = (typeof CARER_COLUMNS)[number];
const REQUIRED: readonly CarerColumn[] = ['reference', 'authority', 'approved_on', 'children', 'age_from', 'age_to', 'care'];
const LONGEST = 200;
/** Terms that a file can say only in part: what to do instead. */
const IN_A_FILE: Readonly<Partial<Record<TermsRefusal, string>>> = {
  no_care: `is empty: give at least one of ${CARE_KINDS.join(', ')}`,
  named_child_missing: '"named_child" needs the reference of the child, which a file cannot give: import another kind of care, and change the terms on the household’s page',
};

export type CarerCells = Readonly<Partial<Record<CarerColumn, string>>>;

/** A row that can be taken in. */
export interface CarerRow {
  readonly reference: string;
  readonly authority: Council;
  readonly kind: HomeKind;
  readonly people: readonly { readonly firstName: string; readonly lastName: string; readonly email: string | null; readonly phone: string | null }[];
  readonly town: string | null;
  readonly approvedOn: LocalDate;
  readonly agreementSignedOn: LocalDate | null;
  readonly beds: number;
  readonly terms: ApprovalTerms;
  readonly lastReviewOn: LocalDate | null;
  readonly supervisorEmail: string | null;
  readonly left: { readonly on: LocalDate; readonly by: LeftBy; readonly reason: LeaveReason } | null;
}

/** The column of each cell. Refuses columns that are unknown or there twice, and a header without the required ones. */
export function readCarerHeader(cells: readonly string[]): Result<readonly CarerColumn[], readonly CellMistake[]> {
  const mistakes: CellMistake[] = [];
  const header: CarerColumn[] = [];
  for (const cell of cells) {
    const name = cell.trim().toLowerCase();
    const column = CARER_COLUMNS.find((known) => known === name);
    if (!column) mistakes.push({ column: name.slice(0, 40) || 'header', what: name === '' ? 'has no name: name it, or delete the whole column' : `is an unknown column: use the names ${CARER_COLUMNS.join(', ')}` });
    else if (header.includes(column)) mistakes.push({ column, what: 'is there twice: keep one column of that name' });
    else header.push(column);
  }
  for (const column of REQUIRED) if (!header.includes(column)) mistakes.push({ column, what: 'is missing: add a column with that name' });
  return mistakes.length > 0 ? refused(mistakes) : ok(header);
}

/** The cells of a row by column, trimmed; empty ones are left out. More cells than columns are refused. */
export function carerCells(header: readonly CarerColumn[], cells: readonly string[]): Result<CarerCells, readonly CellMistake[]> {
  if (cells.slice(header.length).some((cell) => cell.trim() !== '')) return refused([{ column: 'the row', what: 'has more cells than the header: look for a comma that belongs into quotation marks' }]);
  return ok(Object.fromEntries(header.flatMap((column, index) => { const text = (cells[index] ?? '').replace(/\s+/g, ' ').trim(); return text === '' ? [] : [[column, text]]; })));
}

/** Reads one row: everything that is wrong with it at once. `today` bounds every date; `usualLimit` is the fostering limit of the row's authority on its day of approval. */
export function readCarerRow(cells: CarerCells, today: LocalDate, usualLimit: number): Result<CarerRow, readonly CellMistake[]> {
  const mistakes: CellMistake[] = [];
  const wrong = (column: CarerColumn, what: string): null => { mistakes.push({ column, what }); return null; };
  for (const [column, text] of Object.entries(cells) as [CarerColumn, string][]) {
    if (text.length > LONGEST) wrong(column, `is longer than ${String(LONGEST)} characters: shorten it`);
    if (/[\u0000-\u001F\u007F\uFFFD]/.test(text)) wrong(column, 'has characters that cannot be printed or are not UTF-8: type the cell again');
  }
  const needed = (column: CarerColumn): string | null => cells[column] ?? wrong(column, 'is empty: every row needs it');
  const date = (column: CarerColumn): LocalDate | null => {
    const text = cells[column];
    if (text === undefined) return null;
    const on = parseLocalDate(text);
    if (on === null) return wrong(column, `"${text.slice(0, 40)}" is not a date written as 2024-05-02: correct it, year first`);
    return on > today ? wrong(column, `${text} is in the future: correct it`) : on;
  };
  const number = (column: CarerColumn, most: number, missing: number | null = null): number | null => {
    const text = cells[column];
    if (text === undefined) return missing ?? wrong(column, 'is empty: every row needs it');
    return /^\d{1,3}$/.test(text) && Number(text) <= most ? Number(text) : wrong(column, `"${text.slice(0, 40)}" is not a whole number up to ${String(most)}: correct it`);
  };
  const oneOf = <Code extends string>(column: CarerColumn, codes: readonly Code[], missing: Code | null): Code | null => {
    const text = cells[column]?.toLowerCase();
    if (text === undefined) return missing;
    return codes.find((code) => code === text) ?? wrong(column, `"${text.slice(0, 40)}" is not one of ${codes.join(', ')}`);
  };

  const reference = needed('reference');
  const authority = ((text) => (text === null ? null : councilOf(text) ?? wrong('authority', `"${text.slice(0, 40)}" is no authority of the hub: use derby, derbyshire, nottingham, nottinghamshire or the ONS code`)))(needed('authority'));
  const kind = oneOf<HomeKind>('kind', HOME_KINDS.filter(isApprovedKind), 'foster');
  const approvedOn = cells.approved_on === undefined ? wrong('approved_on', 'is empty: every row needs it') : date('approved_on');
  const agreementSignedOn = date('agreement_on');
  const lastReviewOn = date('last_review_on');
  const leftOn = date('left_on');
  const children = number('children', 20);
  const ageFrom = number('age_from', 18);
  const ageTo = number('age_to', 18);
  const beds = number('beds', 20, children ?? 1);
  const care = (cells.care ?? '').toLowerCase().split(/\s*;\s*|\s+/).filter((code) => code !== '');
  const unknownCare = care.filter((code) => !(CARE_KINDS as readonly string[]).includes(code));
  if (unknownCare.length > 0) wrong('care', `"${(unknownCare[0] ?? '').slice(0, 40)}" is not one of ${CARE_KINDS.join(', ')} (several are separated by semicolons)`);
  const above = cells.above_limit?.toLowerCase();
  if (above !== undefined && above !== 'siblings') wrong('above_limit', '"siblings" is the only reason that a file can give: record an exemption, which names its children, on the household’s page');
  const email = cells.email === undefined ? null : parseEmail(cells.email) ?? wrong('email', 'is not an email address such as name@example.org');
  const phone = cells.phone === undefined ? null : parsePhone(cells.phone)?.e164 ?? wrong('phone', 'is not a telephone number such as 0115 496 0123');
  if (cells.first_name === undefined && cells.last_name === undefined) wrong('last_name', 'is empty: a household needs a name');
  const supervisorEmail = cells.supervisor === undefined ? null : parseEmail(cells.supervisor) ?? wrong('supervisor', 'is not the email address of a social worker');

  const by = oneOf<LeftBy>('left_by', LEFT_BY, null);
  const reasonText = cells.left_reason?.toLowerCase() ?? null;
  const given = [cells.left_on, cells.left_by, cells.left_reason].filter((cell) => cell !== undefined).length;
  if (given !== 0 && given !== 3) wrong('left_on', 'left_on, left_by and left_reason come together: give all three or none');
  if (by !== null && reasonText !== null && !reasonFits(by, reasonText)) wrong('left_reason', `"${reasonText.slice(0, 40)}" does not go with ${by}: use ${LEAVE_REASONS[by].join(', ')}`);
  const notBefore = (column: CarerColumn, on: LocalDate | null, least: 'same_day' | 'later'): void => {
    if (on !== null && approvedOn !== null && (least === 'later' ? on <= approvedOn : on < approvedOn)) wrong(column, `${on} is ${least === 'later' ? 'not after' : 'before'} the approval on ${approvedOn}: correct one of the two`);
  };
  notBefore('agreement_on', agreementSignedOn, 'same_day');
  notBefore('last_review_on', lastReviewOn, 'later');
  notBefore('left_on', leftOn, 'later');
  if (leftOn !== null && lastReviewOn !== null && lastReviewOn > leftOn) wrong('last_review_on', `${lastReviewOn} is after the day on which the household left`);

  const terms: ApprovalTerms = { children: children ?? 1, ageFrom: ageFrom ?? 0, ageTo: ageTo ?? 18, care: CARE_KINDS.filter((code) => care.includes(code)) satisfies readonly CareKind[], namedChild: null, aboveLimit: above === 'siblings' ? { kind: 'siblings' } : null };
  const aboutCare = (refusal: TermsRefusal): boolean => refusal === 'no_care' || refusal.startsWith('named');
  if (children !== null && ageFrom !== null && ageTo !== null)
    for (const refusal of termsRefusals(terms, usualLimit).filter((each) => unknownCare.length === 0 || !aboutCare(each)))
      wrong(aboutCare(refusal) ? 'care' : refusal === 'ages_turned_round' ? 'age_from' : 'children', IN_A_FILE[refusal] ?? termsRefusalInWords(refusal, usualLimit));
  if (mistakes.length > 0 || reference === null || authority === null || kind === null || approvedOn === null || beds === null) return refused(mistakes);
  const second = cells.second_first_name ?? cells.second_last_name;
  return ok({
    reference,
    authority,
    kind,
    people: [
      { firstName: cells.first_name ?? '', lastName: cells.last_name ?? '', email, phone },
      ...(second === undefined ? [] : [{ firstName: cells.second_first_name ?? '', lastName: cells.second_last_name ?? cells.last_name ?? '', email: null, phone: null }]),
    ],
    town: cells.town ?? null,
    approvedOn,
    agreementSignedOn,
    beds,
    terms,
    lastReviewOn,
    supervisorEmail,
    left: leftOn !== null && by !== null && reasonText !== null && reasonFits(by, reasonText) ? { on: leftOn, by, reason: reasonText } : null,
  });
}
