import { randomBinomial, randomCount, randomGamma, seededRandom } from './random';

function momentsOf(draw: (random: () => number) => number): { mean: number; variance: number } {
  const random = seededRandom(5);
  const drawn = Array.from({ length: 20_000 }, () => draw(random));
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  return { mean, variance: drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length };
}

const near = (value: number, expected: number, share = 0.06): void => expect(Math.abs(value / expected - 1)).toBeLessThan(share);

describe('numbers of chance', () => {
  it.each([0.4, 1, 7.5, 300])('as gamma of shape %f have its mean and variance', (shape) => {
    const { mean, variance } = momentsOf((random) => randomGamma(random, shape));
    near(mean, shape);
    near(variance, shape);
  });

  it.each([[5, 0.3], [29, 0.9], [200, 0.02], [500, 0.4], [100_000, 0.7]])('as binomial of %i and %f', (base, probability) => {
    const { mean, variance } = momentsOf((random) => randomBinomial(random, base, probability));
    near(mean, base * probability);
    near(variance, base * probability * (1 - probability));
  });

  it.each([[0.7, 1], [12, 1], [400, 1], [12, 1.8], [90, 3]])('as counts with mean %f and %f times the variance', (usual, dispersion) => {
    const { mean, variance } = momentsOf((random) => randomCount(random, usual, dispersion));
    near(mean, usual);
    near(variance, usual * dispersion);
  });

  it('are the same again from the same seed', () => {
    const [one, other] = [seededRandom(9), seededRandom(9)];
    for (let draw = 0; draw < 5; draw += 1) expect(one()).toBe(other());
    expect([randomBinomial(one, 0, 0.5), randomBinomial(one, 3, 1), randomCount(one, 0, 1)]).toEqual([0, 3, 0]);
  });
});
