import { approvalsThatCame, backTestOf, knownAtTheTime, simulatedHub, testedForecasts } from './back-test';
import { DRAWS_OF_THE_FIRST, LAST_BACK_TEST } from './last-back-test';

describe('the forecasts of simulated hubs', () => {
  const tested = testedForecasts(16, DRAWS_OF_THE_FIRST, 1);

  it('hold what then happened about as often as they say', () => {
    const { held80, held95, medianError, medianBias } = backTestOf(tested);
    expect(held95).toBeGreaterThanOrEqual(0.8);
    expect(held80).toBeGreaterThanOrEqual(0.5);
    expect(medianError).toBeLessThan(0.2);
    expect(Math.abs(medianBias)).toBeLessThan(0.15);
  });

  it('are those of the back-test that the page of the forecast quotes: when not, run `npm run bench -- forecast --write`', () => {
    const { expectedOfTheFirst, hubs, held95 } = LAST_BACK_TEST;
    expect(expectedOfTheFirst).toHaveLength(4);
    expectedOfTheFirst.forEach((mean, index) => expect(tested[index]!.forecast.mean).toBeCloseTo(mean, 4));
    expect(hubs).toBeGreaterThanOrEqual(1_000);
    expect(held95).toBeGreaterThanOrEqual(0.93);
    expect(held95).toBeLessThanOrEqual(0.97);
  });

  it('know nothing of what comes after the as-at date', () => {
    const hub = simulatedHub(3);
    const later = { ...hub, journeys: hub.journeys.filter(({ enquiryDay }) => enquiryDay <= 0).map((journey) => ({ ...journey, stays: journey.stays.filter(({ fromDay }) => fromDay <= 0).map((stay) => (stay.untilDay > 0 ? { ...stay, untilDay: 999, onward: 'closed' as const } : stay)) })) };
    expect(JSON.stringify(knownAtTheTime(later)) === JSON.stringify(knownAtTheTime(hub))).toBe(true);
    expect(approvalsThatCame(hub)).toBeGreaterThan(approvalsThatCame(later));
  });
});
