import { AS_IT_IS, expectedApprovals, forecastApprovals, leverToReach } from './approval-forecast';
import type { ForecastFacts } from './approval-forecast';
import type { StayCount } from './passage';

const step = { month: 6, days: 7 };
const stay = (at: StayCount['at'], steps: number, onward: StayCount['onward'], count: number): StayCount => ({ at, steps, onward, count });

/** Of those before the panel half are approved in the second step and half are closed; enquirers go to the panel at once. */
const facts: ForecastFacts = {
  stays: [stay('enquiry', 0, 'panel', 100_000), stay('panel', 1, 'approved', 50_000), stay('panel', 1, 'closed', 50_000)],
  open: [{ at: 'panel', steps: 0, count: 40 }],
  enquiries: Array.from({ length: 100 }, () => ({ ...step, count: 10 })),
  ahead: [step, step, step],
};

describe('the forecast of approvals', () => {
  it('is what can be worked out by hand where the past leaves no doubt', () => {
    // 20 of the 40 open, and 5 of 10 enquiries of each of the first two steps; who enquires in the third has no time.
    expect(expectedApprovals(facts)).toBeCloseTo(30, 1);
    const forecast = forecastApprovals(facts, AS_IT_IS, 300);
    expect(forecast.mean).toBeGreaterThan(29);
    expect(forecast.fromOpen).toBeGreaterThan(19);
  });

  it('is the same from the same facts, and wider at 95% than at 80%', () => {
    const forecast = forecastApprovals(facts, AS_IT_IS, 300);
    expect(forecastApprovals(facts, AS_IT_IS, 300)).toEqual(forecast);
    const { within80, within95, median } = forecast;
    expect([within95.low, within80.low, median, within80.high, within95.high].sort((one, other) => one - other)).toEqual([within95.low, within80.low, median, within80.high, within95.high]);
    expect(within95.high - within95.low).toBeGreaterThan(within80.high - within80.low);
  });

  it('is wider where little is known', () => {
    const few = { ...facts, stays: facts.stays.map((of) => ({ ...of, count: of.count / 12_500 })), enquiries: facts.enquiries.slice(0, 8) };
    const width = ({ within95 }: ReturnType<typeof forecastApprovals>): number => within95.high - within95.low;
    expect(width(forecastApprovals(few, AS_IT_IS, 300))).toBeGreaterThan(width(forecastApprovals(facts, AS_IT_IS, 300)));
  });

  it('is nothing without journeys, enquiries or time', () => {
    const nothing = { stays: [], open: [], enquiries: [], ahead: [step] };
    expect(forecastApprovals(nothing, AS_IT_IS, 20)).toMatchObject({ mean: 0, within95: { low: 0, high: 0 } });
    expect(forecastApprovals({ ...facts, ahead: [] }, AS_IT_IS, 20)).toMatchObject({ mean: 0 });
  });

  it('says what one lever would have to be', () => {
    // 40 approvals: 20 of the open and 20 of enquiries, so twice the enquiries, or two of three kept.
    expect(leverToReach(facts, 40, 'volume')).toBeCloseTo(2, 1);
    expect(leverToReach(facts, 40, 'lost')).toBeCloseTo(2 / 3, 1);
    expect(leverToReach(facts, 29, 'volume')).toBe(1);
    expect(leverToReach(facts, 1_000, 'lost')).toBeNull();
    expect(expectedApprovals(facts, { ...AS_IT_IS, speed: 2 })).toBeGreaterThanOrEqual(expectedApprovals(facts));
  });
});
