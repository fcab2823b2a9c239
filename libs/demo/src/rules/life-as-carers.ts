import type { ApprovalTerms } from '@app/assessments';
import { TRAINING_PATHWAY } from '@app/carers';
import { addDays, addMonthsClamped, type LocalDate } from '@app/kernel';
import type { Pen } from './pen';
import type { CarerDeed, Player } from './story';

/** Stories of carers are written so far; what is later is not lived by anybody yet. */
const DAYS_ON_THE_REGISTER = 430;
const LEAVES_WITHIN = 0.08;
const REASONS = ['family_circumstances', 'health', 'work_or_money', 'hard_placement', 'moved_to_agency'] as const;

interface Planned {
  readonly on: LocalDate;
  readonly by: Player;
  readonly deed: (on: LocalDate) => CarerDeed;
}

/** The first year after the approval: on the register, training, children who come and go, the first review, and now and then leaving. */
export function fosterOn(pen: Pen, terms: ApprovalTerms): void {
  const { dice } = pen;
  const approved = pen.today;
  const leaves = dice.chance(LEAVES_WITHIN) ? addDays(approved, dice.between(90, 400)) : null;
  const until = leaves ?? addDays(approved, DAYS_ON_THE_REGISTER);
  pen.on(pen.openDay(addDays(approved, dice.between(4, 16)))).write('team_manager', { kind: 'register', on: pen.today, beds: terms.children + (dice.chance(0.3) ? 1 : 0), terms });
  const planned: Planned[] = [];
  for (const { code, withinMonths } of TRAINING_PATHWAY) planned.push({ on: addDays(addMonthsClamped(approved, withinMonths), dice.between(-24, 8)), by: 'social_worker', deed: (on) => ({ kind: 'train', on, step: code }) });
  for (let place = 1; place <= terms.children; place += 1) planned.push(...childrenWhoCome(pen, addDays(approved, dice.between(20, 120)), until, leaves !== null));
  planned.push({ on: addDays(addMonthsClamped(approved, 12), dice.between(-40, 25)), by: 'social_worker', deed: (on) => ({ kind: 'hold_review', on }) });
  if (dice.chance(0.08)) planned.push({ on: addDays(approved, dice.between(150, 330)), by: 'social_worker', deed: (on) => ({ kind: 'stop_taking', on, until: addDays(on, dice.between(30, 90)), reason: 'A rest after a long placement' }) });
  for (const { on, by, deed } of planned.filter((each) => each.on < until).sort((one, other) => one.on.localeCompare(other.on))) pen.on(pen.openDay(on < pen.today ? pen.today : on)).write(by, deed(pen.today));
  if (leaves !== null) pen.on(pen.openDay(leaves < pen.today ? pen.today : leaves)).write('team_manager', { kind: 'leave_fostering', on: pen.today, by: 'resignation', reason: dice.pick(REASONS) });
}

/** Children one after the other, by reference only. Who is there when the carers leave goes home before. */
function childrenWhoCome({ dice }: Pen, from: LocalDate, until: LocalDate, leaves: boolean): readonly Planned[] {
  const planned: Planned[] = [];
  for (let comes = from; comes < addDays(until, -30); ) {
    const childReference = `CH-${String(dice.between(1_000_000, 9_999_999))}`;
    const goes = addDays(comes, dice.between(20, 420));
    const last = addDays(until, -10);
    const ends = goes < last ? goes : last;
    planned.push({ on: comes, by: 'social_worker', deed: (on) => ({ kind: 'place', on, childReference }) });
    // Who is there when the story ends stays, unless the carers leave.
    if (goes < last || leaves) planned.push({ on: ends, by: 'social_worker', deed: (on) => ({ kind: 'end_placement', on, childReference, ending: dice.chance(0.8) ? 'planned' : 'unplanned' }) });
    comes = addDays(ends, dice.between(8, 60));
  }
  return planned;
}
