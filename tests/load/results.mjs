/** How measured times are told: as a table on the terminal, and as docs/benchmarks.md. */
import { availableParallelism, loadavg, totalmem } from 'node:os';

/** One measured thing: `median` and `slow` (the time that 19 of 20 stay below, or null) in milliseconds, or in its `unit`, and its limit. */
export const isTooSlow = ({ median, limit }) => median > limit;

/** For the terminal. */
export function asTable(rows) {
  const cells = [['What', 'Who', 'Median', '95 %', 'Limit', ''], ...rows.map((row) => [row.what, row.who, ...timesOf(row), isTooSlow(row) ? 'TOO SLOW' : ''])];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return `\n${cells.map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd()).join('\n')}\n\n${machine()}\n`;
}

const TITLE = '# How quick it is';
const PAGES = '## Pages of a hub';
const REPORTS = '## Reports of a country';

/** For docs/benchmarks.md: what is said of the pages. */
export function aboutPages(rows, { today, journeys }) {
  return `${PAGES}

Written by \`npm run bench -- --write\` on ${today}. ${machine()}

Each page was asked for ${rows.find(({ asked }) => asked)?.asked ?? 0} times over HTTP, by one signed-in person at a time, as the application's own login under row-level security, with other words and families each time; the times are those of whole answers. Two hubs of seven years with ${journeys.toLocaleString('en-GB')} journeys were asked: one that has been *worked* in (officers, social workers, notes, holds, families that came back), and one on the day after it *imported* its own list, where nobody has taken anything on yet and nearly everything is overdue. An officer and a hub manager see all four authorities and what is not routed yet; the social worker and the team manager those of one.

${asRows(rows)}`;
}

/** For docs/benchmarks.md: what is said of the reports. */
export function aboutReports(rows, { today, journeys }) {
  return `${REPORTS}

Written by \`npm run bench -- reports --write\` on ${today}. ${machine()}

All of England is about 125,000 enquiries a year: here are ${journeys.toLocaleString('en-GB')} journeys of eight years with their history, under row-level security. A report is asked for in a process that has just started, then again and again while nothing changes, then in a new process after somebody changed a journey.

${asRows(rows)}`;
}

/** The document with one part written anew and the others as they are. */
export function withPart(document, part) {
  const parts = document.split(/^(?=## )/m).filter((one) => one.startsWith('## '));
  const heading = part.split('\n', 1)[0];
  const all = [...parts.filter((one) => !one.startsWith(`${heading}\n`)), part].sort((a, b) => (a < b ? -1 : 1));
  return `${TITLE}\n\n${all.map((one) => one.trim()).join('\n\n')}\n`;
}

function asRows(rows) {
  return `| What | Who | Median | 95 % | Limit |
|---|---|---:|---:|---:|
${rows.map((row) => `| ${[row.what, row.who, ...timesOf(row)].join(' | ')} |`).join('\n')}
`;
}

function timesOf({ median, slow, limit, unit }) {
  const told = unit === undefined ? inWords : (amount) => `${amount.toFixed(0)} ${unit}`;
  return [told(median), slow === null ? '' : told(slow), told(limit)];
}

function inWords(milliseconds) {
  return milliseconds < 1_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

function machine() {
  const cores = availableParallelism();
  const load = loadavg()[1];
  const busy = load > cores ? ` The machine was busy with other work (${load.toFixed(1)} processes for ${cores} cores): left alone it is quicker.` : '';
  return `${cores} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory, Node.js ${process.versions.node}, the PostgreSQL 18 that comes with the project, as it is set.${busy}`;
}
