import { ETHNICITIES, ETHNICITY_NAMES, type Ethnicity } from '@app/carers';
import { CLOSED_BY_NAMES } from '@app/journeys';
import { OUTCOMES_OF, reconciliation, WITHDRAWAL_CODES, type WithdrawalCode, type YearBook, type YearOf, type YearOutcome } from './ofsted-year';
import type { CountCell, Sum } from './suppression';
import { suppressed } from './suppression';

/** Approved carers at the end of the year, by what they told voluntarily. */
export interface CarersOfYear {
  readonly people: number;
  readonly told: Readonly<Record<Ethnicity | 'not_told', number>>;
}

/** The year of one authority or of all, with the places that its approvals brought and the carers at its end. */
export interface YearColumn extends YearOf {
  readonly approvals: { readonly households: number; readonly withTerms: number; readonly places: number };
  readonly carers: CarersOfYear;
}

/** One line of the year, as page and workbook list it. */
export interface YearLine {
  readonly id: string;
  readonly section: string;
  readonly name: string;
  readonly of: (column: YearColumn) => number;
  /** A sum of lines above it. */
  readonly total?: boolean;
}

const OUTCOME_NAMES: Readonly<Record<YearOutcome | 'open', string>> = {
  applied: 'Applied',
  approved: 'Approved',
  closed_applicant: `Closed by: ${CLOSED_BY_NAMES.applicant.toLowerCase()}`,
  closed_service: `Closed by: ${CLOSED_BY_NAMES.service.toLowerCase()}`,
  closed_no_contact: `Closed by: ${CLOSED_BY_NAMES.no_contact.toLowerCase()}`,
  not_counted: 'Found to be a duplicate, no enquiry, or kinship',
  open: 'Still in hand',
};

const WITHDRAWAL_NAMES: Readonly<Record<WithdrawalCode, string>> = {
  AW0: 'AW0 Other or unknown, with reasons that have no code of their own',
  AW1: 'AW1 Fostering was not as expected',
  AW2: 'AW2 The assessment was not as expected',
  AW3: 'AW3 Household circumstances',
  AW4: 'AW4 Financial reasons',
  AW5: 'AW5 Risk of allegations',
};

function bookLines(which: 'enquiries' | 'applications', section: string): YearLine[] {
  const line = (id: string, name: string, of: (book: YearBook) => number, total = false): YearLine => ({ id: `${which}.${id}`, section, name, of: (column) => of(column[which]), ...(total ? { total } : {}) });
  return [
    line('opening', 'In hand at the start', ({ opening }) => opening),
    line('received', 'Received in the year', ({ received }) => received),
    line('reopened', 'Reopened, or counted again', ({ reopened }) => reopened),
    line('movedIn', 'Moved here from another authority', ({ movedIn }) => movedIn),
    line('in', 'In hand and come in', (book) => reconciliation(book).in, true),
    ...OUTCOMES_OF[which].map((outcome) => line(`out.${outcome}`, OUTCOME_NAMES[outcome], ({ out }) => out[outcome] ?? 0)),
    line('movedOut', 'Moved to another authority', ({ movedOut }) => movedOut),
    line('closing', 'In hand at the end', ({ closing }) => closing),
    line('outTotal', 'Gone out and in hand', (book) => reconciliation(book).out, true),
  ];
}

function outcomeLines(which: 'enquiries' | 'applications', section: string): YearLine[] {
  return [...OUTCOMES_OF[which].filter((outcome) => outcome !== 'not_counted'), 'open' as const].map((outcome) => ({ id: `${which}.ofTheYear.${outcome}`, section, name: OUTCOME_NAMES[outcome], of: (column) => column[which].ofTheYear[outcome] ?? 0 }));
}

const CARERS = 'Approved carers at the end of the year, by the ethnicity that they told us';

/** Every line of the year, in the order of the page. */
export const YEAR_LINES: readonly YearLine[] = [
  ...bookLines('enquiries', 'Enquiries'),
  ...outcomeLines('enquiries', 'Enquiries received in the year, by outcome so far'),
  ...bookLines('applications', 'Applications'),
  ...outcomeLines('applications', 'Applications received in the year, by outcome so far'),
  ...WITHDRAWAL_CODES.map((code): YearLine => ({ id: `withdrawals.${code}`, section: 'Applications withdrawn by the applicant, by Ofsted’s codes', name: WITHDRAWAL_NAMES[code], of: ({ withdrawals }) => withdrawals[code] })),
  { id: 'approvals.households', section: 'Approvals', name: 'Households approved', of: ({ approvals }) => approvals.households },
  { id: 'approvals.withTerms', section: 'Approvals', name: 'Of those, with terms on record', of: ({ approvals }) => approvals.withTerms },
  { id: 'approvals.places', section: 'Approvals', name: 'Places under those terms', of: ({ approvals }) => approvals.places },
  { id: 'carers.people', section: CARERS, name: 'Approved carers', of: ({ carers }) => carers.people, total: true },
  ...([...ETHNICITIES, 'not_told'] as const).map((told): YearLine => ({ id: `carers.${told}`, section: CARERS, name: told === 'not_told' ? 'Did not tell' : ETHNICITY_NAMES[told], of: ({ carers }) => carers.told[told] })),
];

/** One count under two names. */
const SAME_AS: Readonly<Record<string, string>> = {
  'enquiries.outTotal': 'enquiries.in',
  'applications.outTotal': 'applications.in',
  'applications.received': 'enquiries.out.applied',
  'approvals.households': 'applications.out.approved',
};
/** The cell of a line in a column, as sums and hidden cells name it. */
export const yearCell = (scope: string, id: string): string => `${scope}/${SAME_AS[id] ?? id}`;

const BOOKS = ['enquiries', 'applications'] as const;
const SUMS: readonly Sum[] = [
  ...BOOKS.flatMap((which): Sum[] => [
    { whole: `${which}.in`, parts: ['opening', 'received', 'reopened', 'movedIn'].map((part) => `${which}.${part}`) },
    { whole: `${which}.in`, parts: [...OUTCOMES_OF[which].map((outcome) => `${which}.out.${outcome}`), `${which}.movedOut`, `${which}.closing`] },
    { whole: `${which}.received`, parts: [...OUTCOMES_OF[which].filter((outcome) => outcome !== 'not_counted'), 'open'].map((outcome) => `${which}.ofTheYear.${outcome}`) },
    ...OUTCOMES_OF[which].filter((outcome) => outcome !== 'not_counted').map((outcome): Sum => ({ whole: `${which}.out.${outcome}`, parts: [`${which}.ofTheYear.${outcome}`, `*${which} ${outcome} from before`] })),
    { whole: `${which}.closing`, parts: [`${which}.ofTheYear.open`, `*${which} open from before`] },
  ]),
  { whole: 'applications.out.closed_applicant', parts: WITHDRAWAL_CODES.map((code) => `withdrawals.${code}`) },
  { whole: 'approvals.households', parts: ['approvals.withTerms', '*without terms'] },
  // Terms are for one child at least.
  { whole: 'approvals.places', parts: ['approvals.withTerms', '*further places'] },
  { whole: 'carers.people', parts: [...ETHNICITIES, 'not_told'].map((told) => `carers.${told}`) },
];

/** Everything that a reader knows to add up; moves between authorities are no moves of the hub, so the total has none. */
export function yearSums(authorities: readonly string[]): Sum[] {
  const scopes = ['total', ...authorities];
  const across = YEAR_LINES.filter(({ id }) => !/moved|\.in$|outTotal|opening/.test(id)).map(({ id }): Sum => ({ whole: yearCell('total', id), parts: authorities.map((code) => yearCell(code, id)) }));
  const opening = BOOKS.map((which): Sum => ({ whole: yearCell('total', `${which}.opening`), parts: authorities.map((code) => yearCell(code, `${which}.opening`)) }));
  // Whatever moves out of one authority moves into another.
  const moves = BOOKS.flatMap((which) => (['movedIn', 'movedOut'] as const).map((way): Sum => ({ whole: `total/*${which} moves`, parts: authorities.map((code) => yearCell(code, `${which}.${way}`)) })));
  return [...scopes.flatMap((scope) => SUMS.map(({ whole, parts }) => ({ whole: yearCell(scope, whole), parts: parts.map((part) => yearCell(scope, part)) }))), ...(authorities.length === 0 ? [] : [...across, ...opening, ...moves])];
}

/** The cells that a publication of the year must not show. */
export function hiddenYearCells(columns: Readonly<Record<string, YearColumn>>): ReadonlySet<string> {
  const cells = new Map<string, CountCell>();
  const sums = yearSums(Object.keys(columns).filter((scope) => scope !== 'total'));
  for (const [scope, column] of Object.entries(columns)) for (const { id, of } of YEAR_LINES) cells.set(yearCell(scope, id), { id: yearCell(scope, id), value: of(column), shown: true });
  for (const { whole, parts } of sums) {
    if (whole.includes('/*')) cells.set(whole, { id: whole, value: parts.reduce((sum, part) => sum + (cells.get(part)?.value ?? 0), 0), shown: false });
    const unshown = parts.find((part) => part.includes('/*'));
    if (unshown === undefined) continue;
    const rest = parts.reduce((left, part) => left - (cells.get(part)?.value ?? 0), cells.get(whole)?.value ?? 0);
    cells.set(unshown, { id: unshown, value: rest, shown: false });
  }
  const adds = ({ whole, parts }: Sum): boolean => parts.every((part) => (cells.get(part)?.value ?? -1) >= 0) && parts.reduce((sum, part) => sum + (cells.get(part)?.value ?? NaN), 0) === cells.get(whole)?.value;
  return suppressed([...cells.values()], sums.filter(adds));
}
