import { LETTERS, type LetterCode, type Placeholder } from './letter-codes';

const PLACEHOLDER = /\{\{\s*([a-z0-9_]+)\s*\}\}/g;

/** A wording: the subject and the body of a letter, with {{places}} for facts. */
export interface Wording {
  readonly subject: string;
  readonly body: string;
}

/** What is known for a letter; what is not is left out. */
export type Facts = Readonly<Partial<Record<Placeholder, string>>>;

/** Why a wording cannot be used. */
export type WordingRefusal = { readonly kind: 'unknown_places'; readonly places: readonly string[] } | { readonly kind: 'broken_braces' };

/** The names of the places in a text, each once. */
export const placesIn = (text: string): readonly string[] => [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];

/** What is wrong with a wording for a letter: places that this letter knows no fact for, or braces that make no place. */
export function wordingRefusal(code: LetterCode, { subject, body }: Wording): WordingRefusal | null {
  const text = `${subject}\n${body}`;
  const known: readonly string[] = LETTERS[code].facts;
  const places = placesIn(text).filter((name) => !known.includes(name));
  if (places.length > 0) return { kind: 'unknown_places', places };
  return /\{\{|\}\}/.test(text.replace(PLACEHOLDER, '')) ? { kind: 'broken_braces' } : null;
}

export function wordingRefusalInWords(code: LetterCode, refusal: WordingRefusal): string {
  if (refusal.kind === 'broken_braces') return 'Two braces stand alone. A place for a fact is written {{name}}';
  const named = refusal.places.map((name) => `{{${name}}}`).join(', ');
  return `This letter does not know ${named}. It knows ${LETTERS[code].facts.map((name) => `{{${name}}}`).join(', ')}`;
}

/** A text with the facts in their places; a place whose fact is not known stays as it is, to be seen and written by hand. */
export function filled(text: string, facts: Facts): string {
  return text.replace(PLACEHOLDER, (place, name: string) => facts[name as Placeholder] ?? place);
}

/** The places that are still open in a letter: it cannot go like that. */
export const openPlaces = ({ subject, body }: Wording): readonly string[] => placesIn(`${subject}\n${body}`);
