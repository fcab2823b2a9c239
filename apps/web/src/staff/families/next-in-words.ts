import { type FamilyPage, NEXT_STEPS, type WaitingFor } from '@app/journeys';
import { type DueTag, dueInWords } from '../in-words';

/** What a family needs next, as its page says it. */
export interface NextInWords {
  readonly words: string;
  readonly due: DueTag;
  readonly waitingFor: string;
}

export const WAITING_FOR_WORDS: Readonly<Record<WaitingFor, string>> = { hub: 'The hub acts next', authority: 'The council acts next', family: 'The family decides; we keep in touch' };

export function nextInWords({ next }: FamilyPage, now: Date): NextInWords | null {
  return next && { words: NEXT_STEPS[next.step].words, due: dueInWords(next.dueAt, now), waitingFor: WAITING_FOR_WORDS[next.waitingFor] };
}
