import { AUTHORITY_NAMES } from '@app/authorities';
import { type FamilyPage, STATUS_NAMES } from '@app/journeys';
import { shortDateInWords } from '@app/kernel';
import { familyPath } from '../paths';
import { STAGE_NAMES } from '../stage-names';
import { nextInWords, type NextInWords } from './next-in-words';

/** A family's name, where it stands and what it needs: the head of its page and of every form about it. */
export interface FamilySummary {
  readonly name: string;
  readonly reference: string;
  readonly href: string;
  readonly authority: string;
  readonly tags: readonly { readonly text: string; readonly tone: 'plain' | 'good' | 'wait' | 'alarm' | 'quiet' | 'private' }[];
  readonly next: NextInWords | null;
}

export function familySummary(family: FamilyPage, now: Date): FamilySummary {
  const { journey } = family;
  const tags: FamilySummary['tags'][number][] = [];
  if (journey.status === 'open' || journey.status === 'on_hold') tags.push({ text: STAGE_NAMES[journey.stage], tone: 'plain' });
  if (journey.status === 'on_hold' && journey.holdUntil) tags.push({ text: `On hold until ${shortDateInWords(journey.holdUntil)}`, tone: 'wait' });
  if (journey.status === 'closed') tags.push({ text: STATUS_NAMES.closed, tone: 'quiet' });
  if (journey.status === 'approved') tags.push({ text: STATUS_NAMES.approved, tone: 'good' });
  if (journey.safeguarding) tags.push({ text: 'Safeguarding concern', tone: 'alarm' });
  if (journey.kinship) tags.push({ text: 'Kinship', tone: 'private' });
  return { name: family.name, reference: journey.reference, href: familyPath(journey.reference), authority: AUTHORITY_NAMES[journey.authority], tags, next: nextInWords(family, now) };
}
