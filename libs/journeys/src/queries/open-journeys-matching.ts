import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import { searchWords } from './search-words';

/** Open families that a text filter looks at, at most: those that are due first. */
export const MOST_TEXT_MATCHES = 1000;

/** The open journeys that fit a text as somebody typed it, those due first; null when there is nothing to look for. */
export async function openJourneysMatching(tx: EntityManager, text: string): Promise<readonly string[] | null> {
  const asked = searchWords(text);
  if (!asked) return null;
  const found = await rows<{ id: string }>(tx, 'SELECT journey_id AS id FROM open_journeys_matching($1, $2, $3)', [asked.words, asked.referenceLike, MOST_TEXT_MATCHES]);
  return found.map(({ id }) => id);
}
