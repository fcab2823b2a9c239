import { addDays, localDate, type LocalDate } from '@app/kernel';
import fc from 'fast-check';
import { type Blocker, blockerInWords, type JourneyState, moveBlockers, precedes, statusBlockers } from './blockers';
import { furthestMilestone, type Milestone, MILESTONE_MEANINGS, MILESTONES } from './milestones';
import { MOVES, type Status, STATUS_CHANGES, type StatusVerb } from './moves';

/** A journey that the moves below carry, as the rules see it. */
interface Carried extends JourneyState {
  readonly milestones: Readonly<Partial<Record<Milestone, LocalDate>>>;
  readonly panelNeeded: boolean;
}

type Step =
  | { readonly does: 'milestone'; readonly milestone: Milestone; readonly daysAgo: number }
  | { readonly does: Exclude<StatusVerb, 'move' | 'approve'> }
  | { readonly does: 'assign' | 'unassign' | 'route' | 'unroute' | 'ask_for_panel' | 'ask_for_none' }
  | { readonly does: 'wait'; readonly days: number };

const FIRST = localDate('2026-01-05');
const milestones = MILESTONES.filter((milestone) => milestone !== 'enquiry');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('milestone' as const), milestone: fc.constantFrom(...milestones), daysAgo: fc.integer({ min: -2, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('hold' as const, 'resume' as const, 'close' as const, 'reopen' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('assign' as const, 'assign' as const, 'unassign' as const, 'route' as const, 'route' as const, 'unroute' as const, 'ask_for_panel' as const, 'ask_for_none' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }) },
);

/** The status that something leads to, by the table alone. */
const statusAfter = (verb: StatusVerb): Status => STATUS_CHANGES.find((change) => change.verb === verb)?.to ?? 'open';

/** What a milestone still lacks, worked out from the table a second time. */
function lacking(state: Carried, milestone: Milestone): readonly string[] {
  const move = MOVES.find((candidate) => candidate.milestone === milestone);
  const after = (move?.after ?? []).flatMap((earlier) => (earlier === 'panel' && !state.panelNeeded ? ['stage_1' as const, 'stage_2' as const] : [earlier]));
  const needs = (move?.needs ?? []).filter((need) => (need === 'council' ? state.authority === 'unrouted' : state.socialWorkerId === null));
  return [...after.filter((earlier) => state.milestones[earlier] === undefined), ...needs];
}

const named = (blockers: readonly Blocker[]): readonly string[] => blockers.flatMap((blocker) => (blocker.kind === 'missing' ? [blocker.milestone] : blocker.kind === 'need' ? [blocker.need] : []));

/** A sentence that a person can follow: begun, ended, and without a code in it. */
function expectWords(blockers: readonly Blocker[]): void {
  expect(blockers.length).toBeGreaterThan(0);
  for (const blocker of blockers) {
    const words = blockerInWords(blocker);
    expect(words).toMatch(/^[A-Z“\d].{10,}\.$/);
    expect(words).not.toMatch(/_|undefined|null|NaN|\[object/);
  }
}

/** Everything that may be said of any journey, however it came to be what it is. */
function expectPossible(state: Carried, today: LocalDate): void {
  const dated = Object.keys(state.milestones) as Milestone[];
  for (const earlier of dated) {
    expect((state.milestones[earlier] ?? today) <= today).toBe(true);
    for (const later of dated) if (precedes(earlier, later)) expect((state.milestones[earlier] ?? '') <= (state.milestones[later] ?? '')).toBe(true);
  }
  for (const milestone of dated) {
    if (milestone === 'enquiry') continue;
    const after = MOVES.find((move) => move.milestone === milestone)?.after ?? [];
    for (const earlier of after) if (earlier !== 'panel') expect(dated).toContain(earlier);
  }
  expect(state.status === 'approved').toBe(dated.includes('approved'));
  expect(MILESTONE_MEANINGS[furthestMilestone(dated)].stage === 'approved').toBe(state.status === 'approved');
  if (dated.includes('approved')) expect(dated).toEqual(expect.arrayContaining(['application', 'stage_1', 'stage_2']));
}

/** One step under the rules: the journey after it, or what stands in the way. */
function tried(state: Carried, asked: Step, today: LocalDate): { readonly state: Carried } | { readonly blockers: readonly Blocker[] } {
  switch (asked.does) {
    case 'wait':
      return { state };
    case 'milestone': {
      const on = addDays(today, -asked.daysAgo);
      const blockers = moveBlockers(state, asked.milestone, on, today);
      if (blockers.length > 0) return { blockers };
      return { state: { ...state, milestones: { ...state.milestones, [asked.milestone]: on }, status: statusAfter(asked.milestone === 'approved' ? 'approve' : 'move') } };
    }
    case 'assign':
    case 'unassign':
      return { state: { ...state, socialWorkerId: asked.does === 'assign' ? 'worker' : null } };
    case 'route':
    case 'unroute':
      return { state: { ...state, authority: asked.does === 'route' ? 'derby' : 'unrouted' } };
    case 'ask_for_panel':
    case 'ask_for_none':
      return { state: { ...state, panelNeeded: asked.does === 'ask_for_panel' } };
    case 'hold':
    case 'resume':
    case 'close':
    case 'reopen': {
      const blockers = statusBlockers(asked.does, state);
      if (blockers.length > 0) return { blockers };
      return { state: { ...state, status: statusAfter(asked.does), holdUntil: asked.does === 'hold' ? addDays(today, 30) : null } };
    }
  }
}

describe('every sequence of steps', () => {
  it('leaves a journey that can be, and names in words each thing that a refused step lacks', () => {
    const ends = new Map<Status, number>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        let state: Carried = { status: 'open', holdUntil: null, milestones: { enquiry: FIRST }, authority: 'derby', socialWorkerId: 'worker', panelNeeded: true };
        let today = addDays(FIRST, 1);
        for (const asked of steps) {
          if (asked.does === 'wait') today = addDays(today, asked.days);
          const answer = tried(state, asked, today);
          if ('state' in answer) {
            state = answer.state;
            expectPossible(state, today);
            continue;
          }
          expectWords(answer.blockers);
          const repeated = answer.blockers.some(({ kind }) => kind === 'already');
          if (asked.does === 'milestone' && !repeated) expect([...named(answer.blockers)].sort()).toEqual([...lacking(state, asked.milestone)].sort());
        }
        ends.set(state.status, (ends.get(state.status) ?? 0) + 1);
      }),
      { numRuns: 3_000 },
    );
    // A search that never gets anywhere proves nothing.
    for (const status of ['open', 'on_hold', 'closed', 'approved'] as const) expect({ status, times: ends.get(status) ?? 0 }).toEqual({ status, times: expect.any(Number) });
    expect(ends.get('approved') ?? 0).toBeGreaterThan(20);
  });

  it('can go on to approval from wherever it led, once everything is there', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state: Carried = { status: 'open', holdUntil: null, milestones: { enquiry: FIRST }, authority: 'derby', socialWorkerId: 'worker', panelNeeded: true };
        let today = addDays(FIRST, 1);
        const go = (asked: Step): boolean => {
          if (asked.does === 'wait') today = addDays(today, asked.days);
          const answer = tried(state, asked, today);
          if ('state' in answer) state = answer.state;
          return 'state' in answer;
        };
        steps.forEach(go);
        go({ does: 'reopen' });
        go({ does: 'resume' });
        go({ does: 'assign' });
        go({ does: 'route' });
        for (const milestone of milestones) if (state.milestones[milestone] === undefined && state.status !== 'approved') expect({ milestone, allowed: milestone === 'panel' && !state.panelNeeded ? true : go({ does: 'milestone', milestone, daysAgo: 0 }) }).toEqual({ milestone, allowed: true });
        expect(state.status).toBe('approved');
      }),
      { numRuns: 1_000 },
    );
  });
});
