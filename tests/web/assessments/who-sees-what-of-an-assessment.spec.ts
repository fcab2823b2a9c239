import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@app/access';
import type { Council } from '@app/authorities';
import { DescribePerson, OpenFile, TakeToPanel } from '@app/assessments';
import type { Journey } from '@app/journeys';
import { SystemClock } from '@app/kernel';
import { declaredRoutes } from '@web/platform/declared-routes';
import { StepsController } from '@web/staff/assessments/steps.controller';
import { webModule } from '@web/web.module';
import { applied, assessed, done, type Hub, hubOf, makeTeam, recommended, type Team, withPapers } from '../../support/assessed-family';
import { type FakeClamd, startFakeClamd } from '../../support/fake-clamd';
import { aPdf } from '../../support/made-files';
import { makeStaffActor } from '../../support/staff';
import { createTestApp, type TestApp, type TestBrowser, testSettings } from '../../support/test-app';

/** Everybody of the hub, by the name that the tables below use. */
const READERS = {
  worker: ['social_worker', 'derby'],
  manager: ['team_manager', 'derby'],
  administrator: ['panel_administrator', 'derby'],
  decisionMaker: ['agency_decision_maker', 'derby'],
  member: ['panel_member', 'derby'],
  'member of no panel': ['panel_member', 'derby'],
  'local officer': ['recruitment_officer', 'derby'],
  'officer of the hub': ['recruitment_officer', null],
  'hub manager': ['hub_manager', null],
  analyst: ['analyst', null],
  'liaison worker': ['liaison_worker', 'derby'],
  'system administrator': ['administrator', null],
  'worker elsewhere': ['social_worker', 'nottingham'],
  'manager elsewhere': ['team_manager', 'nottingham'],
  'panel elsewhere': ['panel_administrator', 'nottingham'],
  'decision maker elsewhere': ['agency_decision_maker', 'nottingham'],
  'member elsewhere': ['panel_member', 'nottingham'],
} as const satisfies Readonly<Record<string, readonly [Role, Council | null]>>;
type Reader = keyof typeof READERS;

const TEAM: readonly Reader[] = ['worker', 'manager'];
const FILE: readonly Reader[] = ['worker', 'manager', 'administrator', 'decisionMaker'];
/** Who works with the family’s own page, and who reads it. */
const FAMILY: readonly Reader[] = ['worker', 'manager', 'local officer', 'officer of the hub', 'hub manager'];
const FAMILY_READERS: readonly Reader[] = [...FAMILY, 'administrator', 'decisionMaker'];
const REPORTS: readonly Reader[] = ['manager', 'hub manager', 'analyst'];
/** One of each role: enough for pages that are about no family. */
const ONE_OF_EACH: readonly Reader[] = [...FILE, 'member', 'officer of the hub', 'hub manager', 'analyst', 'liaison worker', 'system administrator'];

let app: TestApp;
let clamd: FakeClamd;
let folder: string;
let hub: Hub;
let team: Team;
let journey: Journey;
let panelId: string;
/** On the agenda of the same panel, and its papers are not sent yet. */
let unsent: Journey;
const browsers = new Map<Reader, TestBrowser>();

beforeAll(async () => {
  clamd = await startFakeClamd();
  folder = mkdtempSync(join(tmpdir(), 'who-sees-'));
  app = await createTestApp({ env: { DATA_DIR: folder, CLAMAV_URL: clamd.url } });
  hub = hubOf(app);
  team = await makeTeam(app.database);
  for (const [reader, [role, authority]] of Object.entries(READERS) as [Reader, readonly [Role, Council | null]][]) {
    const own = team[reader as keyof Team] as { readonly staffId: string; readonly name: string; readonly email: string } | undefined;
    browsers.set(reader, own ? await app.signIn(own) : await app.signedInAs(role, authority));
  }
  journey = await applied(hub, team, 'Walked');
  await assessed(hub, team, journey);
  panelId = await withPapers(hub, team, journey);
  unsent = await applied(hub, team, 'Unsent');
  await assessed(hub, team, unsent);
  done(await hub.get(TakeToPanel).putOnAgenda(team.administrator, { journeyId: unsent.id, panelId }));
});
afterAll(async () => {
  await app.close();
  await clamd.close();
  rmSync(folder, { recursive: true });
});

const id = async (sql: string): Promise<string> => (await app.database.owner.query<{ id: string }>(sql, [journey.id])).rows[0]?.id ?? '';

/** Each page of an assessment, and who finds it; everybody else gets the same page as for a family that is not there. */
async function pages(): Promise<Expected> {
  const file = `/staff/families/${journey.reference}/assessment`;
  const dbs = await id(`SELECT id FROM checks WHERE journey_id = $1 AND type = 'enhanced_dbs' LIMIT 1`);
  const referee = await id(`SELECT id FROM checks WHERE journey_id = $1 AND type = 'personal_referee' LIMIT 1`);
  const session = await id('SELECT id FROM assessment_sessions WHERE journey_id = $1');
  const person = await id('SELECT a.id FROM applicants a JOIN journeys j ON j.household_id = a.household_id WHERE j.id = $1 LIMIT 1');
  const to = (readers: readonly Reader[], ...parts: readonly string[]) => parts.map((part) => [`${file}${part}`, readers] as const);
  return [
    ...to(FILE, '', `/checks/${dbs}`, `/checks/${referee}`, `/sessions/${session}/calendar.ics`, '/report/family', '/report/references', '/told'),
    ...to(TEAM, `/person/${person}`, '/stage-1-letter', '/stage-2-start', '/session-plan', `/session-held/${session}`, `/session-cancel/${session}`, '/report-share', '/stage-2-end', '/stage-2-again', '/applicant-link', '/hold', '/resume'),
    ...to(TEAM, ...['requested', 'sent', 'chased', 'received', 'outcome', 'again'].map((step) => `/check-${step}/${dbs}`)),
    ...to(['manager'], '/stage-1-outcome', '/assessor'),
    ...to(['administrator'], '/agenda', `/papers/${panelId}`, `/withdraw/${panelId}`, `/recommendation/${panelId}`, '/represent', '/lapse', '/review-papers', '/review-answer'),
    ...to(['decisionMaker'], '/approve', '/determine', '/uphold'),
    ['/staff/caseload', ['worker', 'manager', 'worker elsewhere', 'manager elsewhere']],
    ['/staff/panels', ['administrator', 'member', 'member of no panel', 'panel elsewhere', 'member elsewhere']],
    ['/staff/decisions', ['decisionMaker', 'decision maker elsewhere']],
    [`/staff/panels/${panelId}`, [...FILE, 'member']],
    [`/staff/panels/${panelId}/cases/${journey.reference}`, [...FILE, 'member']],
  ];
}

type Papers = Readonly<Record<'family' | 'file' | 'panel' | 'waiting' | 'invitation' | 'outcome', string>>;
let papers: Promise<Papers> | undefined;
/** What the team keeps with the file: documents of each kind, the last of them not scanned yet, and a letter of each part. Answers their addresses. */
const keptPapers = (): Promise<Papers> => (papers ??= keepPapers());

async function keepPapers(): Promise<Papers> {
  const worker = browsers.get('worker')!;
  const documents = `/staff/families/${journey.reference}/documents`;
  const kept = async (name: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    await worker.upload(documents, { title: '', about: 'family', ...fields }, { name: `${name}.pdf`, content: aPdf(name) });
    return new RegExp(`href="([^"]+/versions/\\d+)">${name}.pdf`).exec((await worker.get(documents)).text)?.[1] ?? `no ${name}`;
  };
  const sent = async (code: string): Promise<string> => {
    const path = `/staff/families/${journey.reference}/letters/new/${code}`;
    const sentKey = /name="sentKey" value="([^"]*)"/.exec((await worker.get(path)).text)?.[1] ?? '';
    const answer = await worker.post(path, { subject: 'A letter', body: 'Dear Ann and Ben', sentKey, to: ['0', '1'], way: 'post', step: 'send' });
    return answer.headers['location'] ?? `no ${code}: ${String(answer.status)}`;
  };
  const [family, file, panel] = [await kept('family', { part: 'journey' }), await kept('file', { part: 'assessment' }), await kept('panel', { part: 'assessment', forPanel: 'yes' })];
  clamd.mood = 'hangs_up';
  const waiting = await kept('waiting', { part: 'assessment', forPanel: 'yes' });
  clamd.mood = 'well';
  return { family, file, panel, waiting, invitation: await sent('invitation_to_apply'), outcome: await sent('stage_1_go_on') };
}

type Expected = readonly (readonly [string, readonly Reader[]])[];
const readBy = (readers: readonly Reader[], ...paths: readonly string[]): Expected => paths.map((path) => [path, readers] as const);

/** The family’s own pages, its documents and letters. */
async function familyPages(): Promise<Expected> {
  const family = `/staff/families/${journey.reference}`;
  const { family: ofTheFamily, file, panel, invitation, outcome } = await keptPapers();
  return [
    ...readBy(FAMILY_READERS, family, `${family}/letters`, ofTheFamily, invitation),
    ...readBy([...FAMILY_READERS, 'member'], `${family}/documents`),
    ...readBy(FAMILY, ...['contact', 'note', 'move', 'hold', 'resume', 'close', 'kinship', 'safeguarding', 'people', 'home', 'members'].map((form) => `${family}/${form}`), `${family}/letters/new/invitation_to_apply`),
    ...readBy(FAMILY.filter((reader) => reader !== 'worker'), `${family}/reopen`, `${family}/assign`),
    ...readBy(['manager', 'hub manager'], `${family}/correct`),
    ...readBy(['officer of the hub', 'hub manager'], `${family}/route`),
    ...readBy(['manager', 'officer of the hub', 'hub manager'], `${family}/merge`),
    ...readBy([...TEAM, 'decisionMaker'], `${family}/letters/new/stage_1_go_on`),
    ...readBy(FILE, file, outcome, `/staff/panels/${panelId}/cases/${unsent.reference}`),
    ...readBy([...FILE, 'member'], panel),
    ...readBy(FAMILY_READERS, `/staff/families/${unsent.reference}/documents`),
  ];
}

/** Pages that are about no assessment, and who finds them. */
const OTHER_PAGES: Expected = [
  ...readBy(ONE_OF_EACH, '/staff/session', '/staff/help'),
  ...readBy([...TEAM, 'officer of the hub', 'hub manager'], '/staff/worklist', '/staff/worklist/loads', '/staff/worklist/records'),
  ...readBy(ONE_OF_EACH.filter((reader) => reader !== 'member' && reader !== 'system administrator'), '/staff/pipeline'),
  ...readBy([...FILE, 'officer of the hub', 'hub manager'], '/staff/search'),
  ...readBy(['officer of the hub', 'hub manager'], '/staff/held'),
  ...readBy(['manager', 'officer of the hub', 'hub manager'], '/staff/log-enquiry'),
  ...readBy([...TEAM, 'hub manager'], '/staff/carers'),
  ...readBy(REPORTS, '/staff/carers/need', ...['', '/definitions', '/series', '/saved', '/saved/recipients', '/year', '/data-quality', '/losses', '/forecast'].map((page) => `/staff/reports${page}`)),
  ...readBy(['hub manager', 'analyst'], '/staff/reports/rows', '/staff/reports/targets', '/staff/reports/authorities'),
  ...readBy([...TEAM, 'hub manager', 'liaison worker'], '/staff/constellations'),
  ...readBy(['manager', 'hub manager', 'liaison worker'], '/staff/constellations/start'),
  ...readBy(
    ['system administrator'],
    '/staff/administration',
    ...['staff', 'staff/invite', 'authorities', 'authorities/derby', 'time-limits', 'assessments', 'constellations', 'opening-hours', 'closure-days', 'postcodes', 'websites', 'audit', 'letter-templates', 'letter-templates/approval'].map((page) => `/staff/administration/${page}`),
  ),
];

/** Pages that lead on, or are about something that this family does not have: walked where that is made. */
const WALKED_ELSEWHERE = [
  '/staff', '/staff/reports/kpi.csv', '/staff/reports/kpi.json', '/staff/reports/export', '/staff/reports/saved/:id', '/staff/administration/staff/:staffId', '/staff/administration/staff/:staffId/leave',
  '/staff/carers/:reference', '/staff/carers/:reference/:step', '/staff/carers/register/:reference',
  '/staff/constellations/:id', '/staff/constellations/:id/:step', '/staff/constellations/:id/achievements', '/staff/constellations/:id/activities/:activity', '/staff/constellations/:id/reports/:month',
];

async function walk(expected: Expected, who: readonly Reader[] = [...browsers.keys()]): Promise<void> {
  for (const [path, readers] of expected) {
    const found: Reader[] = [];
    for (const [reader, browser] of browsers) {
      if (!who.includes(reader)) continue;
      const { status } = await browser.get(path);
      if (status === 200) found.push(reader);
      else expect({ path, reader, status }).toEqual({ path, reader, status: 404 });
    }
    expect({ path, found: found.sort() }).toEqual({ path, found: [...readers].sort() });
  }
}

describe('every page of an assessment', () => {
  it('is found by exactly those who may, while the papers are with the panel', async () => walk(await pages()));

  it('of the family, its documents and its letters is found by exactly those who may', async () => walk(await familyPages()));

  it('that is about no assessment is found by exactly the roles that may', () => walk(OTHER_PAGES, ONE_OF_EACH));

  it('is in one of these tables, and so is each step of the file', async () => {
    const walked = [...(await pages()), ...(await familyPages()), ...OTHER_PAGES].map(([path]) => path);
    const isWalked = (path: string): boolean => WALKED_ELSEWHERE.includes(path) || walked.some((each) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(each));
    const routes = declaredRoutes(webModule(testSettings('postgres://nobody@127.0.0.1:1/none'), new SystemClock())).filter(({ method, path, access }) => method === 'GET' && path.startsWith('/staff') && !access?.includes('public'));
    expect(routes.map(({ path }) => path).filter((path) => !isWalked(path))).toEqual([]);
    const { steps } = app.web.nest.get<unknown, { readonly steps: ReadonlyMap<string, unknown> }>(StepsController, { strict: false });
    expect([...steps.keys()].filter((step) => !walked.some((path) => path.includes(`/assessment/${step}`)))).toEqual([]);
  });

  it('of a document that no scanner has seen opens to the case’s own team alone', async () => {
    const { waiting } = await keptPapers();
    for (const [reader, browser] of browsers) {
      const { status } = await browser.get(waiting);
      expect({ reader, status }).toEqual({ reader, status: TEAM.includes(reader) ? 200 : [...FILE, 'member'].includes(reader) ? 403 : 404 });
    }
  });

  it('names nobody to those who do not find it, on any list either', async () => {
    const lists = ['/staff/caseload?whose=everyone', '/staff/panels', `/staff/panels/${panelId}`, '/staff/decisions', '/staff/search?text=Walked', `/staff/families/${journey.reference}`];
    const mayName: readonly Reader[] = [...FILE, 'member', 'local officer', 'officer of the hub', 'hub manager'];
    for (const [reader, browser] of browsers) {
      for (const path of lists) {
        const { text } = await browser.get(path);
        if (!mayName.includes(reader)) expect({ reader, path, named: /Ann and Ben|Ann Walked/.test(text) }).toEqual({ reader, path, named: false });
      }
    }
  });

  it('shows certificates to the team only, evidence to the file’s readers only, and referees to no panel member', async () => {
    const file = `/staff/families/${journey.reference}/assessment`;
    const dbs = await id(`SELECT id FROM checks WHERE journey_id = $1 AND type = 'enhanced_dbs' LIMIT 1`);
    for (const [reader, browser] of browsers) {
      const certificate = (await browser.get(`${file}/checks/${dbs}`)).text.includes('001234567890');
      const evidence = (await browser.get(`${file}/report/family`)).text.includes('Evidence for family');
      const toPanel = (await browser.get(`/staff/panels/${panelId}/cases/${journey.reference}`)).text;
      expect({ reader, certificate, evidence, leaks: /Evidence for|Referee of|A note about|001234567890/.test(toPanel) }).toEqual({ reader, certificate: TEAM.includes(reader), evidence: FILE.includes(reader), leaks: false });
    }
  });

  it('takes nothing from those who do not find it', async () => {
    const before = await app.database.owner.query('SELECT (SELECT count(*) FROM check_history)::int AS history, (SELECT count(*) FROM decisions)::int AS decisions, (SELECT sum(version) FROM assessments)::int AS files, (SELECT sum(version) FROM report_sections)::int AS sections');
    const file = `/staff/families/${journey.reference}/assessment`;
    const dbs = await id(`SELECT id FROM checks WHERE journey_id = $1 AND type = 'enhanced_dbs' LIMIT 1`);
    const tries = [`${file}/check-again/${dbs}`, `${file}/report/family`, `${file}/approve`, `${file}/determine`, `${file}/hold`, `${file}/papers/${panelId}`, `/staff/panels/${panelId}/members`, `/staff/panels/${panelId}/minutes`, `/staff/panels/${panelId}/cancel`];
    const everything = { on: '2026-11-18', note: 'x', body: 'x', evidence: '', section_version: '2', children: '1', age_from: '0', age_to: '5', care: 'short_term', reasons: 'x', track: 'stage_1', reason: 'x', member: team.member.staffId, capacity: 'chair', minutes_on: '2026-11-18' };
    for (const [reader, browser] of browsers) {
      if (FILE.includes(reader)) continue;
      for (const path of tries) expect({ reader, path, status: (await browser.post(path, everything)).status }).toEqual({ reader, path, status: 404 });
    }
    const after = await app.database.owner.query('SELECT (SELECT count(*) FROM check_history)::int AS history, (SELECT count(*) FROM decisions)::int AS decisions, (SELECT sum(version) FROM assessments)::int AS files, (SELECT sum(version) FROM report_sections)::int AS sections');
    expect(after.rows).toEqual(before.rows);
  });

  it('opens no file by a use case either', async () => {
    for (const [role, authority] of Object.values(READERS)) {
      const actor = await makeStaffActor(app.database, role, authority);
      if (authority === 'derby' && ['social_worker', 'team_manager', 'panel_administrator', 'agency_decision_maker'].includes(role)) continue;
      expect(await hub.get(OpenFile).run(actor, journey.id)).toBe(false);
      expect((await hub.get(DescribePerson).run(actor, { journeyId: journey.id, personId: journey.householdId, facts: { bornOn: null, inUkSinceOn: null, employer: null, formerPartner: null, school: null, previousService: null, previousServiceEndedOn: null } })).ok).toBe(false);
    }
  });

  it('closes to the panel’s member when the minutes are agreed', async () => {
    const { panel } = await keptPapers();
    done(await hub.get(TakeToPanel).withdraw(team.administrator, { journeyId: unsent.id, panelId }));
    await recommended(hub, team, journey, panelId);
    const member = await app.signIn(team.member);
    for (const path of [`/staff/panels/${panelId}/cases/${journey.reference}`, `/staff/families/${journey.reference}/documents`, panel]) expect({ path, status: (await member.get(path)).status }).toEqual({ path, status: 404 });
    expect((await member.get(`/staff/panels/${panelId}`)).text).not.toContain('Ann and Ben');
  });
});
