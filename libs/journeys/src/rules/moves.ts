import type { Milestone, Stage } from './milestones';

/** What a move needs besides earlier milestones: that a council has the family, that a social worker does. */
export type Need = 'council' | 'social_worker';

/** One row of the transition table: recording `milestone` takes a journey from one stage to another (or on within it). */
export interface Move {
  readonly milestone: Exclude<Milestone, 'enquiry'>;
  readonly from: Stage;
  readonly to: Stage;
  /** Milestones that have to be dated first. */
  readonly after: readonly Milestone[];
  readonly needs: readonly Need[];
}

/**
 * The transition table. Between application and decision there is one stage, assessment: its stage 1 and stage 2 are
 * tracks that may overlap, so neither waits for the other, and panel waits for both.
 */
export const MOVES: readonly Move[] = [
  { milestone: 'initial_application', from: 'enquiry', to: 'initial_application', after: ['enquiry'], needs: [] },
  { milestone: 'home_visit', from: 'initial_application', to: 'home_visit', after: ['initial_application'], needs: ['council'] },
  { milestone: 'application', from: 'home_visit', to: 'assessment', after: ['home_visit'], needs: ['council'] },
  { milestone: 'stage_1', from: 'assessment', to: 'assessment', after: ['application'], needs: ['council', 'social_worker'] },
  { milestone: 'stage_2', from: 'assessment', to: 'assessment', after: ['application'], needs: ['council', 'social_worker'] },
  { milestone: 'panel', from: 'assessment', to: 'decision', after: ['stage_1', 'stage_2'], needs: ['council', 'social_worker'] },
  { milestone: 'approved', from: 'decision', to: 'approved', after: ['panel'], needs: ['council', 'social_worker'] },
];

export const STATUSES = ['open', 'on_hold', 'closed', 'approved'] as const;
export type Status = (typeof STATUSES)[number];

export const STATUS_NAMES: Readonly<Record<Status, string>> = { open: 'Open', on_hold: 'On hold', closed: 'Closed', approved: 'Approved' };

/** What can be done to a journey as a whole, and in which states. `approve` is the last move of the table above. */
export const STATUS_CHANGES = [
  { verb: 'move', from: ['open'], to: 'open' },
  { verb: 'approve', from: ['open'], to: 'approved' },
  { verb: 'hold', from: ['open'], to: 'on_hold' },
  { verb: 'resume', from: ['on_hold'], to: 'open' },
  { verb: 'close', from: ['open', 'on_hold'], to: 'closed' },
  { verb: 'reopen', from: ['closed'], to: 'open' },
] as const satisfies readonly { readonly verb: string; readonly from: readonly Status[]; readonly to: Status }[];
export type StatusVerb = (typeof STATUS_CHANGES)[number]['verb'];

/** The moves that lead on from a stage, in the order in which pages offer them. */
export const movesFrom = (stage: Stage): readonly Move[] => MOVES.filter((move) => move.from === stage);

/** The move that records a milestone. */
export function moveTo(milestone: Milestone): Move | null {
  return MOVES.find((move) => move.milestone === milestone) ?? null;
}

/**
 * What is wrong with a transition table: stages that cannot be reached from the enquiry, and stages before the last
 * from which approval cannot be reached. Empty for a sound table; checked when a process starts.
 */
export function faultsOfTable(moves: readonly Move[], stages: readonly Stage[], first: Stage, last: Stage): readonly string[] {
  const spread = (start: Stage, next: (stage: Stage) => readonly Stage[]): ReadonlySet<Stage> => {
    const seen = new Set<Stage>([start]);
    for (const stage of seen) for (const other of next(stage)) seen.add(other);
    return seen;
  };
  const reached = spread(first, (stage) => moves.filter((move) => move.from === stage).map((move) => move.to));
  const leading = spread(last, (stage) => moves.filter((move) => move.to === stage).map((move) => move.from));
  return [
    ...stages.filter((stage) => !reached.has(stage)).map((stage) => `stage ${stage} cannot be reached`),
    ...stages.filter((stage) => !leading.has(stage)).map((stage) => `stage ${stage} is a dead end`),
  ];
}
