import { localDate } from '@app/kernel';
import { countedUntil, impliedTargets, progress, shareOfYearPassed } from './targets';
import type { StatedTargets } from './targets';

const HUB: StatedTargets = {
  enquiries: 660, approvalRate: 0.1545, approvals: 103, baselineApprovals: 54, increaseOnBaseline: 0.89, turnaroundMonths: 6,
};
const NONE: StatedTargets = {
  enquiries: null, approvalRate: null, approvals: null, baselineApprovals: null, increaseOnBaseline: null, turnaroundMonths: null,
};
const YEAR = { from: localDate('2026-04-01'), to: localDate('2027-03-31') };

describe('stated targets', () => {
  it('imply others that they need not agree with, and the difference is shown', () => {
    const implied = impliedTargets(HUB).map(({ target, implied: value, stated, difference }) => [
      target, Number(value.toFixed(4)), stated, Number(difference?.toFixed(4)),
    ]);
    expect(implied).toEqual([
      ['approvals', 101.97, 103, 1.03],
      ['approvals', 102.06, 103, 0.94],
      ['approvalRate', 0.1561, 0.1545, -0.0016],
      ['increaseOnBaseline', 0.9074, 0.89, -0.0174],
    ]);
  });

  it('imply nothing where they are missing, and a difference only where both are there', () => {
    expect(impliedTargets(NONE)).toEqual([]);
    expect(impliedTargets({ ...NONE, enquiries: 660, approvalRate: 0.1545 })).toEqual([
      { target: 'approvals', from: ['enquiries', 'approvalRate'], implied: expect.closeTo(101.97, 10) as number, stated: null, difference: null },
    ]);
    expect(impliedTargets({ ...NONE, approvals: 5, enquiries: 0, baselineApprovals: 0 })).toEqual([]);
  });
});

describe('progress', () => {
  it('compares with the share of the days that have passed, the as-at date included', () => {
    expect(shareOfYearPassed(YEAR, localDate('2026-04-01'))).toBe(1 / 365);
    expect(shareOfYearPassed(YEAR, localDate('2026-11-21'))).toBe(235 / 365);
    expect(progress(730, 500, YEAR, localDate('2026-11-21'))).toEqual({
      target: 730, toDate: 500, shareReached: 500 / 730, shareOfYear: 235 / 365, evenPace: expect.closeTo(470, 10) as number, ahead: expect.closeTo(30, 10) as number,
    });
  });

  it('stays at none before the year and at all after it', () => {
    expect(shareOfYearPassed(YEAR, localDate('2026-03-31'))).toBe(0);
    expect(shareOfYearPassed(YEAR, localDate('2027-06-01'))).toBe(1);
  });

  it('of a period that ended before the as-at date is held against the days until its end', () => {
    const quarter = { from: YEAR.from, to: localDate('2026-06-30') };
    expect(countedUntil(quarter, localDate('2026-11-29'))).toBe('2026-06-30');
    expect(countedUntil(quarter, localDate('2026-05-31'))).toBe('2026-05-31');
    expect(progress(730, 156, YEAR, countedUntil(quarter, localDate('2026-11-29')))).toMatchObject({ shareOfYear: 91 / 365, evenPace: expect.closeTo(182, 10) as number, ahead: expect.closeTo(-26, 10) as number });
  });

  it('has no share of a target of none', () => {
    expect(progress(0, 3, YEAR, YEAR.to).shareReached).toBeNull();
  });
});
