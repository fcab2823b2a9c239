import { AUTHORITY_NAMES } from '@app/authorities';
import { dateInWords, type LocalDate, momentInWords } from '@app/kernel';
import { DEFINITIONS, type KpiReport } from '@app/reports';
import { type Cell, EMPTY, type Sheet, text, type Workbook } from '@app/spreadsheets';
import { FIGURE_LINES, type FigureKind, type FigureLine } from './figure-lines';
import { hiddenKpiCells, isPublished, isTold, PUBLISHED_LINES, TOTAL } from './kpi-publication';
import { SMALLEST_SHOWN } from './suppression';

/** Whom a copy is for: colleagues inside the hub, or everybody. */
export type Readership = 'inside' | 'publication';

/** What stands in the place of a number that is not told (the Government Statistical Service's sign for "confidential"). */
export const HIDDEN_SIGN = '[c]';

/** The report as a workbook: what it is, a line for each figure, and notes with the definitions. A saved report has notes of its own. */
export function kpiWorkbook(report: KpiReport, readership: Readership, toMend: number | null, savedNotes: readonly (readonly [string, string])[] = []): Workbook {
  const scopes = Object.keys(report.byAuthority);
  const hidden = readership === 'publication' ? hiddenKpiCells(report) : null;
  const lines = hidden === null ? FIGURE_LINES : PUBLISHED_LINES;
  const columns = scopes.length > 1 ? [TOTAL, ...scopes] : [TOTAL];
  const cell = (scope: string, line: FigureLine): Cell => {
    const block = scope === TOTAL ? report.total : report.byAuthority[scope];
    if (block === undefined) return EMPTY;
    if (hidden !== null && !isTold(scope, line.path)) return EMPTY;
    if (hidden !== null && !isPublished(hidden, scope, line, block)) return text(HIDDEN_SIGN);
    return figureCell(line.of(block), line.kind, hidden !== null);
  };
  const about = [...aboutReport(report, readership), ...savedNotes, ...qualityNote(toMend, readership)];
  const figures: Sheet = {
    name: 'Figures',
    columns: [{ heading: 'Part of the report', width: 18 }, { heading: 'Figure', width: 60 }, ...columns.map((scope) => ({ heading: scopeName(scope, scopes), width: 18 })), { heading: 'Path in the JSON', width: 48 }],
    rows: [
      ...headRows(about, columns.length + 3),
      ...lines.map((line) => [text(line.section), text(line.name), ...columns.map((scope) => cell(scope, line)), text(line.path)]),
    ],
  };
  return { title: `KPI report ${report.period.from} to ${report.period.to}`, sheets: [figures, notesSheet(about, DEFINITIONS)] };
}

/** What a file is, at the head of its first sheet: CSV has no other. Each on one line, which runs over the empty cells beside it. */
export function headRows(about: readonly (readonly [string, string])[], columns: number): Cell[][] {
  return about.map(([name, value]) => [text('About'), text(name), text(value.replaceAll(/\s*\n\s*/g, ' ')), ...Array.from({ length: columns - 3 }, () => EMPTY)]);
}

/** A figure as a typed cell. In a publication copy shares are whole per cent, and days and hours whole numbers. */
export function figureCell(value: number | null, kind: FigureKind, rounded: boolean): Cell {
  if (value === null) return EMPTY;
  switch (kind) {
    case 'count':
      return { kind: 'number', value };
    case 'share':
      return rounded ? { kind: 'share', value: Math.round(value * 100) / 100, decimals: 0 } : { kind: 'share', value };
    case 'days':
    case 'hours':
      return rounded ? { kind: 'number', value: Math.round(value) } : { kind: 'number', value, decimals: 1 };
  }
}

/** The notes of a workbook: what it is, then what its words mean. */
export function notesSheet(about: readonly (readonly [string, string])[], definitions: readonly { readonly term: string; readonly meaning: string }[]): Sheet {
  return {
    name: 'Notes',
    columns: [{ heading: 'Note', width: 30 }, { heading: 'What it means', width: 100 }],
    rows: [...about.map(([name, value]) => [text(name), text(value)]), ...definitions.map(({ term, meaning }) => [text(term), text(meaning)])],
  };
}

/** What is said of hidden numbers, on every publication copy. */
export const SUPPRESSION_NOTE: readonly [string, string] = [
  HIDDEN_SIGN,
  'Not told. Counts from 1 to 4 are left out so that nobody can be recognised, and with them as many other numbers as it takes that they cannot be worked out; shares are rounded to whole per cent and left out where one of their counts is; medians, percentiles and means are whole numbers, and left out where a count of those in time is, or fewer than five families lie on one side. Totals are true and are not rounded. That holds for this file by itself. Publish one file about the same families only: monthly copies beside a yearly one, a council’s beside the hub’s, or the report beside the year as Ofsted counts it can be set against each other, and then small counts can be worked out.',
];

export function aboutReport({ definitions, period, asAt, knownAt, generatedAt }: Pick<KpiReport, 'definitions' | 'period' | 'asAt' | 'knownAt' | 'generatedAt'>, readership: Readership): (readonly [string, string])[] {
  return [
    ['Copy', readership === 'publication' ? 'For publication: small numbers are left out' : 'For use inside the hub: not for publication'],
    ['Period', inWords(period.from, period.to)],
    ['As at', `The end of ${dateInWords(asAt)}`],
    ['Known at', knownAt === null ? 'All that was known when it was made' : momentInWords(new Date(knownAt))],
    ['Made', momentInWords(new Date(generatedAt))],
    ['Definitions', definitions],
    ...(readership === 'publication' ? [SUPPRESSION_NOTE] : []),
  ];
}

/** How much is wrong or missing in the records that the figures rest on. A publication copy does not tell a small number, nor whether it is none. */
export function qualityNote(toMend: number | null, readership: Readership): (readonly [string, string])[] {
  if (toMend === null) return [];
  return [['Data quality', `${readership === 'publication' && toMend < SMALLEST_SHOWN ? 'Fewer than five' : String(toMend)} things in the records were impossible or missing when this was made.`]];
}

const inWords = (from: LocalDate, to: LocalDate): string => `${dateInWords(from)} to ${dateInWords(to)}, both included`;

function scopeName(scope: string, scopes: readonly string[]): string {
  const only = scopes.length === 1 ? scopes[0] : undefined;
  const names: Readonly<Partial<Record<string, string>>> = AUTHORITY_NAMES;
  return names[scope === TOTAL ? (only ?? TOTAL) : scope] ?? 'Total';
}
