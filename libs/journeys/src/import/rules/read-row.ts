import { type Council, councilOf } from '@app/authorities';
import { type LocalDate, localDateOf, ok, refused, type Result } from '@app/kernel';
import { type Channel, CHANNELS } from '../../rules/channels';
import { CLOSE_REASONS, CLOSED_BY, type ClosedBy, type CloseReason } from '../../rules/close-reasons';
import { MILESTONE_COLUMNS, MILESTONES } from '../../rules/milestones';
import { type CellReader, email, type ImportBounds, oneOf, pastDate, pastMoment, phone, postcode, receivedMoment, reference, words } from './cell-readers';
import { type CellMistake, type DatedMilestone, type ImportColumn, quoted, REQUIRED_COLUMNS, type RowCells } from './columns';
import { datesOutOfOrder } from './date-order';

/** One household's journey as a row of the hub's own list tells it. Moments are cut to the minute. */
export interface ImportedJourney {
  readonly reference: string;
  readonly receivedAt: Date;
  readonly enquiryOn: LocalDate;
  readonly channel: Channel;
  readonly source: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly postcode: string | null;
  /** Null: the postcode decides. */
  readonly council: Council | null;
  readonly firstResponseAt: Date | null;
  readonly milestones: Readonly<Partial<Record<DatedMilestone, LocalDate>>>;
  readonly close: { readonly on: LocalDate; readonly by: ClosedBy; readonly reason: CloseReason } | null;
}

/** Reads one row. Every mistake in it is told, not just the first; dates are compared as far as they could be read. */
export function readRow(cells: RowCells, bounds: ImportBounds): Result<ImportedJourney, readonly CellMistake[]> {
  const mistakes: CellMistake[] = [];
  const wrong = (column: ImportColumn, what: string): null => {
    mistakes.push({ column, what });
    return null;
  };
  const cell = <T>(column: ImportColumn, reader: CellReader<T>): T | null => {
    const text = words(cells[column] ?? '', column === 'source' ? 'many_lines' : 'one_line');
    if (!text.ok) return wrong(column, text.refusal);
    if (text.value === '') return isRequired(column) ? wrong(column, MISSING[column]) : null;
    const read = reader(text.value);
    return read.ok ? read.value : wrong(column, read.refusal);
  };
  const asItIs: CellReader<string> = (text) => ok(text);

  const given = {
    reference: cell('reference', reference),
    receivedAt: cell('received_at', receivedMoment(bounds)),
    channel: cell('channel', oneOf(CHANNELS, 'a channel')) ?? 'other',
    source: cell('source', asItIs),
    firstName: cell('first_name', asItIs) ?? '',
    lastName: cell('last_name', asItIs) ?? '',
    email: cell('email', email),
    phone: cell('phone', phone),
    postcode: cell('postcode', postcode),
    council: cell('authority', council),
    firstResponseAt: cell('first_response_at', pastMoment(bounds, 'refused')),
  };
  const milestones: Partial<Record<DatedMilestone, LocalDate>> = {};
  for (const milestone of MILESTONES) {
    const on = milestone === 'enquiry' ? null : cell(MILESTONE_COLUMNS[milestone], pastDate(bounds));
    if (milestone !== 'enquiry' && on !== null) milestones[milestone] = on;
  }
  const closedOn = cell('closed_on', pastDate(bounds));
  const closedBy = cell('closed_by', oneOf(CLOSED_BY, 'one of those who can close a journey'));
  const closedReason = cell('closed_reason', (text) => reasonOf(closedBy, text));

  const { receivedAt, firstResponseAt } = given;
  if (receivedAt !== null) {
    if (firstResponseAt !== null && firstResponseAt < receivedAt) {
      wrong('first_response_at', `${quoted(cells.first_response_at ?? '')} is before received_at (${quoted(cells.received_at ?? '')}), which it has to follow: correct one of the two`);
    }
    mistakes.push(...datesOutOfOrder({ enquiryOn: localDateOf(receivedAt), milestones, closedOn }));
  }
  mistakes.push(...closeMistakes(cells));
  if (milestones.approved !== undefined && closedOn !== null) {
    wrong('closed_on', `the household was approved (approved_on ${milestones.approved}), so its journey cannot be closed as well: empty one of the two`);
  }

  if (mistakes.length > 0 || given.reference === null || receivedAt === null) return refused(mistakes);
  const close = closedOn !== null && closedBy !== null && closedReason !== null ? { on: closedOn, by: closedBy, reason: closedReason } : null;
  return ok({ ...given, reference: given.reference, receivedAt, enquiryOn: localDateOf(receivedAt), milestones, close });
}

const MISSING = {
  reference: 'is empty: give every household a reference of its own',
  received_at: 'is empty: say when the enquiry was received, as 2024-05-02T10:15 or 2024-05-02',
} as const satisfies Record<(typeof REQUIRED_COLUMNS)[number], string>;

function isRequired(column: ImportColumn): column is (typeof REQUIRED_COLUMNS)[number] {
  return (REQUIRED_COLUMNS as readonly ImportColumn[]).includes(column);
}

const council: CellReader<Council> = (text) => {
  const found = councilOf(text);
  return found === null ? refused(`${quoted(text)} is not a council of the hub: use derby, derbyshire, nottingham, nottinghamshire or its ONS code, or leave the cell empty`) : ok(found);
};

/** A reason that this closer can have; while the closer is unknown or missing, a reason that any closer can have. */
function reasonOf(closedBy: ClosedBy | null, text: string): Result<CloseReason, string> {
  const allowed: readonly CloseReason[] = closedBy === null ? CLOSED_BY.flatMap((by): readonly CloseReason[] => CLOSE_REASONS[by]) : CLOSE_REASONS[closedBy];
  return oneOf(allowed, closedBy === null ? 'a reason' : `a reason that goes with closed_by ${closedBy}`)(text);
}

/** `closed_on`, `closed_by` and `closed_reason` come together or not at all. */
function closeMistakes(cells: RowCells): CellMistake[] {
  const columns = ['closed_on', 'closed_by', 'closed_reason'] as const;
  const empty = columns.filter((column) => (cells[column] ?? '').trim() === '');
  if (empty.length === 0 || empty.length === columns.length) return [];
  const filled = columns.filter((column) => !empty.includes(column));
  return empty.map((column) => ({ column, what: `is empty, but ${filled.join(' and ')} ${filled.length > 1 ? 'are' : 'is'} not: fill in all three of a close, or none` }));
}
