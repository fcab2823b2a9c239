import { LETTER_CODES, LETTERS, PLACEHOLDER_MEANINGS } from './letter-codes';
import { filled, openPlaces, placesIn, wordingRefusal, wordingRefusalInWords } from './wording';

describe('a wording', () => {
  it('names its places, each once', () => {
    expect(placesIn('Dear {{dear}}, {{ reference }} and {{dear}}')).toEqual(['dear', 'reference']);
  });

  it('is taken with the places that its letter knows, and refused in words with others', () => {
    expect(wordingRefusal('approval', { subject: 'x', body: 'Dear {{dear}}, {{terms}}' })).toBeNull();
    const refusal = wordingRefusal('approval', { subject: '{{representations_until}}', body: 'Dear {{deer}}' });
    expect(refusal).toEqual({ kind: 'unknown_places', places: ['representations_until', 'deer'] });
    expect(wordingRefusalInWords('approval', refusal!)).toMatch(/^This letter does not know \{\{representations_until\}\}, \{\{deer\}\}\. It knows \{\{dear\}\}, /);
  });

  it.each(['{{dear', 'dear}}', '{{Dear Ann}}', '{{}}'])('is refused with braces that make no place: %s', (body) => {
    expect(wordingRefusal('approval', { subject: 'x', body })).toEqual({ kind: 'broken_braces' });
  });

  it('is filled once: what a fact says is never filled again', () => {
    expect(filled('{{dear}}: {{reasons}}', { dear: 'Ann', reasons: 'as {{dear}} said' })).toBe('Ann: as {{dear}} said');
    expect(filled('{{dear}} {{terms}}', { dear: 'Ann & $1' })).toBe('Ann & $1 {{terms}}');
    expect(openPlaces({ subject: 'x', body: 'Ann {{terms}}' })).toEqual(['terms']);
  });

  it('can name only facts that have a meaning', () => {
    for (const code of LETTER_CODES) expect(LETTERS[code].facts.filter((fact) => !(fact in PLACEHOLDER_MEANINGS))).toEqual([]);
  });
});
