import { localDate } from '@app/kernel';
import { type FosteringHome, fosteringTimes } from './fostering-times';

const [FROM, TO] = [localDate('2025-01-01'), localDate('2026-01-01')];
const home = (approvedOn: string, joinedOn: string | null = null, leftOn: string | null = null): FosteringHome => ({
  approvedOn: localDate(approvedOn), joinedOn: joinedOn === null ? null : localDate(joinedOn), leftOn: leftOn === null ? null : localDate(leftOn), leftBy: leftOn === null ? null : 'resignation',
});
const times = (...homes: readonly FosteringHome[]) => fosteringTimes(homes, FROM, TO).map(({ side, days, ending }) => [side, days, ending]);

describe('the times for which households are followed', () => {
  it('begin with the first day, with the approval when that is later, and end with leaving or the last day', () => {
    expect(times(home('2020-05-01'))).toEqual([['non_member', 365, 'censored']]);
    expect(times(home('2025-12-22'))).toEqual([['non_member', 10, 'censored']]);
    expect(times(home('2020-05-01', null, '2025-01-31'))).toEqual([['non_member', 30, 'resignation']]);
    expect(times(home('2020-05-01', null, '2026-01-01'))).toEqual([['non_member', 365, 'resignation']]);
  });

  it('leave out who had left by the first day or was approved after the last, and do not know what comes after the last day', () => {
    expect(times(home('2020-05-01', null, '2025-01-01'), home('2026-01-02'))).toEqual([]);
    expect(times(home('2020-05-01', '2026-01-02', '2026-02-01'))).toEqual([['non_member', 365, 'censored']]);
  });

  it('count nobody as a member before joining', () => {
    expect(times(home('2020-05-01', '2025-01-11', '2025-03-12'))).toEqual([['non_member', 10, 'censored'], ['member', 60, 'resignation']]);
    expect(times(home('2020-05-01', '2024-06-01'))).toEqual([['member', 365, 'censored']]);
    expect(times(home('2025-02-01', '2025-02-01'))).toEqual([['member', 334, 'censored']]);
  });
});
