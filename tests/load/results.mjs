/** How measured times are told: as a table on the terminal, and as docs/benchmarks.md. */
import { availableParallelism, loadavg, totalmem } from 'node:os';

/** One measured thing: `median` and `slow` (the time that 19 of 20 stay below, or null) in milliseconds, and its limit. */
export const isTooSlow = ({ median, limit }) => median > limit;

/** For the terminal. */
export function asTable(rows) {
  const cells = [['What', 'Who', 'Median', '95 %', 'Limit', ''], ...rows.map((row) => [row.what, row.who, ...timesOf(row), isTooSlow(row) ? 'TOO SLOW' : ''])];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return `\n${cells.map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ').trimEnd()).join('\n')}\n\n${machine()}\n`;
}

/** For docs/benchmarks.md. */
export function asPage(rows, { today, journeys }) {
  const lines = rows.map((row) => `| ${[row.what, row.who, ...timesOf(row)].join(' | ')} |`);
  return `# How quick it is

Written by \`npm run bench -- --write\` on ${today}. ${machine()}

Each page was asked for ${rows.find(({ asked }) => asked)?.asked ?? 0} times over HTTP, by one signed-in person at a time, as the application's own login under row-level security, with other words and families each time; the times are those of whole answers. Two hubs of seven years with ${journeys.toLocaleString('en-GB')} journeys were asked: one that has been *worked* in (officers, social workers, notes, holds, families that came back), and one on the day after it *imported* its own list, where nobody has taken anything on yet and nearly everything is overdue. An officer and a hub manager see all four authorities and what is not routed yet; the social worker and the team manager those of one.

| What | Who | Median | 95 % | Limit |
|---|---|---:|---:|---:|
${lines.join('\n')}
`;
}

function timesOf({ median, slow, limit }) {
  return [inWords(median), slow === null ? '' : inWords(slow), inWords(limit)];
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
