/**
 * Asks for one thing in a process of its own, as a command or a web process that has just started would, and writes the
 * times in milliseconds and the memory to standard output. Needs the build. Argument: 'months' or JSON: {from, to, again} for the
 * report, {what, …} for something else.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const require = createRequire(join(ROOT, 'package.json'));
const built = (lib) => require(join(ROOT, 'dist/libs', lib, 'src'));
const { dataSourceOptions, system, Transactions } = built('database');
const { aalenJohansen, ComputeKpiReport, ComputeWeeklyFigures, ForecastYear, JOURNEY_ENDINGS, KeepCountedMonths, TraceLosses } = built('reports');
const { addDays, localDateOf, SystemClock } = built('kernel');
const { DataSource } = require('typeorm');

const asked = process.argv[2];
const source = await new DataSource(dataSourceOptions(process.env.DATABASE_URL)).initialize();
const transactions = new Transactions(source);
const answer = asked === 'months' ? await keepMonths() : await askFor(JSON.parse(asked));
process.stdout.write(JSON.stringify({ ...answer, megabytes: Math.round(process.resourceUsage().maxRSS / 1024), cpu: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1_000) }));
await source.destroy();

async function keepMonths() {
  const { milliseconds, value } = await timed(() => new KeepCountedMonths(transactions, new SystemClock()).run());
  return { milliseconds, months: value.counted };
}

/** The report, or something else that comes of the history, as its page asks for it first. */
async function askFor({ what = 'report', ...question }) {
  const clock = new SystemClock();
  const asks = {
    report: () => askForReport(question),
    losses: () => cold(() => new TraceLosses(transactions, clock).run(system('bench'), question, 'authority')),
    weeks: () => cold(() => new ComputeWeeklyFigures(transactions, clock).run(system('bench'), { weeks: 52, authority: null })),
    forecast: () => cold(() => new ForecastYear(transactions, clock).run(system('bench'), { authority: null, asAt: addDays(localDateOf(clock.now()), -1) })),
  };
  return asks[what]();
}

async function cold(ask) {
  const { milliseconds, value } = await timed(ask);
  if (!value.ok) throw new Error(value.refusal);
  return { cold: milliseconds };
}

async function askForReport({ from, to, again }) {
  const compute = new ComputeKpiReport(transactions, new SystemClock());
  const ask = async () => {
    const computed = await compute.run(system('bench'), { from, to });
    if (!computed.ok) throw new Error(computed.refusal);
    return computed.value;
  };
  const first = await timed(ask);
  const unchanged = [];
  for (let time = 0; time < again; time += 1) unchanged.push((await timed(ask)).milliseconds);
  const { facts, report } = first.value;
  const estimated = await timed(() => incidenceByAuthority(facts.times));
  return { cold: first.milliseconds, unchanged, estimation: estimated.milliseconds, enquiries: report.total.enquiries, contacts: report.total.contacts };
}

/** Every cause's cumulative incidence with its standard error, on every day on which anything ended: of all, and of each authority. */
function incidenceByAuthority(times) {
  const authorities = [...new Set(times.map(({ authority }) => authority))];
  return [times, ...authorities.map((code) => times.filter(({ authority }) => authority === code))].map((some) => {
    const counts = some.map(({ days: time, ending, count }) => ({ time, ending, count }));
    return aalenJohansen(counts, JOURNEY_ENDINGS, [...new Set(counts.map(({ time }) => time))]);
  });
}

async function timed(work) {
  const from = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - from };
}
