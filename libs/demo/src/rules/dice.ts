/** Dice that a seed decides: the same seed throws the same numbers on every machine. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  readonly throw: () => number;
  /** True with this probability. */
  readonly chance: (probability: number) => boolean;
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** One of the keys, as often as its weight says. */
  readonly weighted: <Key extends string>(weights: Readonly<Partial<Record<Key, number>>>) => Key;
  /** A duration that is mostly short and sometimes long: log-normal with this median; `spread` is the deviation of its logarithm. */
  readonly around: (median: number, spread: number) => number;
}

/** Dice for one subject: the words tell it from every other, so that one more throw for one family changes nothing for the next. */
export function diceOf(seed: number, ...subject: readonly (string | number)[]): Dice {
  const next = numbersOf(hashOf([seed, ...subject].join('/')));
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    throw: next,
    chance: (probability) => next() < probability,
    between,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from');
      return item;
    },
    weighted: <Key extends string>(weights: Readonly<Partial<Record<Key, number>>>) => {
      const entries = Object.entries(weights) as [Key, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      const last = entries.at(-1);
      if (!last) throw new RangeError('There is nothing to weigh');
      return last[0];
    },
    around: (median, spread) => median * Math.exp(spread * normal(next)),
  };
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to make people up. */
function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Box and Muller's way from even numbers to normal ones. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
