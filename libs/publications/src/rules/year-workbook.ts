import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import type { LocalDate } from '@app/kernel';
import { DEFINITIONS_VERSION, type Period } from '@app/reports';
import { type Cell, text, type Workbook } from '@app/spreadsheets';
import { aboutReport, headRows, HIDDEN_SIGN, notesSheet, qualityNote, type Readership } from './kpi-workbook';
import { hiddenYearCells, YEAR_LINES, yearCell, type YearColumn } from './year-lines';

/** The year as Ofsted and the Department count it: a column for all and one for each authority. */
export interface OfstedYear {
  readonly period: Period;
  readonly asAt: LocalDate;
  readonly knownAt: Date | null;
  readonly generatedAt: Date;
  /** `total` first. */
  readonly columns: Readonly<Record<string, YearColumn>>;
}

/** What the year's words mean, beside the definitions of the report. */
export const YEAR_DEFINITIONS: readonly { readonly term: string; readonly meaning: string }[] = [
  { term: 'The year', meaning: 'From 1 April to 31 March, as Ofsted counts it; a year that is not over is counted as far as it has come. Mainstream fostering only: families for a particular child they know (kinship), duplicates and contacts that were no enquiries are left out: what was found to be one by the end of the year never came in; what was in hand at the start and found out since goes out under a line of its own.' },
  { term: 'In hand', meaning: 'An enquiry is in hand from the day it was received until an application is dated or it is closed; an application from then until it is approved or closed. A household without a dated application that reached a later milestone counts as applied on the day of the first of those.' },
  { term: 'Outcome', meaning: 'How what was in hand left it in the year. Closed and opened again is one journey: it counts by how it stands at the end. A journey counts under the authority it has at the end; what was in hand elsewhere at the start is shown as moved.' },
  { term: 'Withdrawals', meaning: 'Applications closed by the applicant, by Ofsted’s codes AW0 to AW5 (annual fostering data collection, from 2023–24; to be checked against the current return). A reason without a code of its own counts under AW0.' },
  { term: 'Places', meaning: 'The number of children in the terms of approval, where they are on record. Approvals whose terms are not on record are counted as households only: their places are unknown, not nought.' },
  { term: 'Ethnicity', meaning: 'The people on the register of mainstream carers on the last day of the year (or on the as-at date), by the broad groups of the census, where they told it voluntarily by then. Nothing is estimated, and what one person told cannot be looked up.' },
];

/** The year as a workbook. */
export function yearWorkbook(year: OfstedYear, readership: Readership, toMend: number | null): Workbook {
  const scopes = Object.keys(year.columns);
  const hidden = readership === 'publication' ? hiddenYearCells(year.columns) : null;
  const cell = (scope: string, id: string, value: number): Cell => (hidden?.has(yearCell(scope, id)) === true ? text(HIDDEN_SIGN) : { kind: 'number', value });
  const about = [...aboutReport({ definitions: DEFINITIONS_VERSION, period: year.period, asAt: year.asAt, knownAt: year.knownAt?.toISOString() ?? null, generatedAt: year.generatedAt.toISOString() }, readership), ...qualityNote(toMend, readership)];
  return {
    title: `The year as Ofsted counts it, ${year.period.from} to ${year.period.to}`,
    sheets: [
      {
        name: 'Year',
        columns: [{ heading: 'Part', width: 40 }, { heading: 'Line', width: 50 }, ...scopes.map((scope) => ({ heading: columnName(scope), width: 18 }))],
        rows: [
          ...headRows(about, scopes.length + 2),
          ...YEAR_LINES.map(({ id, section, name, of }) => [text(section), text(name), ...Object.entries(year.columns).map(([scope, column]) => cell(scope, id, of(column)))]),
        ],
      },
      notesSheet(about, YEAR_DEFINITIONS),
    ],
  };
}

/** What a column is called. */
export function columnName(scope: string): string {
  return scope === 'total' ? 'Total' : AUTHORITY_NAMES[scope as AuthorityCode];
}
