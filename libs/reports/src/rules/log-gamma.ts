/** Coefficients for g = 7 and nine terms (Godfrey 2001, after Lanczos 1964); good to 15 digits. */
const COEFFICIENTS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;
const G = 7;

/** The natural logarithm of the gamma function of a positive number. */
export function logGamma(x: number): number {
  const shifted = x - 1;
  const sum = COEFFICIENTS.reduce((total, coefficient, index) => total + coefficient / (shifted + index + 1), 0.99999999999980993);
  const base = shifted + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}
