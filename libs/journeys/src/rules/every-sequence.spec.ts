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
  | { readonly does: 'milestone'; readonly milestone: Milestone | 'next'; readonly daysAgo: number }
  | { readonly does: Exclude<StatusVerb, 'move' | 'approve'> }
  | { readonly does: 'assign' | 'unassign' | 'route' | 'unroute' | 'ask_for_panel' | 'ask_for_none' }
  | { readonly does: 'wait'; readonly days: number };

const FIRST = localDate('2026-01-05');
const milestones = MILESTONES.filter((milestone) => milestone !== 'enquiry');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('milestone' as const), milestone: fc.constant('next' as const), daysAgo: fc.integer({ min: -1, max: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('milestone' as const), milestone: fc.constantFrom(...milestones), daysAgo: fc.integer({ min: -2, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('hold' as const, 'resume' as const, 'close' as const, 'reopen' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('assign' as const, 'assign' as const, 'unassign' as const, 'route' as const, 'route' as const, 'unroute' as const, 'ask_for_panel' as const, 'ask_for_none' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }) },
);

/** Which milestone a step is about: `next` is the first that is not dated. */
function milestoneOf(state: Carried, asked: Step): Milestone | null {
  if (asked.does !== 'milestone') return null;
  return asked.milestone === 'next' ? (milestones.find((milestone) => state.milestones[milestone] === undefined) ?? 'approved') : asked.milestone;
}

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

const date = (state: Carried, milestone: Milestone): LocalDate => state.milestones[milestone] ?? FIRST;

/** What no journey may be, however it came about; nothing for one that can be. */
function faultsOf(state: Carried, today: LocalDate): readonly string[] {
  const dated = Object.keys(state.milestones) as Milestone[];
  const approved = dated.includes('approved');
  return [
    ...dated.filter((milestone) => date(state, milestone) > today).map((milestone) => `${milestone} in the future`),
    ...dated.flatMap((earlier) => dated.filter((later) => precedes(earlier, later) && date(state, earlier) > date(state, later)).map((later) => `${earlier} after ${later}`)),
    ...MOVES.filter(({ milestone }) => dated.includes(milestone)).flatMap(({ milestone, after }) => after.filter((earlier) => earlier !== 'panel' && !dated.includes(earlier)).map((earlier) => `${milestone} without ${earlier}`)),
    ...(approved === (state.status === 'approved') ? [] : [`${state.status} with${approved ? '' : 'out'} an approval`]),
    ...(approved === (MILESTONE_MEANINGS[furthestMilestone(dated)].stage === 'approved') ? [] : ['in another stage than its milestones say']),
    ...((state.status === 'on_hold') === (state.holdUntil !== null) ? [] : ['on hold without an end, or the other way round']),
  ];
}

/** What is wrong with what a refused step is told: each reason is a sentence for people, and names all that is lacking. */
function faultsOfRefusal(state: Carried, asked: Step, blockers: readonly Blocker[]): readonly string[] {
  const sentences = blockers.map(blockerInWords);
  const unclear = sentences.filter((words) => !/^[A-Z“\d].{10,}\.$/.test(words) || /_|undefined|null|NaN|\[object/.test(words));
  const milestone = milestoneOf(state, asked);
  const repeated = blockers.some(({ kind }) => kind === 'already');
  const unnamed = milestone === null || repeated || named(blockers).toString() === lacking(state, milestone).toString() ? [] : [`${milestone} lacks ${lacking(state, milestone).join()}, told ${named(blockers).join()}`];
  return [...(blockers.length === 0 ? ['no reason given'] : []), ...unclear, ...unnamed];
}

/** One step under the rules: the journey after it, or what stands in the way. */
function tried(state: Carried, asked: Step, today: LocalDate): { readonly state: Carried } | { readonly blockers: readonly Blocker[] } {
  switch (asked.does) {
    case 'wait':
      return { state };
    case 'milestone': {
      const milestone = milestoneOf(state, asked) ?? 'approved';
      const on = addDays(today, -asked.daysAgo);
      const blockers = moveBlockers(state, milestone, on, today);
      if (blockers.length > 0) return { blockers };
      return { state: { ...state, milestones: { ...state.milestones, [milestone]: on }, status: statusAfter(milestone === 'approved' ? 'approve' : 'move') } };
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

/** Takes every step in turn; answers the journey at the end, and all that was wrong on the way. */
function taken(steps: readonly Step[]): { readonly state: Carried; readonly today: LocalDate; readonly faults: readonly string[] } {
  const faults: string[] = [];
  let state: Carried = { status: 'open', holdUntil: null, milestones: { enquiry: FIRST }, authority: 'derby', socialWorkerId: 'worker', panelNeeded: true };
  let today = addDays(FIRST, 1);
  for (const asked of steps) {
    if (asked.does === 'wait') today = addDays(today, asked.days);
    const answer = tried(state, asked, today);
    if ('state' in answer) state = answer.state;
    faults.push(...('state' in answer ? faultsOf(state, today) : faultsOfRefusal(state, asked, answer.blockers)));
  }
  return { state, today, faults };
}

describe('every sequence of steps', () => {
  it('leaves a journey that can be, and names in words each thing that a refused step lacks', () => {
    const ends: Record<Status, number> = { open: 0, on_hold: 0, closed: 0, approved: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        const { state, faults } = taken(steps);
        ends[state.status] += 1;
        expect(faults).toEqual([]);
      }),
      { numRuns: 4_000 },
    );
    // A search that gets nowhere proves nothing.
    for (const [status, times] of Object.entries(ends)) expect({ status, often: times > 100 }).toEqual({ status, often: true });
  });

  it('can go on to approval from wherever it led, once everything is there', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const onwards = [...(['reopen', 'resume', 'assign', 'route', 'ask_for_panel'] as const).map((does) => ({ does })), ...milestones.map(() => ({ does: 'milestone', milestone: 'next', daysAgo: 0 }) as const)];
        expect(taken([...steps, ...onwards]).state.status).toBe('approved');
      }),
      { numRuns: 2_000 },
    );
  });
});
