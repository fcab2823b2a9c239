import type { Role } from '@app/access';
import type { Council } from '@app/authorities';
import { DescribePerson, OpenFile } from '@app/assessments';
import type { Journey } from '@app/journeys';
import { applied, assessed, type Hub, makeTeam, recommended, type Team, withPapers } from '../../support/assessed-family';
import { makeStaffActor } from '../../support/staff';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

jest.setTimeout(120_000);

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

let app: TestApp;
let hub: Hub;
let team: Team;
let journey: Journey;
let panelId: string;
const browsers = new Map<Reader, TestBrowser>();

beforeAll(async () => {
  app = await createTestApp();
  hub = { database: app.database, clock: app.clock, get: (useCase) => app.web.nest.get(useCase, { strict: false }) };
  team = await makeTeam(app.database);
  for (const [reader, [role, authority]] of Object.entries(READERS) as [Reader, readonly [Role, Council | null]][]) {
    const own = team[reader as keyof Team] as { readonly staffId: string; readonly name: string; readonly email: string } | undefined;
    browsers.set(reader, own ? await app.signIn(own) : await app.signedInAs(role, authority));
  }
  journey = await applied(hub, team, 'Walked');
  await assessed(hub, team, journey);
  panelId = await withPapers(hub, team, journey);
});
afterAll(() => app.close());

const id = async (sql: string): Promise<string> => (await app.database.owner.query<{ id: string }>(sql, [journey.id])).rows[0]?.id ?? '';

/** Each page of an assessment, and who finds it; everybody else gets the same page as for a family that is not there. */
async function pages(): Promise<readonly (readonly [string, readonly Reader[]])[]> {
  const file = `/staff/families/${journey.reference}/assessment`;
  const dbs = await id(`SELECT id FROM checks WHERE journey_id = $1 AND type = 'enhanced_dbs' LIMIT 1`);
  const referee = await id(`SELECT id FROM checks WHERE journey_id = $1 AND type = 'personal_referee' LIMIT 1`);
  const session = await id('SELECT id FROM assessment_sessions WHERE journey_id = $1');
  const person = await id('SELECT a.id FROM applicants a JOIN journeys j ON j.household_id = a.household_id WHERE j.id = $1 LIMIT 1');
  const to = (readers: readonly Reader[], ...parts: readonly string[]) => parts.map((part) => [`${file}${part}`, readers] as const);
  return [
    ...to(FILE, '', `/checks/${dbs}`, `/checks/${referee}`, `/sessions/${session}/calendar.ics`, '/report/family', '/report/references', '/told'),
    ...to(TEAM, `/person/${person}`, '/stage-1-letter', '/stage-2-start', '/session-plan', `/session-held/${session}`, `/session-cancel/${session}`, '/report-share', '/stage-2-end', '/applicant-link', '/hold', '/resume'),
    ...to(TEAM, ...['requested', 'sent', 'chased', 'received', 'outcome', 'again'].map((step) => `/check-${step}/${dbs}`)),
    ...to(['manager'], '/stage-1-outcome'),
    ...to(['administrator'], '/agenda', `/papers/${panelId}`, `/withdraw/${panelId}`, `/recommendation/${panelId}`, '/represent', '/lapse', '/review-papers', '/review-answer'),
    ...to(['decisionMaker'], '/approve', '/determine', '/uphold'),
    ['/staff/caseload', ['worker', 'manager', 'worker elsewhere', 'manager elsewhere']],
    ['/staff/panels', ['administrator', 'member', 'member of no panel', 'panel elsewhere', 'member elsewhere']],
    ['/staff/decisions', ['decisionMaker', 'decision maker elsewhere']],
    [`/staff/panels/${panelId}`, [...FILE, 'member']],
    [`/staff/panels/${panelId}/cases/${journey.reference}`, [...FILE, 'member']],
  ];
}

async function walk(expected: readonly (readonly [string, readonly Reader[]])[]): Promise<void> {
  for (const [path, readers] of expected) {
    const found: Reader[] = [];
    for (const [reader, browser] of browsers) {
      const { status } = await browser.get(path);
      if (status === 200) found.push(reader);
      else expect({ path, reader, status }).toEqual({ path, reader, status: 404 });
    }
    expect({ path, found: found.sort() }).toEqual({ path, found: [...readers].sort() });
  }
}

describe('every page of an assessment', () => {
  it('is found by exactly those who may, while the papers are with the panel', async () => walk(await pages()));

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
    await recommended(hub, team, journey, panelId);
    const member = await app.signIn(team.member);
    expect((await member.get(`/staff/panels/${panelId}/cases/${journey.reference}`)).status).toBe(404);
    expect((await member.get(`/staff/panels/${panelId}`)).text).not.toContain('Ann and Ben');
  });
});
