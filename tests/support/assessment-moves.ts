import type { StaffActor } from '@app/access';
import { type AnyBlocker, ArrangePanel, CarryStage2, checksOf, DecideStage1, DescribePerson, HoldTrack, MakeDecision, MovePanel, OpenFile, RecordCheck, REPORT_SECTIONS, TakeToPanel } from '@app/assessments';
import { CloseJourney, HoldJourney, MoveJourney, ReopenJourney, ResumeJourney } from '@app/journeys';
import { addDays, type LocalDate, localDateOf, ok, type Result } from '@app/kernel';
import type { Hub, Team } from './assessed-family';

/** A family whose assessment is carried by moves, and the panels that were arranged for it. */
export interface CarriedFamily {
  readonly hub: Hub;
  readonly team: Team;
  readonly council: 'derby' | 'nottingham';
  readonly journeyId: string;
  readonly applicantId: string;
  readonly panels: string[];
}

export type Moved = Result<unknown, { readonly blockers: readonly AnyBlocker[] }>;
/** A move: answers what its last step answered. `pick` chooses among what there is to choose from. */
export type AssessmentMove = (family: CarriedFamily, pick: number) => Promise<Moved>;

const DAY_MS = 86_400_000;
const DONE: Moved = ok();
const today = ({ hub }: CarriedFamily): LocalDate => localDateOf(hub.clock.now());
const nth = <Item>(items: readonly Item[], pick: number): Item | undefined => items[pick % Math.max(1, items.length)];
const nobody = '00000000-0000-7000-8000-000000000000';

async function rowsOf<Row extends object>({ hub, journeyId }: CarriedFamily, sql: string): Promise<readonly Row[]> {
  return (await hub.database.owner.query<Row>(sql, [journeyId])).rows;
}
const checks = async (family: CarriedFamily) => (await family.hub.database.transactions.run(family.team.worker, (tx) => checksOf(tx, family.journeyId))).filter(({ noLongerNeededOn }) => noLongerNeededOn === null);

/** Several steps, as far as they go. */
async function inTurn(...steps: readonly (() => Promise<Moved>)[]): Promise<Moved> {
  let last = DONE;
  for (const step of steps) {
    last = await step();
    if (!last.ok) return last;
  }
  return last;
}

const onCheck = (verb: 'request' | 'send' | 'chase' | 'receive' | 'decide' | 'reopen'): AssessmentMove => async (family, pick) => {
  const record = family.hub.get(RecordCheck);
  const request = { journeyId: family.journeyId, checkId: nth(await checks(family), pick)?.id ?? nobody, on: today(family) };
  const { worker } = family.team;
  if (verb === 'decide') return record.decide(worker, { ...request, outcome: pick % 3 === 2 ? 'not_obtainable' : 'satisfactory', note: pick % 3 === 2 ? 'Nobody answers' : null });
  if (verb === 'reopen') return record.reopen(worker, { ...request, note: 'Once more' });
  return verb === 'receive' ? record.receive(worker, { ...request, certificate: { number: '1', issuedOn: null, disclosed: null } }) : record[verb](worker, request);
};

const allChecks: AssessmentMove = async (family) => {
  const record = family.hub.get(RecordCheck);
  const { worker } = family.team;
  const open = (await checks(family)).filter(({ outcome }) => outcome === null);
  return inTurn(
    ...open.flatMap(({ id, requestedOn, receivedOn }) => {
      const request = { journeyId: family.journeyId, checkId: id, on: today(family) };
      return [
        ...(requestedOn === null ? [() => record.request(worker, request)] : []),
        ...(receivedOn === null ? [() => record.receive(worker, { ...request, certificate: { number: '1', issuedOn: null, disclosed: null } })] : []),
        () => record.decide(worker, { ...request, outcome: 'satisfactory', note: null }),
      ];
    }),
  );
};

const describe: AssessmentMove = ({ hub, team, journeyId, applicantId }, pick) =>
  hub.get(DescribePerson).run(team.worker, { journeyId, personId: applicantId, facts: { bornOn: null, inUkSinceOn: null, employer: pick % 2 === 0 ? 'A bakery' : null, formerPartner: null, school: null, previousService: null, previousServiceEndedOn: null } });

const writeReport: AssessmentMove = async (family) => {
  const sections = await rowsOf<{ code: string; version: number; state: string }>(family, 'SELECT code, version, state FROM report_sections WHERE journey_id = $1');
  const stage2 = family.hub.get(CarryStage2);
  const unready = REPORT_SECTIONS.filter(({ code }) => sections.find((section) => section.code === code)?.state !== 'ready');
  return inTurn(...unready.map(({ code }) => () => stage2.saveSection(family.team.worker, { journeyId: family.journeyId, code, body: 'Written', evidence: '', ready: true, sectionVersion: sections.find((section) => section.code === code)?.version ?? 1 })));
};

const saveSection: AssessmentMove = async ({ hub, team, journeyId }, pick) =>
  hub.get(CarryStage2).saveSection(team.worker, { journeyId, code: nth(REPORT_SECTIONS, pick)?.code ?? 'family', body: 'Anew', evidence: '', ready: pick % 2 === 0, sectionVersion: 1 + (pick % 3) });

const train: AssessmentMove = async (family) => {
  const { hub, team, journeyId, applicantId } = family;
  const stage2 = hub.get(CarryStage2);
  return inTurn(
    () => stage2.plan(team.worker, { journeyId, session: { kind: 'skills_to_foster', startsAt: hub.clock.now(), minutes: 60, place: 'The hub', subject: 'Skills to Foster' } }),
    async () => {
      const [session] = await rowsOf<{ id: string }>(family, 'SELECT id FROM assessment_sessions WHERE journey_id = $1 ORDER BY id DESC LIMIT 1');
      return stage2.hold(team.worker, { journeyId, sessionId: session?.id ?? nobody, held: true, note: null, attended: [applicantId] });
    },
  );
};

const onPanel = (work: (family: CarriedFamily, panelId: string, pick: number) => Promise<Moved>): AssessmentMove => (family, pick) => work(family, family.panels.at(-1 - (pick % 5 === 4 ? 1 : 0)) ?? nobody, pick);

const arrange: AssessmentMove = async (family, pick) => {
  const { hub, team, council, journeyId } = family;
  const arranged = await hub.get(ArrangePanel).run(team.administrator, { authority: council, meetsAt: new Date(hub.clock.now().getTime() + (12 + pick) * DAY_MS), place: 'The Council House' });
  if (!arranged.ok) return arranged;
  family.panels.push(arranged.value);
  return hub.get(TakeToPanel).putOnAgenda(team.administrator, { journeyId, panelId: arranged.value });
};

const recommend = (recommendation: 'approve' | 'not_approve' | 'defer'): AssessmentMove => onPanel(({ hub, team, journeyId }, panelId) => hub.get(TakeToPanel).recommend(team.administrator, { journeyId, panelId, recommendation, reasons: 'As it was said' }));

/** Lets time pass until the last panel meets, or a day when there is none. */
const panelDay: AssessmentMove = async (family) => {
  const { rows } = await family.hub.database.owner.query<{ meetsAt: Date }>('SELECT meets_at AS "meetsAt" FROM panels WHERE id = $1', [family.panels.at(-1) ?? nobody]);
  const now = family.hub.clock.now().getTime();
  family.hub.clock.set(new Date(Math.max(rows[0]?.meetsAt.getTime() ?? 0, now + DAY_MS)));
  return DONE;
};

type OnDay = { readonly journeyId: string; readonly on: LocalDate };
const decide = (who: keyof Team, work: (decision: MakeDecision, actor: StaffActor, request: OnDay, pick: number) => Promise<Moved>): AssessmentMove => (family, pick) => work(family.hub.get(MakeDecision), family.team[who], { journeyId: family.journeyId, on: today(family) }, pick);

/** A milestone dated on the family's own page, whatever the file says; the file is looked at afterwards. */
const dated: AssessmentMove = async (family, pick) => {
  const { hub, team, journeyId } = family;
  const moved = await hub.get(MoveJourney).run(team.worker, { journeyId, milestone: nth(['stage_1', 'stage_2', 'panel', 'approved'] as const, pick) ?? 'stage_1', on: today(family) });
  if (moved.ok) await hub.get(OpenFile).run(team.worker, journeyId);
  return moved;
};

const terms = { children: 2, ageFrom: 0, ageTo: 10, care: ['short_term'], namedChild: null, aboveLimit: null } as const;

/** Everything that can be done in an assessment, and to the journey around it. */
export const ASSESSMENT_MOVES = {
  request_check: onCheck('request'),
  send_check: onCheck('send'),
  chase_check: onCheck('chase'),
  receive_check: onCheck('receive'),
  decide_check: onCheck('decide'),
  reopen_check: onCheck('reopen'),
  all_checks: allChecks,
  describe_person: describe,
  pass_stage_1: (family) => family.hub.get(DecideStage1).run(family.team.manager, { journeyId: family.journeyId, outcome: 'go_on', on: today(family), reasons: null }),
  refuse_stage_1: (family, pick) => family.hub.get(DecideStage1).run(family.team.manager, { journeyId: family.journeyId, outcome: 'refused', on: today(family), reasons: pick % 2 === 0 ? 'What the checks say' : '' }),
  stage_1_letter: (family) => family.hub.get(DecideStage1).letterSent(family.team.worker, { journeyId: family.journeyId, on: today(family) }),
  start_stage_2: (family, pick) => family.hub.get(CarryStage2).start(family.team.worker, { journeyId: family.journeyId, on: today(family), assessorId: family.team[pick % 4 === 3 ? 'member' : 'worker'].staffId }),
  train,
  save_section: saveSection,
  write_report: writeReport,
  share_report: (family) => family.hub.get(CarryStage2).share(family.team.worker, { journeyId: family.journeyId }),
  end_stage_2: (family, pick) => family.hub.get(CarryStage2).end(family.team.worker, { journeyId: family.journeyId, on: today(family), brief: pick % 4 === 3 }),
  hold_track: (family, pick) => family.hub.get(HoldTrack).begin(family.team.worker, { journeyId: family.journeyId, track: pick % 2 === 0 ? 'stage_1' : 'stage_2', from: today(family), reason: 'Moving house' }),
  end_track_hold: (family, pick) => family.hub.get(HoldTrack).end(family.team.worker, { journeyId: family.journeyId, track: pick % 2 === 0 ? 'stage_1' : 'stage_2', on: today(family) }),
  to_agenda: arrange,
  to_agenda_again: onPanel(({ hub, team, journeyId }, panelId) => hub.get(TakeToPanel).putOnAgenda(team.administrator, { journeyId, panelId })),
  send_papers: onPanel(({ hub, team, journeyId }, panelId) => hub.get(TakeToPanel).sendPapers(team.administrator, { journeyId, panelId })),
  withdraw_case: onPanel(({ hub, team, journeyId }, panelId) => hub.get(TakeToPanel).withdraw(team.administrator, { journeyId, panelId })),
  cancel_panel: onPanel(({ hub, team }, panelId) => hub.get(ArrangePanel).cancel(team.administrator, panelId)),
  move_panel: onPanel(({ hub, team }, panelId) => hub.get(MovePanel).run(team.administrator, panelId, { meetsAt: new Date(hub.clock.now().getTime() + 28 * DAY_MS), place: 'The library' })),
  panel_day: panelDay,
  recommend_approval: recommend('approve'),
  recommend_refusal: recommend('not_approve'),
  defer: recommend('defer'),
  agree_minutes: onPanel((family, panelId) => family.hub.get(ArrangePanel).agreeMinutes(family.team.administrator, panelId, today(family))),
  approve: decide('decisionMaker', (decision, actor, request, pick) => decision.approve(actor, { ...request, reasons: 'As recommended', terms: { ...terms, children: pick % 5 === 4 ? 5 : 2 } })),
  determine: decide('decisionMaker', (decision, actor, request) => decision.determine(actor, { ...request, reasons: 'As the minutes say' })),
  uphold: decide('decisionMaker', (decision, actor, request) => decision.refuse(actor, { ...request, reasons: 'As before' })),
  lapse: decide('administrator', (decision, actor, request) => decision.lapse(actor, request)),
  represent: decide('administrator', (decision, actor, request, pick) => decision.represent(actor, { ...request, way: pick % 2 === 0 ? 'irm' : 'service' })),
  review_papers: decide('administrator', (decision, actor, request) => decision.reviewStep(actor, { ...request, step: 'papers_sent' })),
  review_answer: decide('administrator', (decision, actor, request) => decision.reviewStep(actor, { ...request, step: 'recommendation', words: 'To approve' })),
  review_ends: decide('administrator', (decision, actor, request) => decision.reviewStep(actor, { ...request, step: 'ended_without', words: 'The family withdrew' })),
  told: decide('decisionMaker', (decision, actor, request, pick) => decision.told(actor, { ...request, how: pick % 2 === 0 ? 'orally' : 'in_writing' })),
  date_a_milestone: dated,
  hold: (family, pick) => family.hub.get(HoldJourney).run(family.team.worker, { journeyId: family.journeyId, until: addDays(today(family), 10 + pick), reason: 'A bereavement' }),
  resume: (family) => family.hub.get(ResumeJourney).run(family.team.worker, { journeyId: family.journeyId }),
  close: (family) => family.hub.get(CloseJourney).run(family.team.worker, { journeyId: family.journeyId, on: today(family), by: 'applicant', reason: 'changed_mind' }),
  reopen: (family) => family.hub.get(ReopenJourney).run(family.team.manager, { journeyId: family.journeyId, reason: 'They want to go on' }),
  wait: (family, pick) => {
    family.hub.clock.advance([1, 10, 29, 30][pick % 4]! * DAY_MS);
    return Promise.resolve(DONE);
  },
} as const satisfies Readonly<Record<string, AssessmentMove>>;
export type AssessmentMoveName = keyof typeof ASSESSMENT_MOVES;
