import { type ClockOfJourney, isInTime, timeLimitRules } from '@app/deadlines';
import { dateInWords, momentInWords } from '@app/kernel';
import { type DueTag, dueInWords, workingTimeInWords } from '../in-words';

/** The rules as pages call them: by what is due. */
export const RULE_NAMES: Readonly<Record<string, string>> = {
  first_response: 'First response', home_visit: 'Home visit', turnaround: 'Approval', follow_up: 'Keeping in touch', stage_1_outcome: 'Stage 1 outcome', recommendation: 'Recommendation', decision: 'Decision',
  told_orally: 'Telling them orally', told_in_writing: 'Telling them in writing', representations: 'Representations', irm_papers: 'Papers to the review',
};
const STARTS: Readonly<Record<string, string>> = {
  first_response: 'the enquiry', home_visit: 'the initial application', turnaround: 'the enquiry', follow_up: 'the last contact', stage_1_outcome: 'the last information', recommendation: 'the application',
  decision: 'the recommendation and minutes', told_orally: 'the decision', told_in_writing: 'the decision', representations: 'the determination', irm_papers: 'the notice of the review',
};
const UNITS = { working_days: ['working day', 'working days'], calendar_days: ['day', 'days'], months: ['month', 'months'] } as const;

const orderOf = ({ rule }: ClockOfJourney): number => timeLimitRules.indexOf(rule);

/** A clock with the rule behind it, as the family's page shows it. */
export interface ShownClock {
  readonly name: string;
  readonly tag: DueTag;
  readonly due: string;
  readonly rule: string;
  readonly source: string;
}

/** The clocks in words, for each rule the one that counts: one that was replaced after a correction is left out. */
export function clocksInWords(clocks: readonly ClockOfJourney[], now: Date): readonly ShownClock[] {
  const newest = clocks.filter((clock) => !clocks.some((other) => other.rule === clock.rule && other.id > clock.id)).sort((a, b) => orderOf(a) - orderOf(b));
  return newest.map((clock) => {
    const [one, many] = UNITS[clock.limit.unit];
    return {
      name: RULE_NAMES[clock.rule] ?? clock.rule,
      tag: tagOf(clock, now),
      due: `Due ${clock.rule === 'first_response' ? momentInWords(clock.dueAt) : dateInWords(clock.dueOn)}`,
      rule: `${String(clock.limit.amount)} ${clock.limit.amount === 1 ? one : many} from ${STARTS[clock.rule] ?? 'the start'}; rule of ${dateInWords(clock.limit.holdsFrom)}`,
      source: clock.limit.source,
    };
  });
}

/** For each rule the clock that counts: the newest. */
export const countingClocks = (clocks: readonly ClockOfJourney[]): readonly ClockOfJourney[] => clocks.filter((clock) => !clocks.some((other) => other.rule === clock.rule && other.id > clock.id));

const MINUTE_MS = 60_000;

/** The last minute that is in time: a first response is due at a minute, everything else by the end of a day. */
const lastMinute = ({ rule, dueAt }: ClockOfJourney): Date => (rule === 'first_response' ? dueAt : new Date(dueAt.getTime() - MINUTE_MS));

function tagOf(clock: ClockOfJourney, now: Date): DueTag {
  const due = dueInWords(lastMinute(clock), now);
  switch (clock.state) {
    case 'met': {
      const took = clock.workingMinutes === null ? '' : ` after ${workingTimeInWords(clock.workingMinutes)}`;
      const late = clock.endedAt !== null && !isInTime(clock.rule, clock.dueAt, clock.endedAt);
      return late ? { ...due, text: `done late${took}`, state: 'missed' } : { ...due, text: `done in time${took}`, state: 'met' };
    }
    case 'stopped':
      return { ...due, text: 'stopped', state: 'paused' };
    case 'paused':
      return { ...due, text: `alerts paused, ${due.text}`, state: 'paused' };
    case 'running':
      return due;
  }
}
