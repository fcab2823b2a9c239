import { approvalsThatCame, backTest, knownAtTheTime, simulatedHub } from './back-test';

describe('the forecasts of simulated hubs', () => {
  it('hold what then happened about as often as they say', () => {
    const { held80, held95, medianError, medianBias } = backTest(16, 120);
    expect(held95).toBeGreaterThanOrEqual(0.8);
    expect(held80).toBeGreaterThanOrEqual(0.5);
    expect(medianError).toBeLessThan(0.2);
    expect(Math.abs(medianBias)).toBeLessThan(0.15);
  }, 120_000);

  it('know nothing of what comes after the as-at date', () => {
    const hub = simulatedHub(3);
    const later = { ...hub, journeys: hub.journeys.filter(({ enquiryDay }) => enquiryDay <= 0).map((journey) => ({ ...journey, stays: journey.stays.filter(({ fromDay }) => fromDay <= 0).map((stay) => (stay.untilDay > 0 ? { ...stay, untilDay: 999, onward: 'closed' as const } : stay)) })) };
    expect(JSON.stringify(knownAtTheTime(later)) === JSON.stringify(knownAtTheTime(hub))).toBe(true);
    expect(approvalsThatCame(hub)).toBeGreaterThan(approvalsThatCame(later));
  });
});
