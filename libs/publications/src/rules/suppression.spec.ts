import { type CountCell, isSmall, type Sum, suppressed } from './suppression';
import { leastAndMost, workedOut } from '../../../../tests/support/suppression-attack';
import { greatest } from './linear-program';

const cells = (values: Readonly<Record<string, number>>): CountCell[] => Object.entries(values).map(([id, value]) => ({ id, value, shown: true }));

describe('the linear programme', () => {
  it('finds the greatest value of a textbook problem', () => {
    // Dantzig's example in Hillier and Lieberman, Introduction to Operations Research, ch. 3 (Wyndor Glass): x1 + s1 = 4, 2 x2 + s2 = 12, 3 x1 + 2 x2 + s3 = 18; z = 3 x1 + 5 x2 is 36.
    const term = (unknown: number, coefficient: number) => ({ unknown, coefficient });
    const equations = [
      { terms: [term(0, 1), term(2, 1)], equals: 4 },
      { terms: [term(1, 2), term(3, 1)], equals: 12 },
      { terms: [term(0, 3), term(1, 2), term(4, 1)], equals: 18 },
      { terms: [term(5, 1), term(0, -3), term(1, -5)], equals: 0 },
    ];
    expect(greatest(6, equations, new Map([[5, 1]]))).toMatchObject({ bounded: true, value: 36 });
  });

  it('tells when there is no greatest value, and when there is no solution', () => {
    expect(greatest(2, [{ terms: [{ unknown: 0, coefficient: 1 }, { unknown: 1, coefficient: -1 }], equals: 0 }], new Map([[0, 1]]))).toEqual({ bounded: false });
    expect(() => greatest(1, [{ terms: [{ unknown: 0, coefficient: 1 }], equals: 1 }, { terms: [{ unknown: 0, coefficient: 1 }], equals: 2 }], new Map([[0, 1]]))).toThrow('no solution');
  });
});

describe('hiding small numbers', () => {
  it('hides counts from 1 to 4, and no count that stands alone besides', () => {
    expect([...suppressed(cells({ a: 0, b: 1, c: 4, d: 5 }), [])].sort()).toEqual(['b', 'c']);
  });

  it('hides a second number where a total would give the first away', () => {
    expect([...suppressed(cells({ all: 30, a: 3, b: 10, c: 17 }), [{ whole: 'all', parts: ['a', 'b', 'c'] }])].sort()).toEqual(['a', 'b']);
  });

  it('hides the total too where two small ones would share it', () => {
    const hidden = suppressed(cells({ all: 2, a: 1, b: 1 }), [{ whole: 'all', parts: ['a', 'b'] }]);
    expect([...hidden].sort()).toEqual(['a', 'all', 'b']);
  });

  it('hides the total too where nought is told and every other number has to be 1', () => {
    const five = { a: 1, b: 1, c: 1, d: 1, e: 1 };
    expect(suppressed(cells({ all: 5, ...five }), [{ whole: 'all', parts: Object.keys(five) }]).has('all')).toBe(true);
  });

  it('hides what a number that is not shown would give away', () => {
    const hidden = suppressed([...cells({ counted: 40, within: 38 }), { id: 'missed', value: 2, shown: false }], [{ whole: 'counted', parts: ['within', 'missed'] }]);
    expect(hidden.size).toBe(1);
  });

  it('withstands whoever solves the equations, over hundreds of random tables', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    for (let table = 0; table < 400; table += 1) {
      const [rows, columns] = [2 + random(4), 2 + random(4)];
      const value = new Map<string, number>();
      const sums: Sum[] = [];
      const names = (many: number): number[] => Array.from({ length: many }, (_, index) => index);
      for (const row of names(rows)) for (const column of names(columns)) value.set(`${String(row)},${String(column)}`, random(3) === 0 ? 0 : random(random(2) === 0 ? 6 : 40));
      const add = (whole: string, parts: string[]): void => {
        value.set(whole, parts.reduce((sum, part) => sum + value.get(part)!, 0));
        sums.push({ whole, parts });
      };
      for (const row of names(rows)) add(`${String(row)},all`, names(columns).map((column) => `${String(row)},${String(column)}`));
      for (const column of names(columns)) add(`all,${String(column)}`, names(rows).map((row) => `${String(row)},${String(column)}`));
      add('all', names(columns).map((column) => `all,${String(column)}`));
      sums.push({ whole: 'all', parts: names(rows).map((row) => `${String(row)},all`) });
      const all = [...value].map(([id, count]): CountCell => ({ id, value: count, shown: true }));
      const hidden = suppressed(all, sums);
      const found = workedOut(new Map([...value].filter(([id]) => !hidden.has(id))), sums);
      expect([...found].filter(([id, count]) => hidden.has(id) && isSmall(count))).toEqual([]);
      const between = leastAndMost(new Map([...value].filter(([id]) => !hidden.has(id))), sums, [], [...hidden].filter((id) => value.get(id)! > 0));
      expect([...between].filter(([id, [, most]]) => isSmall(value.get(id)!) && most < 5)).toEqual([]);
      for (const [id, count] of value) if (isSmall(count)) expect(hidden.has(id)).toBe(true);
    }
  });
});
