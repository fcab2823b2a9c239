import { addDays, type LocalDate, localDateOf, type OpeningCalendar, openingOn } from '@app/kernel';
import type { Dice } from './dice';
import type { Step, Story } from './story';

/** How often a next contact is planned for the day on which it will happen, for some days before it, or not at all. */
const KEPT = { to_the_day: 82, too_early: 10, not_at_all: 8 } as const;

/** Nobody plans further ahead than this. */
const FURTHEST_DAYS = 35;

/** Steps as a story: in the order of time, with people who look after it and with what they promise. */
export function storyFrom(name: string, dice: Dice, calendar: OpeningCalendar, steps: readonly Step[]): Story {
  const inOrder = [...steps].sort((a, b) => a.at.getTime() - b.at.getTime());
  return { name, officer: dice.between(0, 999), socialWorker: dice.between(0, 999), steps: withPromises(inOrder, dice, calendar) };
}

/**
 * Writes into each call and visit when the next contact is planned: mostly the day of what follows, as if everybody kept
 * promises, sometimes an earlier one. Nothing is planned before the first answer: the clock says when that is due.
 */
function withPromises(steps: readonly Step[], dice: Dice, calendar: OpeningCalendar): readonly Step[] {
  let answered = false;
  return steps.map((step, index) => {
    const { deed } = step;
    if (deed.kind === 'enquire' && deed.spokenTo) answered = true;
    if (deed.kind === 'talk' && deed.answers) answered = true;
    if ((deed.kind !== 'talk' && deed.kind !== 'attempt') || !answered) return step;
    const follows = steps.slice(index + 1).find(({ by, deed: { kind } }) => by !== 'family' && kind !== 'merge' && kind !== 'screen');
    return follows ? { ...step, deed: { ...deed, next: plannedFor(localDateOf(step.at), localDateOf(follows.at), dice, calendar) } } : step;
  });
}

function plannedFor(today: LocalDate, happens: LocalDate, dice: Dice, calendar: OpeningCalendar): LocalDate | null {
  const how = dice.weighted(KEPT);
  if (how === 'not_at_all' || happens <= today || happens > addDays(today, FURTHEST_DAYS)) return null;
  const early = how === 'too_early' ? addDays(happens, -dice.between(1, 3)) : happens;
  return early > today && openingOn(calendar, early) ? early : happens;
}
