/** The pages whose speed is promised, each asked for again and again with other words, as different people would. */
import { seededRandom } from './journeys-file.mjs';

const REPETITIONS = 40;
const WARMING_UP = 4;
/** What is promised of the pages that people work with all day, and of a whole report. */
const PAGE_LIMIT_MS = 100;
const REPORT_LIMIT_MS = 1_000;

/** Who asks: a role, for the hub or for the authority that has the most families. */
export const READERS = [
  { name: 'officer', role: 'recruitment_officer', authority: null },
  { name: 'social worker', role: 'social_worker', authority: 'derbyshire' },
  { name: 'team manager', role: 'team_manager', authority: 'derbyshire' },
  { name: 'hub manager', role: 'hub_manager', authority: null },
  // Last, because the families are taken from everybody else.
  { name: 'social worker with 500 families', role: 'social_worker', authority: 'derbyshire', carries: 500 },
];

/** What each of them asks for. `ask(browser, world, n)` answers what the browser got the n-th time. */
const QUESTIONS = [
  { name: 'Worklist', by: ['officer', 'social worker', 'team manager', 'hub manager'], ask: (browser) => browser.get('/staff/worklist') },
  { name: 'Worklist, everybody’s', by: ['officer', 'social worker'], ask: (browser) => browser.get('/staff/worklist?whose=everybodys') },
  { name: 'Worklist, overdue, further pages', by: ['officer', 'social worker'], ask: nextPage },
  { name: 'Worklist, filters', by: ['officer', 'social worker'], ask: (browser, world, n) => browser.get(`/staff/worklist?whose=everybodys&stage=${world.stages[n % 4]}&channel=${['web', 'phone', 'event'][n % 3]}&authority=derbyshire`) },
  { name: 'Worklist, text: a last name', by: ['officer', 'social worker', 'team manager'], ask: (browser, world, n) => browser.get(`/staff/worklist?whose=everybodys&text=${encodeURIComponent(world.families[n].lastName)}`) },
  { name: 'Worklist, text: a common first name', by: ['officer', 'social worker'], ask: (browser, world, n) => browser.get(`/staff/worklist?whose=everybodys&text=${encodeURIComponent(world.families[n].firstName)}`) },
  { name: 'Worklist, text: two letters', by: ['officer', 'social worker'], ask: (browser, world, n) => browser.get(`/staff/worklist?whose=everybodys&text=${encodeURIComponent(world.families[n].lastName.slice(0, 2))}`) },
  { name: 'Search: a last name', by: ['officer', 'social worker'], ask: (browser, world, n) => browser.get(`/staff/search?text=${encodeURIComponent(world.families[n].lastName)}`) },
  { name: 'Search: first and last name', by: ['officer', 'social worker'], ask: (browser, world, n) => browser.get(`/staff/search?text=${encodeURIComponent(`${world.families[n].firstName} ${world.families[n].lastName}`)}`) },
  { name: 'Search: a telephone number', by: ['officer', 'social worker'], ask: (browser, _world, n) => browser.get(`/staff/search?text=07700+900+${String(100 + n)}`) },
  { name: 'Search: part of a reference', by: ['officer', 'social worker'], ask: (browser, world, n) => browser.get(`/staff/search?text=${encodeURIComponent(world.families[n].reference.slice(-5))}`) },
  { name: 'Pipeline', by: ['officer', 'social worker', 'team manager', 'hub manager'], ask: (browser) => browser.get('/staff/pipeline') },
  { name: 'A family’s page', by: ['officer', 'social worker'], ask: (browser, world, n) => browser.get(`/staff/families/${encodeURIComponent(world.families[n].reference)}`) },
  { name: 'Caseload of 500 families', by: ['social worker with 500 families'], ask: (browser) => browser.get('/staff/caseload') },
  { name: 'KPI report of this year, as a page', by: ['team manager', 'hub manager'], limit: REPORT_LIMIT_MS, ask: (browser) => browser.get('/staff/reports') },
  { name: 'Duplicates: name, telephone, mail, postcode', by: ['officer', 'team manager'], ask: (browser, world, n) => logEnquiry(browser, world.families[n]) },
  { name: 'Duplicates: a name alone', by: ['officer', 'team manager'], ask: (browser, world, n) => logEnquiry(browser, { ...world.families[n], email: `nobody-${n}@example.org`, phone: null, postcode: '' }) },
];

/** Measures the questions of a reader that are asked for by name; answers `{ question, reader, limit, asked, median, slow }`, times in milliseconds. */
export async function measurePages(browser, reader, world, isAsked) {
  const measured = [];
  for (const { name, ask, limit = PAGE_LIMIT_MS } of QUESTIONS.filter(({ name, by }) => by.includes(reader) && isAsked(name))) {
    const random = seededRandom(name.length);
    const times = [];
    const state = {};
    const startAt = Math.floor(random() * (world.families.length - REPETITIONS - WARMING_UP));
    const shifted = { ...world, state, families: world.families.slice(startAt) };
    for (let n = 0; n < REPETITIONS + WARMING_UP; n += 1) {
      const answer = await ask(browser, shifted, n);
      if (answer.status !== 200) throw new Error(`${name}, ${reader}: answered ${answer.status}`);
      if (n >= WARMING_UP) times.push(answer.milliseconds);
    }
    measured.push({ question: name, reader, limit, asked: times.length, ...summary(times) });
  }
  return measured;
}

/** The middle one and the one that nineteen of twenty are faster than. */
export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2, slow: sorted[Math.ceil(sorted.length * 0.95) - 1] };
}

/** Goes on to the page that the one before leads to, and begins again after the last. */
async function nextPage(browser, { state }) {
  const answer = await browser.get(state.next ?? '/staff/worklist?whose=everybodys&group=overdue');
  state.next = /href="(\/staff\/worklist\?[^"]*after=[^"]*)"/.exec(answer.text)?.[1]?.replaceAll('&amp;', '&');
  return answer;
}

async function logEnquiry(browser, { firstName, lastName, email, phone, postcode }) {
  return browser.post('/staff/log-enquiry', {
    do: 'check', key: '0197b5a0-5f5c-7c4e-9d0f-3a0e6f1c2b7d', channel: 'phone', on: '2026-01-05', at: '10:00', spoken: 'yes',
    first_name_1: firstName, last_name_1: lastName, email_1: email, phone_1: /^\+447700900\d{3}$/.test(phone ?? '') ? phone : '', postcode,
  });
}
