import type { AssessmentFile, DecisionKind } from '@app/assessments';
import { isInTime } from '@app/deadlines';
import type { Journey } from '@app/journeys';
import { daysBetween, type LocalDate, localDateOf, shortDateInWords } from '@app/kernel';
import { countOf } from '../../platform/words';
import { countingClocks, RULE_NAMES } from '../families/clocks.presenter';
import { tracksDrawing, type TrackLine } from './tracks.drawing';

export const DECISION_NAMES: Readonly<Record<DecisionKind, string>> = { approval: 'Approved', qualifying_determination: 'Qualifying determination', final_approval: 'Approved after representations', final_refusal: 'Not approved', lapse: 'Determination stands' };

/** One picture of an assessment: both tracks with their holds, the clocks, the milestones; and the same as a table. */
export function tracksPicture(journey: Journey, file: AssessmentFile, today: LocalDate) {
  const lines = [...trackLines(file, today), ...clockLines(file, today), ...milestoneLines(journey, file)];
  return {
    drawing: tracksDrawing('Both tracks of the assessment over time; the table below has the same.', lines, today),
    table: {
      caption: 'Tracks, clocks and milestones',
      captionHidden: true,
      firstCellIsHeader: true,
      head: [{ text: 'What' }, { text: 'From' }, { text: 'To' }, { text: 'How it stands' }],
      rows: lines.map((line) => [
        { text: line.name },
        { text: shortDateInWords(line.from) },
        { text: line.kind === 'milestone' ? '' : shortDateInWords(line.to) },
        { text: [line.words, ...line.holds.map(({ from, to }) => `on hold ${shortDateInWords(from)} to ${shortDateInWords(to)}`)].join('; ') },
      ]),
    },
  };
}

function trackLines({ assessment, holds }: AssessmentFile, today: LocalDate): readonly TrackLine[] {
  const line = (track: 'stage_1' | 'stage_2', name: string, from: LocalDate | null, endedOn: LocalDate | null): TrackLine[] => {
    if (from === null) return [];
    const of = holds.filter((hold) => hold.track === track).map((hold) => ({ from: hold.from, to: hold.until ?? today }));
    const resting = holds.some((hold) => hold.track === track && hold.until === null);
    const state = endedOn ? `over on ${shortDateInWords(endedOn)}` : resting ? 'on hold' : `day ${String(daysBetween(from, today) + 1)}`;
    return [{ name, words: state, kind: endedOn ? 'track_over' : 'track_running', from, to: endedOn ?? today, holds: of }];
  };
  return [...line('stage_1', 'Stage 1: checks', assessment.stage1StartedOn, assessment.stage1DecidedOn), ...line('stage_2', 'Stage 2: assessment', assessment.stage2StartedOn, assessment.stage2EndedOn)];
}

const ON_THE_PICTURE: ReadonlySet<string> = new Set(['turnaround', 'stage_1_outcome', 'recommendation', 'decision', 'representations', 'irm_papers', 'told_orally', 'told_in_writing']);

function clockLines({ clocks }: AssessmentFile, today: LocalDate): readonly TrackLine[] {
  return countingClocks(clocks)
    .filter(({ rule }) => ON_THE_PICTURE.has(rule))
    .map(({ rule, startedAt, dueAt, dueOn, state, endedAt }): TrackLine => {
      const late = state === 'met' ? endedAt !== null && !isInTime(rule, dueAt, endedAt) : state !== 'stopped' && dueOn < today;
      const words = state === 'met' ? (late ? 'done late' : 'done in time') : state === 'stopped' ? 'stopped' : daysLeftInWords(dueOn, today);
      return { name: `${RULE_NAMES[rule] ?? rule} due`, words, kind: late ? 'clock_late' : 'clock', from: localDateOf(startedAt), to: dueOn, holds: [] };
    });
}

/** "12 days left", "due today", "3 days over". */
export function daysLeftInWords(dueOn: LocalDate, today: LocalDate): string {
  const days = daysBetween(today, dueOn);
  if (days === 0) return 'due today';
  return days > 0 ? `${countOf(days, 'day', 'days')} left` : `${countOf(-days, 'day', 'days')} over`;
}

function milestoneLines(journey: Journey, { assessment, decisions, panels }: AssessmentFile): readonly TrackLine[] {
  const at = (name: string, on: LocalDate | null): TrackLine[] => (on === null ? [] : [{ name, words: shortDateInWords(on), kind: 'milestone', from: on, to: on, holds: [] }]);
  return [
    ...at('Enquiry', journey.enquiryOn),
    ...at('Application', assessment.applicationOn),
    ...at(assessment.stage1Outcome === 'refused' ? 'Stage 1 refused' : 'Stage 1 passed', assessment.stage1DecidedOn),
    ...panels.filter(({ withdrawnAt }) => withdrawnAt === null).flatMap(({ meetsOn }) => at('Panel', meetsOn)),
    ...decisions.flatMap(({ kind, decidedOn }) => at(DECISION_NAMES[kind], decidedOn)),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
}
