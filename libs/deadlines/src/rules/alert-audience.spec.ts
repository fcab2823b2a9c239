import { audienceOf } from './alert-audience';

const officersEverywhere = { kind: 'role', role: 'recruitment_officer', authority: null };
const officersOfDerby = { kind: 'role', role: 'recruitment_officer', authority: 'derby' };
const hubManagers = { kind: 'role', role: 'hub_manager', authority: null };

describe('the people an alert goes to', () => {
  it('are warned first where they are to ring: the assigned officer alone', () => {
    expect(audienceOf({ rung: 'warning', authority: 'derby', officerId: 'o1' })).toEqual([{ kind: 'staff', staffId: 'o1' }]);
  });

  it('are all officers who may see the family while nobody is assigned', () => {
    expect(audienceOf({ rung: 'warning', authority: 'derby', officerId: null })).toEqual([officersEverywhere, officersOfDerby]);
    expect(audienceOf({ rung: 'warning', authority: 'unrouted', officerId: null })).toEqual([officersEverywhere]);
  });

  it('include the team manager of the authority at the due time, or the hub manager where there is no authority yet', () => {
    expect(audienceOf({ rung: 'breach', authority: 'derby', officerId: 'o1' })).toEqual([{ kind: 'staff', staffId: 'o1' }, { kind: 'role', role: 'team_manager', authority: 'derby' }]);
    expect(audienceOf({ rung: 'breach', authority: 'unrouted', officerId: null })).toEqual([officersEverywhere, hubManagers]);
  });

  it('are the hub managers when it escalates', () => {
    expect(audienceOf({ rung: 'escalation', authority: 'derby', officerId: 'o1' })).toEqual([hubManagers]);
  });
});
