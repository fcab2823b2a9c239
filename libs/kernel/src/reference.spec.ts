import { newId } from './new-id';
import { newReference, parseReference } from './reference';

const alphabet = '0123456789BCDFGHJKMNPQRTVWXYZ';
const references = Array.from({ length: 300 }, newReference);

describe('references', () => {
  it('look like FEM-7K3D-94XW and read back as they are', () => {
    for (const reference of references) {
      expect(reference).toMatch(/^FEM-[0-9BCDFGHJKMNPQRTVWXYZ]{4}-[0-9BCDFGHJKMNPQRTVWXYZ]{4}$/);
      expect(parseReference(reference)).toBe(reference);
    }
    expect(new Set(references).size).toBe(references.length);
  });

  it('are read in any case, without dashes, with spaces, without the FEM', () => {
    for (const reference of references) {
      const bare = reference.slice(4).replace('-', '');
      for (const typed of [reference.toLowerCase(), reference.replaceAll('-', ' '), ` ${reference.replaceAll('-', '')} `, bare, bare.toLowerCase(), reference.replaceAll('-', '–')]) {
        expect(parseReference(typed)).toBe(reference);
      }
    }
  });

  it('are read with letters that look like digits', () => {
    for (const reference of references) {
      const typed = reference.slice(4).replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('5', 's');
      expect(parseReference(typed)).toBe(reference);
    }
  });

  it('show every single wrong character', () => {
    for (const reference of references.slice(0, 40)) {
      const characters = reference.slice(4).replace('-', '');
      for (let i = 0; i < 8; i += 1) {
        for (const other of alphabet) {
          if (other !== characters[i]) expect(parseReference(characters.slice(0, i) + other + characters.slice(i + 1))).toBeNull();
        }
      }
    }
  });

  it('show every swapped pair', () => {
    for (const reference of references) {
      const characters = Array.from(reference.slice(4).replace('-', ''));
      for (let i = 0; i < 8; i += 1) {
        for (let j = i + 1; j < 8; j += 1) {
          const swapped = [...characters];
          [swapped[i], swapped[j]] = [characters[j]!, characters[i]!];
          if (characters[i] !== characters[j]) expect(parseReference(swapped.join(''))).toBeNull();
        }
      }
    }
  });

  it.each(['', 'FEM', 'FEM-1234', 'FEM-1234-56789', 'HH-0001', 'FEM-AAAA-AAAA', 'x'.repeat(5000)])('refuse %.20j', (text) => {
    expect(parseReference(text)).toBeNull();
  });
});

describe('identifiers', () => {
  it('are UUIDs of version 7 that ascend as they are made', () => {
    const ids = Array.from({ length: 2000 }, newId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
