import { addDays, localDate, type LocalDate } from '@app/kernel';
import fc from 'fast-check';
import { type Blocker, blockerInWords, type JourneyState, type MilestoneDates, moveBlockers, precedes, statusBlockers } from './blockers';
import { type Milestone, MILESTONE_MEANINGS, MILESTONES, STAGES, furthestMilestone } from './milestones';
import { faultsOfTable, MOVES, movesFrom, STATUSES, STATUS_CHANGES } from './moves';

const today = localDate('2026-06-30');
const open = (milestones: MilestoneDates, more: Partial<JourneyState> = {}): JourneyState => ({
  status: 'open',
  holdUntil: null,
  milestones: { enquiry: localDate('2026-01-05'), ...milestones },
  authority: 'derby',
  socialWorkerId: 'worker',
  ...more,
});
const kinds = (blockers: readonly Blocker[]): string[] => blockers.map(({ kind }) => kind);

describe('the transition table', () => {
  it('reaches every stage and ends nowhere but at approval', () => {
    expect(faultsOfTable(MOVES, STAGES, 'enquiry', 'approved')).toEqual([]);
  });

  it('is found faulty when a stage is cut off', () => {
    const withoutPanel = MOVES.filter(({ milestone }) => milestone !== 'panel');
    expect(faultsOfTable(withoutPanel, STAGES, 'enquiry', 'approved')).toEqual([
      'stage decision cannot be reached',
      'stage approved cannot be reached',
      'stage enquiry is a dead end',
      'stage initial_application is a dead end',
      'stage home_visit is a dead end',
      'stage assessment is a dead end',
    ]);
  });

  it('leads where the furthest milestone says', () => {
    for (const { milestone, to } of MOVES) expect(MILESTONE_MEANINGS[milestone].stage).toBe(to);
  });

  it('reaches approval by every sequence of allowed moves, and never dates milestones out of order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 40 })), { maxLength: 60 }), (tries) => {
        const dates: Partial<Record<Milestone, LocalDate>> = { enquiry: localDate('2026-01-05') };
        for (const [pick, days] of tries) {
          const milestone = MILESTONES[pick] as Milestone;
          const on = addDays(localDate('2026-01-05'), days);
          const status = dates.approved ? 'approved' : 'open';
          if (moveBlockers(open(dates, { status }), milestone, on, today).length === 0) dates[milestone] = on;
        }
        const dated = Object.keys(dates) as Milestone[];
        for (const earlier of dated) for (const later of dated) if (precedes(earlier, later)) expect(dates[earlier]! <= dates[later]!).toBe(true);
        const stage = MILESTONE_MEANINGS[furthestMilestone(dated)].stage;
        const left = movesFrom(stage).filter(({ milestone }) => !dates[milestone]);
        expect(left.length > 0 || stage === 'approved').toBe(true);
        const possible = left.some(({ milestone }) => moveBlockers(open(dates), milestone, today, today).length === 0);
        expect(possible || stage === 'approved').toBe(true);
      }),
    );
  });
});

describe('a move', () => {
  it('names each thing that is missing', () => {
    const blockers = moveBlockers(open({}, { authority: 'unrouted', socialWorkerId: null }), 'panel', today, today);
    expect(blockers.map(blockerInWords)).toEqual([
      'The panel needs the stage 1 decision first: record the date of the stage 1 decision.',
      'The panel needs the stage 2 start first: record the date of the stage 2 start.',
      'No council has this family yet: route it to one first.',
      'No social worker is assigned: assign one first.',
    ]);
  });

  it('may not lie in the future nor before what it follows', () => {
    const state = open({ initial_application: localDate('2026-02-02') });
    expect(kinds(moveBlockers(state, 'home_visit', addDays(today, 1), today))).toEqual(['future']);
    expect(moveBlockers(state, 'home_visit', localDate('2026-02-01'), today).map(blockerInWords)).toEqual([
      'This date is before the initial application on Monday 2 February 2026. Enter that day or a later one.',
    ]);
    expect(moveBlockers(state, 'home_visit', localDate('2026-02-02'), today)).toEqual([]);
  });

  it('lets stage 2 start before stage 1 is decided', () => {
    const state = open({ initial_application: localDate('2026-02-02'), home_visit: localDate('2026-02-10'), application: localDate('2026-03-01'), stage_1: localDate('2026-05-01') });
    expect(moveBlockers(state, 'stage_2', localDate('2026-04-01'), today)).toEqual([]);
  });

  it('is not made twice', () => {
    const state = open({ initial_application: localDate('2026-02-02') });
    expect(kinds(moveBlockers(state, 'initial_application', today, today))).toEqual(['already']);
  });

  it('waits while the journey is on hold, closed or approved', () => {
    for (const status of ['on_hold', 'closed', 'approved'] as const) {
      expect(kinds(moveBlockers(open({}, { status }), 'initial_application', today, today))).toEqual(['status']);
    }
  });
});

describe('the states of a journey', () => {
  it('allow what the table says and nothing else', () => {
    for (const status of STATUSES) {
      for (const { verb, from } of STATUS_CHANGES) {
        const allowed = (from as readonly string[]).includes(status);
        expect(statusBlockers(verb, { status, holdUntil: null }).length === 0).toBe(allowed);
      }
    }
  });

  it('say in words why not', () => {
    expect(blockerInWords({ kind: 'status', verb: 'move', status: 'on_hold', holdUntil: localDate('2026-09-01') })).toBe(
      'A journey that is on hold cannot be moved on. It is on hold until Tuesday 1 September 2026: bring it back first.',
    );
  });
});
