import { localDate } from '@app/kernel';
import { impliedTargets, progress, shareOfYearPassed } from './targets';
import type { StatedTargets } from './targets';

const HUB: StatedTargets = {
  enquiries: 660, approvalRatePercent: 15.45, approvals: 103, baselineApprovals: 54, increasePercent: 89, turnaroundMonths: 6,
};
const NONE: StatedTargets = {
  enquiries: null, approvalRatePercent: null, approvals: null, baselineApprovals: null, increasePercent: null, turnaroundMonths: null,
};
const YEAR = { from: localDate('2026-04-01'), to: localDate('2027-03-31') };

describe('stated targets', () => {
  it('imply others that they need not agree with, and the difference is shown', () => {
    const implied = impliedTargets(HUB).map(({ target, implied: value, stated, difference }) => [
      target, Number(value.toFixed(2)), stated, Number(difference?.toFixed(2)),
    ]);
    expect(implied).toEqual([
      ['approvals', 101.97, 103, 1.03],
      ['approvals', 102.06, 103, 0.94],
      ['approvalRatePercent', 15.61, 15.45, -0.16],
      ['increasePercent', 90.74, 89, -1.74],
    ]);
  });

  it('imply nothing where they are missing, and a difference only where both are there', () => {
    expect(impliedTargets(NONE)).toEqual([]);
    expect(impliedTargets({ ...NONE, enquiries: 660, approvalRatePercent: 15.45 })).toEqual([
      { target: 'approvals', from: ['enquiries', 'approvalRatePercent'], implied: expect.closeTo(101.97, 10) as number, stated: null, difference: null },
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

  it('has no share of a target of none', () => {
    expect(progress(0, 3, YEAR, YEAR.to).shareReached).toBeNull();
  });
});
