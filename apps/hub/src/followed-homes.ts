import { councilOf } from '@app/authorities';
import { type FosteringHome, type FosteringTime, fosteringTimes } from '@app/constellations';
import { type LocalDate, parseLocalDate } from '@app/kernel';
import { rowsOfFile, UnreadableFile } from '@app/spreadsheets';

/** A time with the authority of its household; empty where a file names none. */
export type TimeOfAuthority = FosteringTime & { readonly authority: string };
type Cells = Readonly<Record<string, string>>;
type Row = { readonly authority: string } & (FosteringHome | FosteringTime);

/** The times of households between two days. */
export const timesOfHomes = (homes: readonly (FosteringHome & { readonly authority: string })[], from: LocalDate, to: LocalDate): readonly TimeOfAuthority[] =>
  homes.flatMap((home) => fosteringTimes([home], from, to).map((time) => ({ ...time, authority: home.authority })));

/**
 * The times of a CSV file: of households with approved_on, joined_on, left_on and left_by, followed between two days, or, in a
 * file with the columns side, days and ending, as they are. Throws with every mistake, as "row N, column: what is wrong".
 */
export async function timesOfFile(path: string, from: LocalDate, to: LocalDate): Promise<readonly TimeOfAuthority[]> {
  const [times, mistakes]: [TimeOfAuthority[], string[]] = [[], []];
  let header: readonly string[] | null = null;
  try {
    for await (const { row, cells } of rowsOfFile(path)) {
      if (header === null) {
        header = cells.map((cell) => cell.trim().toLowerCase());
        if (!header.includes('approved_on') && !['side', 'days', 'ending'].every((column) => header?.includes(column))) throw new Error('row 1, header: name the columns; approved_on is needed, or side, days and ending');
        continue;
      }
      const read = readRow(Object.fromEntries(header.map((column, index) => [column, (cells[index] ?? '').trim()])), (column, what) => void mistakes.push(`row ${String(row)}, ${column}: ${what}`));
      if (read) times.push(...('days' in read ? [read] : timesOfHomes([read], from, to)));
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    mistakes.push(`row ${String(error.row)}, the row: ${error.message}`);
  }
  if (header === null && mistakes.length === 0) mistakes.push('row 1, header: the file is empty');
  if (mistakes.length > 0) throw new Error([...mistakes, 'Nothing was estimated.'].join('\n'));
  return times;
}

/** One row of either kind; null when it has mistakes, or is of a home that has no approval. */
function readRow(cells: Cells, wrong: (column: string, what: string) => void): Row | null {
  const refused: string[] = [];
  const refuse = (column: string, what: string): null => {
    refused.push(column);
    wrong(column, what);
    return null;
  };
  const date = (column: string): LocalDate | null => (cells[column] ? parseLocalDate(cells[column]) ?? refuse(column, `"${cells[column].slice(0, 40)}" is not a date written as 2024-05-02`) : null);
  const oneOf = <Code extends string>(column: string, codes: readonly Code[]): Code | null => (cells[column] ? codes.find((code) => code === cells[column]?.toLowerCase()) ?? refuse(column, `"${cells[column].slice(0, 40)}" is not one of ${codes.join(', ')}`) : null);
  const authority = cells['authority'] ? councilOf(cells['authority']) ?? refuse('authority', 'is no authority of the hub') : '';
  if (cells['days'] !== undefined && cells['side'] !== undefined) {
    const side = oneOf('side', ['member', 'non_member'] as const) ?? refuse('side', 'is empty or wrong: use member or non_member');
    const ending = oneOf('ending', ['resignation', 'termination', 'censored'] as const) ?? refuse('ending', 'is empty or wrong: use resignation, termination or censored');
    const days = /^\d{1,6}$/.test(cells['days']) ? Number(cells['days']) : refuse('days', 'is not a whole number of days');
    return refused.length === 0 && authority !== null && side && ending && days !== null ? { authority, side, days, ending } : null;
  }
  if (cells['kind'] && !['foster', 'kinship'].includes(cells['kind'].toLowerCase())) return null;
  const approvedOn = date('approved_on') ?? (cells['approved_on'] ? null : refuse('approved_on', 'is empty: every row needs it'));
  const [joinedOn, leftOn, leftBy] = [date('joined_on'), date('left_on'), oneOf('left_by', ['resignation', 'termination'] as const)];
  if (refused.length === 0 && (leftOn === null) !== (leftBy === null)) refuse('left_on', 'left_on and left_by come together');
  if (approvedOn !== null && leftOn !== null && leftOn <= approvedOn) refuse('left_on', `${leftOn} is not after the approval on ${approvedOn}`);
  if (approvedOn !== null && joinedOn !== null && joinedOn < approvedOn) refuse('joined_on', `${joinedOn} is before the approval on ${approvedOn}`);
  if (joinedOn !== null && leftOn !== null && joinedOn >= leftOn) refuse('joined_on', `${joinedOn} is not before the household left on ${leftOn}`);
  return refused.length === 0 && authority !== null && approvedOn !== null ? { authority, approvedOn, joinedOn, leftOn, leftBy } : null;
}
