import { newReference } from '@app/kernel';
import { searchWords } from './search-words';

describe('what somebody types into a search box', () => {
  it('is a list of words, in any order', () => {
    expect(searchWords('  Okafor   Amara ')).toEqual({ words: ['Okafor', 'Amara'], referenceLike: null });
    expect(searchWords('   ')).toBeNull();
  });

  it('finds a telephone number however it is written', () => {
    for (const written of ['0115 496 0123', '01154960123', '+44 115 496 0123', '(0115) 496-0123', '0044 115 4960123']) {
      expect(searchWords(written)?.words).toEqual(['+441154960123']);
    }
  });

  it('finds a telephone number by a part of it', () => {
    expect(searchWords('07700 900')?.words).toEqual(['07700900']);
    expect(searchWords('Okafor 07700 900')?.words).toEqual(['Okafor', '07700900']);
  });

  it('finds a postcode with its space or without', () => {
    expect(searchWords('de1 3ae')?.words).toEqual(['DE13AE']);
    expect(searchWords('DE13AE')?.words).toEqual(['DE13AE']);
    expect(searchWords('okafor ng7 1aa')?.words).toEqual(['okafor', 'NG71AA']);
  });

  it('finds a whole reference however it is typed, and any other by a part', () => {
    const reference = newReference();
    expect(searchWords(reference.toLowerCase().replaceAll('-', ' '))?.referenceLike).toBe(reference);
    expect(searchWords('2024/17')?.referenceLike).toBe('%2024/17%');
    expect(searchWords('50%_1')?.referenceLike).toBe('%50\\%\\_1%');
    expect(searchWords('FEM-BCDF')?.referenceLike).toBe('%FEM-BCDF%');
    expect(searchWords('Okafor')?.referenceLike).toBeNull();
  });

  it('does not choke on a novel', () => {
    expect(searchWords('word '.repeat(1000))?.words).toHaveLength(8);
  });
});
