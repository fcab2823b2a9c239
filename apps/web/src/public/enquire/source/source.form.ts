import { z } from 'zod';
import { optionalChoice } from '../../../platform/controls';
import { line } from '../fields';
import type { Step } from '../step';

/** How people come to hear of the hub, in the words of the form. */
export const sourceWords = {
  friend_or_family: 'From a friend or family',
  foster_carer: 'From a foster carer',
  social_media: 'On social media',
  search: 'By searching the internet',
  council: 'From a council (website, letter, magazine)',
  event: 'At an event',
  news: 'On the radio, on television or in a newspaper',
  poster: 'On a poster, a bus or a leaflet',
  work: 'At work or school',
  other: 'In another way',
} as const;

/** The sources, in the order of the form. */
export const SOURCES = [
  'friend_or_family', 'foster_carer', 'social_media', 'search', 'council', 'event', 'news', 'poster', 'work', 'other',
] as const satisfies readonly (keyof typeof sourceWords)[];

/** How the person heard of the hub. May be left open. */
export const sourceStep = {
  slug: 'source',
  question: 'How did you hear about us?',
  controls: ['source', 'sourceMore'],
  schema: z
    .object({ source: optionalChoice(SOURCES), sourceMore: line(200, 'Where you heard about us must be 200 characters or fewer') })
    .transform(({ source, sourceMore }) => ({ source, sourceMore: source === 'other' && sourceMore !== '' ? sourceMore : null })),
} as const satisfies Step;

/** How a source is kept and reported. */
export const sourceNames: Readonly<Record<keyof typeof sourceWords, string>> = {
  friend_or_family: 'Friend or family',
  foster_carer: 'Foster carer',
  social_media: 'Social media',
  search: 'Internet search',
  council: 'Council',
  event: 'Event',
  news: 'Radio, television or newspaper',
  poster: 'Poster or leaflet',
  work: 'Work or school',
  other: 'Other',
};
