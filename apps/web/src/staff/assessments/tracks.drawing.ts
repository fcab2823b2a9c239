import { addDays, addMonthsClamped, daysBetween, type LocalDate, localDate, maxDate, minDate, shortDateInWords } from '@app/kernel';
import { scaleLinear } from 'd3-scale';
import { type Drawing, drawing, type Mark, words } from '../reports/charts/scene';

/** One line of the picture: a track, a clock, or a milestone. Dates are local; `to` is the last day that it reaches. */
export interface TrackLine {
  readonly name: string;
  /** What the line says at its end, and in the table. */
  readonly words: string;
  readonly kind: 'track_over' | 'track_running' | 'clock' | 'clock_late' | 'milestone';
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly holds: readonly { readonly from: LocalDate; readonly to: LocalDate }[];
}

const ROW = { wide: 30, narrow: 44 } as const;
const TOP = 26;
const BAR = 12;
/** Half of what the name of a month takes. */
const NAME_HALF = 32;

/** The first of each month in a span, thinned out until there is room for their names. */
function months(from: LocalDate, to: LocalDate, atMost: number): readonly LocalDate[] {
  const first = localDate(`${from.slice(0, 7)}-01`);
  const all: LocalDate[] = [];
  for (let month = first; month <= to; month = addMonthsClamped(month, 1)) if (month >= from) all.push(month);
  const step = Math.max(1, Math.ceil(all.length / atMost));
  return all.filter((_, index) => index % step === 0);
}

/** Both tracks, the clocks and the milestones of an assessment over time, with today as a line. */
export function tracksDrawing(label: string, lines: readonly TrackLine[], today: LocalDate): Drawing {
  const from = addDays(lines.reduce((earliest, line) => minDate(earliest, line.from), today), -7);
  const to = addDays(lines.reduce((latest, line) => maxDate(latest, line.to), today), 14);
  const on = (date: LocalDate): number => daysBetween(from, date);
  return drawing(label, (width, narrow) => {
    const row = narrow ? ROW.narrow : ROW.wide;
    const x = scaleLinear([0, on(to)], [narrow ? 8 : 190, width - (narrow ? 12 : 190)]);
    const bottom = TOP + lines.length * row;
    const marks: Mark[] = months(from, to, narrow ? 4 : 7).flatMap((month): Mark[] => [
      { kind: 'line', x1: x(on(month)), x2: x(on(month)), y1: TOP, y2: bottom, of: 'grid' },
      words(x(on(month)), bottom + 18, shortDateInWords(month).replace(/^1 /, ''), narrow && x(on(month)) < NAME_HALF ? 'start' : 'middle', 'axis'),
    ]);
    marks.push({ kind: 'line', x1: x(on(today)), x2: x(on(today)), y1: TOP - 6, y2: bottom, of: 'moment' }, words(x(on(today)), TOP - 10, 'Today', 'middle', 'axis'));
    lines.forEach((line, index) => marks.push(...lineMarks(line, TOP + index * row, row, (date) => x(on(date)), narrow, width)));
    return { width, height: bottom + 26, marks };
  });
}

function lineMarks(line: TrackLine, top: number, row: number, x: (date: LocalDate) => number, narrow: boolean, width: number): readonly Mark[] {
  const y = narrow ? top + row - 14 : top + row / 2;
  const named = narrow ? [words(8, y - 14, `${line.name}: ${line.words}`, 'start', 'axis')] : [words(178, y + 5, line.name, 'end'), words(width - 180, y + 5, line.words, 'start', 'axis')];
  const [start, end] = [x(line.from), Math.max(x(line.to), x(line.from) + 2)];
  switch (line.kind) {
    case 'milestone':
      return [...named, { kind: 'circle', x: start, y, radius: 6, of: 'dot' }];
    case 'clock':
    case 'clock_late':
      return [...named, { kind: 'line', x1: start, x2: end, y1: y, y2: y, of: line.kind === 'clock' ? 'interval' : 'level' }, { kind: 'line', x1: end, x2: end, y1: y - 7, y2: y + 7, of: line.kind === 'clock' ? 'interval' : 'level' }];
    default:
      return [
        ...named,
        { kind: 'rect', x: start, y: y - BAR / 2, width: end - start, height: BAR, of: line.kind === 'track_over' ? 'approved' : 'applicant' },
        ...line.holds.map((hold): Mark => ({ kind: 'rect', x: x(hold.from), y: y - BAR / 2, width: Math.max(2, x(hold.to) - x(hold.from)), height: BAR, of: 'no-contact' })),
      ];
  }
}
