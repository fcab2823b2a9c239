import { retention } from './retention';

describe('the share of households that left fostering', () => {
  it('is one minus Kaplan and Meier, with those still followed', () => {
    const answer = retention(
      [
        { time: 100, ending: 'resignation', count: 1 },
        { time: 200, ending: 'censored', count: 1 },
        { time: 300, ending: 'termination', count: 1 },
        { time: 400, ending: 'censored', count: 1 },
      ],
      [0, 182, 365, 730],
    );
    expect(answer).toMatchObject({ households: 4, leavers: 2, longestDays: 400 });
    expect(answer.at.map(({ day, atRisk, left }) => [day, atRisk, Number(left.toFixed(6))])).toEqual([[0, 4, 0], [182, 3, 0.25], [365, 1, 0.625]]);
    expect(answer.at[2]?.byCause.resignation.share).toBeCloseTo(0.25);
    expect(answer.at[2]?.byCause.termination.share).toBeCloseTo(0.375);
    expect(answer.at[1]?.low).toBeGreaterThan(0);
    expect(answer.at[1]?.high).toBeLessThan(1);
  });

  it('says nothing where there is nobody', () => {
    expect(retention([])).toEqual({ households: 0, leavers: 0, longestDays: 0, at: [] });
  });
});
