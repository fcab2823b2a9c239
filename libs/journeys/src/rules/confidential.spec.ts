import type { HeldRole } from '@app/access';
import { seesConfidential } from './confidential';

const family = { authority: 'derby', officerId: 'officer', socialWorkerId: 'worker' } as const;
const sees = (staffId: string, ...roles: HeldRole[]): boolean => seesConfidential({ staffId, roles }, family);

describe('confidential entries', () => {
  it('are for the family’s own officer and social worker', () => {
    expect(sees('officer', { role: 'recruitment_officer', authority: null })).toBe(true);
    expect(sees('worker', { role: 'social_worker', authority: 'derby' })).toBe(true);
  });

  it('are for the managers who answer for them', () => {
    expect(sees('a', { role: 'hub_manager', authority: null })).toBe(true);
    expect(sees('b', { role: 'team_manager', authority: 'derby' })).toBe(true);
    expect(sees('c', { role: 'team_manager', authority: 'nottingham' })).toBe(false);
  });

  it('are not for colleagues, nor for those who only read', () => {
    expect(sees('d', { role: 'recruitment_officer', authority: null })).toBe(false);
    expect(sees('e', { role: 'social_worker', authority: 'derby' })).toBe(false);
    expect(sees('f', { role: 'panel_administrator', authority: 'derby' }, { role: 'agency_decision_maker', authority: 'derby' })).toBe(false);
  });
});
