/** Numbers from 0 (included) to 1 (not included), the same again from the same seed (Mulberry32). */
export type Random = () => number;

/** A stream of numbers that a seed fixes. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A standard normal number (Box and Muller 1958). */
export function randomNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A gamma number of this shape and scale 1 (Marsaglia and Tsang 2000); 0 for shape 0. */
export function randomGamma(random: Random, shape: number): number {
  if (shape <= 0) return 0;
  if (shape < 1) return randomGamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const reduced = shape - 1 / 3;
  const scale = 1 / Math.sqrt(9 * reduced);
  for (;;) {
    const normal = randomNormal(random);
    const cube = (1 + scale * normal) ** 3;
    if (cube > 0 && Math.log(1 - random()) < 0.5 * normal * normal + reduced - reduced * cube + reduced * Math.log(cube)) return reduced * cube;
  }
}

const FEW = 30;

/** A Poisson number with this mean. */
export function randomPoisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean < FEW) {
    let [count, left] = [0, Math.exp(-mean)];
    for (let drawn = random(); drawn > left; count += 1) {
      drawn -= left;
      left *= mean / (count + 1);
      if (left === 0) break;
    }
    return count;
  }
  // Half of a large mean at a time: the seventh-eighths arrival of a unit stream is gamma (Ahrens and Dieter 1974).
  const arrivals = Math.floor(mean * 0.875);
  const arrived = randomGamma(random, arrivals);
  return arrived < mean ? arrivals + randomPoisson(random, mean - arrived) : randomBinomial(random, arrivals - 1, mean / arrived);
}

/** How many of so many have a property that each has with this probability. */
export function randomBinomial(random: Random, base: number, probability: number): number {
  if (base <= 0 || probability <= 0) return 0;
  if (probability >= 1) return base;
  if (probability > 0.5) return base - randomBinomial(random, base, 1 - probability);
  if (base < FEW) {
    let having = 0;
    for (let one = 0; one < base; one += 1) if (random() < probability) having += 1;
    return having;
  }
  if (base * probability < FEW) return fromBelow(random, base, probability);
  // The middle one of the base, as beta, leaves half of the base to look at (Ahrens and Dieter 1974).
  const middle = Math.floor((base + 1) / 2);
  const lower = randomGamma(random, middle);
  const limit = lower / (lower + randomGamma(random, base + 1 - middle));
  return limit <= probability ? middle + randomBinomial(random, base - middle, (probability - limit) / (1 - limit)) : randomBinomial(random, middle - 1, probability / limit);
}

/** Goes up the counts from none until the drawn probability is used up. */
function fromBelow(random: Random, base: number, probability: number): number {
  const odds = probability / (1 - probability);
  let left = Math.exp(base * Math.log1p(-probability));
  let having = 0;
  for (let drawn = random(); drawn > left && having < base; ) {
    drawn -= left;
    left *= ((base - having) * odds) / (having + 1);
    having += 1;
  }
  return having;
}

/** A count with this mean whose variance is so many times the mean: Poisson at 1, negative binomial above. */
export function randomCount(random: Random, mean: number, dispersion: number): number {
  if (dispersion <= 1) return randomPoisson(random, mean);
  return randomPoisson(random, (dispersion - 1) * randomGamma(random, mean / (dispersion - 1)));
}
