import type { LocalDate } from '@app/kernel';
import { precedes } from '../../rules/blockers';
import { MILESTONE_COLUMNS, MILESTONES } from '../../rules/milestones';
import type { CellMistake, DatedMilestone } from './columns';

/** The dates of one row, as far as it has them. */
export interface RowDates {
  readonly enquiryOn: LocalDate;
  readonly milestones: Readonly<Partial<Record<DatedMilestone, LocalDate>>>;
  readonly closedOn: LocalDate | null;
}

/**
 * The dates that lie before one that they follow, gaps allowed and equal dates too; each is told once, against the latest
 * of those that it should follow. `stage_2_on` may lie before `stage_1_on`.
 */
export function datesOutOfOrder({ enquiryOn, milestones, closedOn }: RowDates): readonly CellMistake[] {
  const dated = MILESTONES.flatMap((milestone) => {
    const on = milestone === 'enquiry' ? undefined : milestones[milestone];
    return milestone === 'enquiry' || on === undefined ? [] : [{ milestone, column: MILESTONE_COLUMNS[milestone], on }];
  });
  const enquiry = { column: 'received_at', on: enquiryOn };
  const check = (column: string, on: LocalDate, before: readonly { readonly column: string; readonly on: LocalDate }[]): CellMistake[] => {
    const latest = [enquiry, ...before].reduce((last, one) => (one.on > last.on ? one : last));
    return on < latest.on ? [{ column, what: `${on} is before ${latest.column} (${latest.on}), which it has to follow: correct one of the two` }] : [];
  };
  return [
    ...dated.flatMap(({ milestone, column, on }) => check(column, on, dated.filter((other) => precedes(other.milestone, milestone)))),
    ...(closedOn === null ? [] : check('closed_on', closedOn, dated)),
  ];
}
