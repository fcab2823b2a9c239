import { audienceOf } from './alert-audience';

const officersEverywhere = { kind: 'role', role: 'recruitment_officer', authority: null };
const officersOfDerby = { kind: 'role', role: 'recruitment_officer', authority: 'derby' };
const hubManagers = { kind: 'role', role: 'hub_manager', authority: null };

const firstResponse = { rule: 'first_response', socialWorkerId: null } as const;

describe('the people an alert goes to', () => {
  it('are warned first where they are to ring: the assigned officer alone', () => {
    expect(audienceOf({ ...firstResponse, rung: 'warning', authority: 'derby', officerId: 'o1' })).toEqual([{ kind: 'staff', staffId: 'o1' }]);
  });

  it('are all officers who may see the family while nobody is assigned', () => {
    expect(audienceOf({ ...firstResponse, rung: 'warning', authority: 'derby', officerId: null })).toEqual([officersEverywhere, officersOfDerby]);
    expect(audienceOf({ ...firstResponse, rung: 'warning', authority: 'unrouted', officerId: null })).toEqual([officersEverywhere]);
  });

  it('include the team manager of the authority at the due time, or the hub manager where there is no authority yet', () => {
    expect(audienceOf({ ...firstResponse, rung: 'breach', authority: 'derby', officerId: 'o1' })).toEqual([{ kind: 'staff', staffId: 'o1' }, { kind: 'role', role: 'team_manager', authority: 'derby' }]);
    expect(audienceOf({ ...firstResponse, rung: 'breach', authority: 'unrouted', officerId: null })).toEqual([officersEverywhere, hubManagers]);
  });

  it('are the hub managers when it escalates', () => {
    expect(audienceOf({ ...firstResponse, rung: 'escalation', authority: 'derby', officerId: 'o1' })).toEqual([hubManagers]);
  });

  it('are the social worker of an assessment, or the team manager, and the decision maker for a decision', () => {
    const assessment = { rung: 'warning', rule: 'stage_1_outcome', authority: 'derby', officerId: 'o1' } as const;
    expect(audienceOf({ ...assessment, socialWorkerId: 's1' })).toEqual([{ kind: 'staff', staffId: 's1' }]);
    expect(audienceOf({ ...assessment, socialWorkerId: null })).toEqual([{ kind: 'role', role: 'team_manager', authority: 'derby' }]);
    expect(audienceOf({ ...assessment, rule: 'decision', socialWorkerId: 's1' })).toEqual([{ kind: 'role', role: 'agency_decision_maker', authority: 'derby' }]);
  });
});
