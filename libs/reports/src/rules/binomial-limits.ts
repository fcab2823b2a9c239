import { logGamma } from './log-gamma';

/** The probability of each count that is worth counting, from `first` on, summed up from below. */
interface CountedProbabilities {
  readonly first: number;
  readonly upTo: readonly number[];
}

/** Farther from the mode than this in logarithms of probability, nothing adds to a sum of doubles. */
const NEGLIGIBLE = 1e-22;

/**
 * The shares that so many of a base would stay below with the probabilities that are asked for, were each of them as
 * likely as the hub's share: the control limits of a funnel plot, exact and interpolated between counts so that the
 * funnel is smooth (Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202, appendix A.1.1). Null without a base.
 */
export function binomialLimits(base: number, share: number, probabilities: readonly number[]): (number | null)[] {
  if (base === 0) return probabilities.map(() => null);
  if (share <= 0 || share >= 1) return probabilities.map(() => Math.min(1, Math.max(0, share)));
  const counted = countProbabilities(base, share);
  return probabilities.map((probability) => limitAt(counted, base, probability));
}

/** How often so few, or so many, of a base come about by chance, were each of them as likely as the share (from 0 to 1). */
export function binomialTails(base: number, share: number, having: number): { readonly atMost: number; readonly atLeast: number } {
  if (share <= 0 || share >= 1) {
    const certain = share <= 0 ? 0 : base;
    return { atMost: having >= certain ? 1 : 0, atLeast: having <= certain ? 1 : 0 };
  }
  const { first, upTo } = countProbabilities(base, share);
  const sumUpTo = (count: number): number => (count < first ? 0 : Math.min(1, upTo[count - first] ?? 1));
  return { atMost: sumUpTo(having), atLeast: 1 - sumUpTo(having - 1) };
}

/** The count at which the sum passes the probability, less the part of its own probability that is too much. */
function limitAt({ first, upTo }: CountedProbabilities, base: number, probability: number): number {
  const found = upTo.findIndex((sum) => sum >= probability);
  const index = found === -1 ? upTo.length - 1 : found;
  const above = upTo[index] ?? 1;
  const below = upTo[index - 1] ?? 0;
  const tooMuch = above > below ? Math.min(1, Math.max(0, (above - probability) / (above - below))) : 0;
  return Math.max(0, (first + index - tooMuch) / base);
}

/** From the most likely count outwards, each from its neighbour, so that nothing vanishes in large bases. */
function countProbabilities(base: number, share: number): CountedProbabilities {
  const mode = Math.min(base, Math.floor((base + 1) * share));
  const odds = share / (1 - share);
  const atMode = Math.exp(
    logGamma(base + 1) - logGamma(mode + 1) - logGamma(base - mode + 1) + mode * Math.log(share) + (base - mode) * Math.log1p(-share),
  );
  const below: number[] = [];
  for (let count = mode, probability = atMode; count > 0 && probability > NEGLIGIBLE; count -= 1) {
    probability *= count / ((base - count + 1) * odds);
    below.push(probability);
  }
  const above: number[] = [];
  for (let count = mode, probability = atMode; count < base && probability > NEGLIGIBLE; count += 1) {
    probability *= ((base - count) * odds) / (count + 1);
    above.push(probability);
  }
  let sum = 0;
  const upTo = [...below.reverse(), atMode, ...above].map((probability) => (sum += probability));
  return { first: mode - below.length, upTo };
}
