import { localDate } from '@app/kernel';
import { keptCauses } from './kept-causes';

describe('the causes that a version keeps', () => {
  it('are as they were saved', () => {
    const causes = { journeys: 412, listed: [] };
    expect(keptCauses(causes)).toBe(causes);
  });

  it('stand by journey, also in a version that was saved with an entry for each event', () => {
    const event = { what: 'home_visit', before: null, after: localDate('2026-10-12'), reason: null, knownAt: '2026-11-10T10:00:00Z' };
    const causes = keptCauses([{ ...event, reference: 'FEM-1' }, { ...event, reference: 'FEM-2' }, { ...event, reference: 'FEM-1', what: 'application' }]);
    expect(causes.journeys).toBe(2);
    expect(causes.listed.map(({ reference, changes }) => [reference, changes.map(({ what }) => what)])).toEqual([['FEM-1', ['home_visit', 'application']], ['FEM-2', ['home_visit']]]);
  });
});
