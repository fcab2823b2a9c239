import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import type { StepSlug } from './answers';
import { fosteringNowWords } from './fostering-now/fostering-now.form';
import { interestWords } from './interests/interests.form';
import { LONGEST_MESSAGE } from './message/message.form';
import { sourceWords } from './source/source.form';
import { spareRoomWords } from './spare-room/spare-room.form';

/** An item of GOV.UK's radios or checkboxes. */
type Item = { readonly value: string; readonly text: string; readonly behaviour?: 'exclusive' } | { readonly divider: string };

const items = (words: Readonly<Record<string, string>>): readonly Item[] => Object.entries(words).map(([value, text]) => ({ value, text }));

const { not_sure: notSure, ...interests } = interestWords;

/** What the template of a step needs besides what was typed. */
export const choicesOf: Readonly<Partial<Record<StepSlug, Readonly<Record<string, unknown>>>>> = {
  postcode: { choices: [{ value: '', text: 'The council where I live' }, { divider: 'or' }, ...AUTHORITY_CODES.map((value) => ({ value, text: AUTHORITY_NAMES[value] }))] satisfies readonly Item[] },
  'spare-room': { choices: items(spareRoomWords) },
  'fostering-now': { choices: items(fosteringNowWords) },
  interests: { choices: [...items(interests), { divider: 'or' }, { value: 'not_sure', text: notSure, behaviour: 'exclusive' }] satisfies readonly Item[] },
  source: { choices: items(sourceWords) },
  message: { longestMessage: LONGEST_MESSAGE },
};
