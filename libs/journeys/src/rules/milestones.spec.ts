import { ALL_CLOSE_REASONS, CLOSE_REASON_NAMES, CLOSED_BY, CLOSE_REASONS, isCloseReasonOf, isClosedBy } from './close-reasons';
import { furthestMilestone, hasReached, isMilestone, MILESTONE_MEANINGS, MILESTONES, MILESTONES_BEFORE_APPROVAL, STAGES } from './milestones';

describe('the milestones of a journey', () => {
  it('are eight, from the enquiry to the approval', () => {
    expect(MILESTONES).toHaveLength(8);
    expect(MILESTONES[0]).toBe('enquiry');
    expect(MILESTONES.at(-1)).toBe('approved');
    expect(MILESTONES_BEFORE_APPROVAL).toEqual(MILESTONES.slice(0, 7));
  });

  it('lead through the stages in order', () => {
    const stages = MILESTONES.map((milestone) => STAGES.indexOf(MILESTONE_MEANINGS[milestone].stage));
    expect(stages).toEqual([0, 1, 2, 3, 3, 3, 4, 5]);
  });

  it('imply the earlier ones and none of the later', () => {
    MILESTONES.forEach((furthest, position) => {
      expect(MILESTONES.filter((milestone) => hasReached(furthest, milestone))).toEqual(MILESTONES.slice(0, position + 1));
    });
  });

  it('have a furthest that does not depend on the order of recording', () => {
    expect(furthestMilestone([])).toBe('enquiry');
    expect(furthestMilestone(['stage_2', 'home_visit', 'stage_1'])).toBe('stage_2');
    expect(furthestMilestone(['enquiry', 'approved', 'panel'])).toBe('approved');
  });

  it('are recognised by their codes only', () => {
    expect(isMilestone('stage_1')).toBe(true);
    expect(isMilestone('Stage 1')).toBe(false);
  });
});

describe('the reasons of a close', () => {
  it('belong to who closed', () => {
    expect(isClosedBy('applicant')).toBe(true);
    expect(isClosedBy('hub')).toBe(false);
    expect(isCloseReasonOf('applicant', 'other')).toBe(true);
    expect(isCloseReasonOf('service', 'other')).toBe(true);
    expect(isCloseReasonOf('no_contact', 'other')).toBe(false);
    expect(isCloseReasonOf('applicant', 'duplicate')).toBe(false);
  });

  it('each have a name, and are listed once', () => {
    expect(new Set(ALL_CLOSE_REASONS).size).toBe(ALL_CLOSE_REASONS.length);
    expect(Object.keys(CLOSE_REASON_NAMES).sort()).toEqual([...ALL_CLOSE_REASONS].sort());
    expect(CLOSED_BY.flatMap((by) => CLOSE_REASONS[by])).toHaveLength(ALL_CLOSE_REASONS.length + 1);
  });
});
