import { firstResponseClock } from '@app/deadlines';
import { workingMinutesBetween } from '@app/kernel';
import type { Fate } from './fate';
import type { Family } from './people';
import type { Pen } from './pen';
import { UNUSUAL } from './rates';
import { ATTEMPTS, FIRST_EMAILS, FIRST_TALKS } from './words';

/** How an enquiry is answered: while they enquire, in time, too late, or never. */
export type Answer = 'at_once' | 'in_time' | 'late' | 'never';

/** Who falls silent was often reached by a letter at most; nobody else goes without an answer for good. */
export function drawAnswer(pen: Pen, fate: Fate, spokenTo: boolean): Answer {
  if (spokenTo) return 'at_once';
  const silent = fate.furthest !== 'approved' && fate.reason === 'no_response' && fate.furthest === 'enquiry';
  if (silent && pen.dice.chance(UNUSUAL.never_answered)) return 'never';
  return pen.dice.chance(UNUSUAL.answered_late) ? 'late' : 'in_time';
}

/** An officer takes the enquiry, tries, and speaks with them or writes: within the standard of one working day, or not. */
export function answerEnquiry(pen: Pen, family: Family, answer: Answer, receivedAt: Date, silent: boolean): void {
  const { dice, calendar } = pen;
  const [first] = family.applicants;
  if (answer === 'at_once') {
    pen.workingMinutes(2);
    return;
  }
  const { startsAt, dueAt } = firstResponseClock({ receivedAt, calendar, limitWorkingDays: 1 });
  const allowed = workingMinutesBetween(calendar, startsAt, dueAt);
  const wait = answer === 'in_time' ? Math.min(dice.around(165, 0.9), allowed - dice.between(6, 60)) : allowed + dice.between(40, 1_300);
  const attempts = first.phone === null ? 0 : answer === 'never' ? 2 : silent ? dice.pick([1, 2, 2]) : dice.pick([0, 0, 0, 1, 1, 2]);

  pen.jumpTo(startsAt).workingMinutes(Math.max(3, wait * (answer === 'late' ? 0.85 : 0.3))).write('officer', { kind: 'take' });
  for (let tried = 0; tried < attempts; tried += 1) {
    pen.workingMinutes((wait * 0.6) / (attempts + 1)).write('officer', { kind: 'attempt', note: pen.words(ATTEMPTS), next: null });
  }
  if (answer === 'never') return;
  pen.workingMinutes(Math.max(2, (wait * 0.6) / (attempts + 1)));
  const writes = first.email !== null && (silent || first.phone === null || (first.preferredContact === 'email' && dice.chance(0.7)));
  pen.write('officer', writes ? { kind: 'talk', how: 'email', answers: true, note: dice.pick(FIRST_EMAILS), next: null } : { kind: 'talk', how: 'conversation', answers: true, note: told(pen.words(FIRST_TALKS), first.firstName), next: null });
}

/** Words with the name of whoever enquired in them. */
export const told = (words: string, firstName: string): string => words.replaceAll('{first}', firstName);
