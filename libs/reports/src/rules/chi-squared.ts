import { logGamma } from './log-gamma';

const PRECISION = 1e-16;
const MOST_TERMS = 10_000;

/**
 * The probability that a chi-squared variable with so many degrees of freedom is at least `value`: the upper
 * incomplete gamma function, by its series below its mean and by its continued fraction above (Abramowitz and
 * Stegun 1964, 6.5.29 and 6.5.31).
 */
export function chiSquaredTail(value: number, degreesOfFreedom: number): number {
  if (value <= 0) return 1;
  const [shape, x] = [degreesOfFreedom / 2, value / 2];
  const scale = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? 1 - scale * lowerSeries(shape, x) : scale * upperFraction(shape, x);
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let index = 1; index < MOST_TERMS && term > sum * PRECISION; index += 1) {
    term *= x / (shape + index);
    sum += term;
  }
  return sum;
}

/** Evaluated from the front (Lentz). */
function upperFraction(shape: number, x: number): number {
  let denominator = x + 1 - shape;
  let ratio = Number.MAX_VALUE;
  let inverse = 1 / denominator;
  let fraction = inverse;
  for (let index = 1; index < MOST_TERMS; index += 1) {
    const numerator = -index * (index - shape);
    denominator += 2;
    inverse = 1 / (numerator * inverse + denominator);
    ratio = denominator + numerator / ratio;
    const change = inverse * ratio;
    fraction *= change;
    if (Math.abs(change - 1) < PRECISION * 10) break;
  }
  return fraction;
}
