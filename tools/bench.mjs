/**
 * `npm run bench`: whether the pages are quick with 100,000 journeys, under row-level security, asked over HTTP by one
 * signed-in person at a time; how long a list of 100,000 takes to come in; and the KPI report of 20,000.
 * `npm run bench -- reports`: whether reports are quick with a million journeys, as many as all of England has in eight years.
 * `npm run bench -- forecast`: how often the ranges of forecasts hold, on a thousand simulated hubs.
 * Works on throw-away databases, prints a table and exits 1 when something is slower or bigger than promised.
 * `--journeys N` takes fewer, `--write` writes its part of docs/benchmarks.md, or what the page of the forecast quotes.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MeasuringBrowser } from '../tests/load/browser.mjs';
import { writeJourneysFile } from '../tests/load/journeys-file.mjs';
import { makeFamilies } from '../tests/load/make-families.mjs';
import { measurePages, READERS, summary } from '../tests/load/pages.mjs';
import { aboutPages, aboutReports, asTable, isTooSlow, withPart } from '../tests/load/results.mjs';
import { build } from './build.mjs';
import { HUB, migrate, openEmbeddedDatabase, withClient } from './database.mjs';
import { installDependencies } from './install.mjs';
import { Refusal, runCommand } from './run-command.mjs';
import { superviseProcess } from './supervised.mjs';
import { ROOT, StopRequested, explain, mustRunOnThisNode, stopRequests } from './terminal.mjs';

const IMPORT_LIMIT_MS = 2 * 60_000;
const IMPORTED = 100_000;
const KPI_LIMIT_MS = 10_000;
const YEARS = 7;
const KPI_JOURNEYS = 20_000;
const KPI_REPETITIONS = 7;
/** A country: what is promised of its reports, in milliseconds and megabytes. */
const COUNTRY = { journeys: 1_000_000, years: 8 };
const COLD_LIMIT_MS = 2_000;
const UNCHANGED_LIMIT_MS = 100;
const INCIDENCE_LIMIT_MS = 1_000;
const MEMORY_LIMIT_MB = 300;
/** Of our own: pages that are asked for first by somebody who waits. */
const FIRST_ASKED_LIMIT_MS = 5_000;
const COUNTING_LIMIT_MS = 10 * 60_000;
const ASKED_AGAIN = 20;
const PASSWORD = 'only-for-measuring-only-here';

const startedAt = performance.now();
const say = (text) => process.stderr.write(`[${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s] ${text}\n`);
const today = new Date().toISOString().slice(0, 10);

process.exitCode = await main();
process.exit();

async function main() {
  const { signal } = stopRequests();
  let folder = null;
  try {
    mustRunOnThisNode();
    const { part, journeys, write } = whatIsAsked();
    await installDependencies({ root: ROOT, say, signal });
    await build({ root: ROOT, say, signal });
    // Needs the build, so that it cannot be there from the start.
    if (part === 'forecast') return await (await import('../tests/load/back-test.mjs')).benchForecast({ write, say });
    mkdirSync(join(ROOT, '.data'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.data/bench-'));
    const rows = part === 'reports' ? await benchReports(folder, journeys, signal) : await benchPages(folder, journeys, signal);
    process.stdout.write(asTable(rows));
    if (write) writePage((part === 'reports' ? aboutReports : aboutPages)(rows, { today, journeys }));
    const missed = rows.filter(isTooSlow).length;
    process.stdout.write(missed === 0 ? 'Everything is as quick as promised.\n' : `${missed} slower than promised.\n`);
    return missed === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof StopRequested ? `Stopped (${error.message})` : explain(error)}\n`);
    return 1;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

function whatIsAsked() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { journeys: { type: 'string' }, write: { type: 'boolean', default: false } } });
  const [part = 'pages', ...more] = positionals;
  if (more.length > 0 || !['pages', 'reports', 'forecast'].includes(part)) throw new Refusal('Ask for one of: pages, reports, forecast.');
  const journeys = Number(values.journeys ?? (part === 'reports' ? COUNTRY.journeys : IMPORTED));
  if (!Number.isInteger(journeys) || journeys < 5_000) throw new Refusal('--journeys: give a whole number of at least 5000.');
  return { part, journeys, write: values.write };
}

async function benchPages(folder, journeys, signal) {
  return [
    ...(await onDatabase('worked', folder, signal, (database) => measureWorkedHub(database, journeys))),
    ...(await onDatabase('imported', folder, signal, (database) => measureImportedHub(database, folder, journeys, signal))),
    ...(await onDatabase('kpi', folder, signal, (database) => measureKpi(database, folder, signal))),
  ];
}

async function benchReports(folder, journeys, signal) {
  return onDatabase('country', folder, signal, async (database) => [
    ...(await measureCountry(database, journeys)),
    importedRow(Math.min(journeys, IMPORTED), await importJourneys(database, folder, Math.min(journeys, IMPORTED), signal), 'country'),
  ]);
}

/** A country whose councils close what they do not go on with. */
async function measureCountry(database, journeys) {
  say(`Making a country of ${COUNTRY.years} years with ${journeys.toLocaleString('en-GB')} journeys`);
  await withClient(ROOT, database.ownerUrl, async (client) => {
    await makeFamilies(client, { journeys, years: COUNTRY.years, forgotten: 0, papers: 'open' });
    await client.query('VACUUM ANALYZE');
  });
  return [...(await measureReports(database)), ...(await measureAsPeople(database, 'country', (question) => /^(Worklist|Pipeline)$/.test(question)))];
}

/** Every question in a process of its own: the months as the worker counts them every hour, then reports before and after a change. */
async function measureReports(database) {
  const [thisYear] = today.split('-').map(Number);
  const year = { from: `${thisYear - 2}-04-01`, to: `${thisYear - 1}-03-31`, of: 'one year, each authority and month' };
  const all = { from: `${thisYear - COUNTRY.years - 1}-04-01`, to: today, of: 'everything, each authority and month' };
  const rows = [];
  say('Counting the months');
  const months = await askReports(database, 'months');
  rows.push({ what: `Counting ${months.months} months, all anew`, who: 'worker, each hour what changed', median: months.milliseconds, slow: null, limit: COUNTING_LIMIT_MS });
  for (const { of, ...question } of [year, all]) {
    say(`Asking for ${of}`);
    const answer = await askReports(database, JSON.stringify({ ...question, again: ASKED_AGAIN }));
    rows.push({ what: `KPI report of ${of} (${answer.enquiries.toLocaleString('en-GB')} enquiries)`, who: 'process just started', median: answer.cold, slow: null, limit: COLD_LIMIT_MS });
    rows.push({ what: `The same, nothing changed since`, who: 'same process', ...summary(answer.unchanged), limit: UNCHANGED_LIMIT_MS });
    rows.push({ what: 'Cumulative incidence with standard errors, on every day, of all and of each authority', who: 'same process', median: answer.estimation, slow: null, limit: INCIDENCE_LIMIT_MS });
    rows.push({ what: `Memory after ${ASKED_AGAIN + 1} reports, at most`, who: 'same process', median: answer.megabytes, slow: null, limit: MEMORY_LIMIT_MB, unit: 'MB' });
  }
  say('Asking for what else comes of the history');
  for (const [what, question, limit] of [
    ['Where families are lost, by authority, of one year: curves with standard errors and Gray’s test', { what: 'losses', ...period(year) }, INCIDENCE_LIMIT_MS],
    ['The same of everything', { what: 'losses', ...period(all) }, COLD_LIMIT_MS],
    ['Every figure of the last 52 weeks', { what: 'weeks' }, FIRST_ASKED_LIMIT_MS],
    ['Forecast of the year', { what: 'forecast' }, FIRST_ASKED_LIMIT_MS],
  ]) {
    const answer = await askReports(database, JSON.stringify(question));
    rows.push({ what, who: 'process just started', median: answer.cold, slow: null, limit });
  }
  say('Asking again after a journey changed');
  await withClient(ROOT, database.ownerUrl, (client) => client.query(`
    INSERT INTO journey_events (journey_id, kind, happened_on, happened_at, recorded_at, recorded_by)
    SELECT journey_id, 'held', current_date, now(), now(), 'system:load' FROM journey_standings WHERE enquiry_on = $1 AND standing = 'open' OR enquiry_on = $1::date + 1 LIMIT 1`, [year.to.replace('03-31', '01-15')]));
  const changed = await askReports(database, JSON.stringify({ ...all, again: 0 }));
  rows.push({ what: `KPI report of ${all.of}, after a journey changed`, who: 'process just started', median: changed.cold, slow: null, limit: COLD_LIMIT_MS });
  return rows;
}

function period({ from, to }) {
  return { from, to };
}

async function askReports({ env, signal }, asked) {
  const { code, output } = await runCommand(process.execPath, ['--enable-source-maps', 'tests/load/measure-reports.mjs', asked], { cwd: ROOT, env, capture: true, signal });
  if (code !== 0) throw new Refusal(`Asking failed: ${output.slice(0, 2_000)}`);
  return JSON.parse(output);
}

/** A hub that has worked for years: officers, social workers, notes, holds, families that came back. */
async function measureWorkedHub(database, journeys) {
  say(`Making a hub of ${YEARS} years with ${journeys.toLocaleString('en-GB')} journeys`);
  await withClient(ROOT, database.ownerUrl, async (client) => {
    await makeFamilies(client, { journeys, years: YEARS, forgotten: 0.25, papers: 'all' });
  });
  return measureAsPeople(database, 'worked');
}

/** A hub on the day after it brought its own list. */
async function measureImportedHub(database, folder, journeys, signal) {
  const took = await importJourneys(database, folder, journeys, signal);
  return [importedRow(journeys, took, 'imported'), ...(await measureAsPeople(database, 'imported'))];
}

function importedRow(journeys, took, hub) {
  return { what: `Import of ${journeys.toLocaleString('en-GB')} journeys`, who: `command line, ${hub}`, median: took, slow: null, limit: (IMPORT_LIMIT_MS * Math.max(journeys, IMPORTED)) / IMPORTED };
}

async function measureKpi(database, folder, signal) {
  await importJourneys(database, folder, KPI_JOURNEYS, signal);
  say('Computing the KPI report');
  const times = [];
  for (let time = 0; time < KPI_REPETITIONS; time += 1) {
    const from = performance.now();
    const { code, output } = await runCommand(process.execPath, ['--enable-source-maps', HUB, 'report', 'kpi', '--from', `${Number(today.slice(0, 4)) - 3}-04-01`, '--to', today], { cwd: ROOT, env: database.env, capture: true, signal });
    if (code !== 0) throw new Refusal(`The report failed: ${output}`);
    times.push(performance.now() - from);
  }
  return [{ what: `KPI report of three years, ${KPI_JOURNEYS.toLocaleString('en-GB')} journeys`, who: 'command line, imported', ...summary(times), limit: KPI_LIMIT_MS }];
}

async function importJourneys(database, folder, journeys, signal) {
  say(`Importing ${journeys.toLocaleString('en-GB')} journeys`);
  const file = join(folder, 'journeys.csv');
  await writeJourneysFile(file, { rows: journeys, years: YEARS, today });
  const from = performance.now();
  const { code, output } = await runCommand(process.execPath, ['--enable-source-maps', HUB, 'import', 'journeys', file], { cwd: ROOT, env: database.env, capture: true, signal });
  if (code !== 0) throw new Refusal(`The import failed: ${output.slice(0, 2_000)}`);
  return performance.now() - from;
}

/** Starts the web process, signs one person of each role in, and measures their pages. */
async function measureAsPeople({ env, ownerUrl, signal }, hub, isAsked = () => true) {
  const port = await freePort();
  const web = await superviseProcess({ name: 'web', script: 'dist/apps/web/src/main.js', cwd: ROOT, env: { ...env, PORT: String(port) }, logFile: join(env.DATA_DIR, 'web.log'), say, onGivenUp: (error) => say(error.message), signal });
  const rows = [];
  try {
    const world = await worldOf(ownerUrl);
    for (const reader of READERS) {
      say(`Measuring the ${hub} hub as ${reader.name}`);
      const browser = new MeasuringBrowser(`http://127.0.0.1:${port}`);
      await browser.signIn(await makeStaff(ownerUrl, reader), PASSWORD);
      const measured = await measurePages(browser, reader.name, world, isAsked);
      browser.close();
      rows.push(...measured.map(({ question, reader: who, ...times }) => ({ what: question, who: `${who}, ${hub}`, ...times })));
    }
  } finally {
    await web.stop(7_000);
  }
  return rows.sort((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : 0));
}

/** Families to ask for: open ones of the authority that all readers can see, spread over the years. */
function worldOf(ownerUrl) {
  return withClient(ROOT, ownerUrl, async (client) => {
    await client.query('VACUUM ANALYZE');
    const { rows: families } = await client.query(`
      SELECT j.reference, a.first_name AS "firstName", a.last_name AS "lastName", a.email, a.phone, h.postcode
        FROM journeys j JOIN households h ON h.id = j.household_id JOIN applicants a ON a.household_id = h.id AND a.position = 1
       WHERE j.authority = 'derbyshire' AND j.status = 'open' ORDER BY md5(j.reference) LIMIT 400`);
    return { families, stages: ['enquiry', 'initial_application', 'home_visit', 'assessment'] };
  });
}

function makeStaff(ownerUrl, { name, role, authority, carries }) {
  const require = createRequire(join(ROOT, 'package.json'));
  const { hash } = require('@node-rs/argon2');
  const email = `measured-${name.replaceAll(' ', '-')}@example.org`;
  return withClient(ROOT, ownerUrl, async (client) => {
    const { rows: [{ id }] } = await client.query(`INSERT INTO staff (id, email, name, state, created_at) VALUES (uuidv7(), $1, 'Measured', 'active', now()) RETURNING id`, [email]);
    await client.query(`INSERT INTO staff_roles (id, staff_id, role, authority, granted_at, granted_by) VALUES (uuidv7(), $1, $2, $3, now(), 'system:load')`, [id, role, authority]);
    await client.query('INSERT INTO staff_passwords (staff_id, hash, changed_at) VALUES ($1, $2, now())', [id, await hash(PASSWORD)]);
    if (carries) {
      await client.query(`SELECT set_config('load.social_worker', $1, false)`, [id]);
      await client.query(readFileSync(join(ROOT, 'tests/load/caseload.sql'), 'utf8'));
    }
    return email;
  });
}

/** Runs `work` on a new embedded database, and takes it away again. */
async function onDatabase(name, folder, signal, work) {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  const database = await openEmbeddedDatabase({ root: ROOT, dataDir, say: () => {}, signal });
  try {
    const env = { ...process.env, NODE_ENV: 'production', DATA_DIR: dataDir, DATABASE_URL: database.url, EMBEDDED: '1', DEMO: '0', SESSION_SECRET: PASSWORD.repeat(2), HOST: '127.0.0.1' };
    await migrate({ root: ROOT, env: { ...env, DATABASE_OWNER_URL: database.ownerUrl }, signal });
    return await work({ env, ownerUrl: database.ownerUrl, signal });
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function writePage(part) {
  const file = join(ROOT, 'docs/benchmarks.md');
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  writeFileSync(file, withPart(existsSync(file) ? readFileSync(file, 'utf8') : '', part));
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
