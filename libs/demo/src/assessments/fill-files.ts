import { loadStaffActor, type StaffActor } from '@app/access';
import {
  type AnyBlocker, anyBlockerInWords, ArrangePanel, AssessmentChanges, type AssessmentFile, assessmentFile, CarryStage2, DecideStage1, MakeDecision, OpenFile, RecordCheck, REPORT_SECTIONS, TakeToPanel,
} from '@app/assessments';
import { AUTHORITY_CODES, type Council, isCouncil } from '@app/authorities';
import { rows, type Transactions } from '@app/database';
import { JourneyChanges, loadJourney, type Journey } from '@app/journeys';
import { addDays, isoWeekday, type LocalDate, localDateOf, maxDate, minDate, momentAt, MovableClock, type Result } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { TransactionsInOne } from '../persistence/transactions-in-one';
import { CAST } from '../rules/cast';
import { REPORT_WORDS } from './report-words';

const ACTOR = { kind: 'system', process: 'demonstration' } as const;
const TEN = 600;
const NOON = 720;
const COUNCILS: readonly Council[] = AUTHORITY_CODES.filter(isCouncil);
/** So many of a council's oldest cases may be with the next panel already, if they have come so far. */
const MAY_GO_TO_PANEL = 3;

/** A made-up family on its way from the application to the decision. */
interface Case {
  readonly id: string;
  readonly authority: Council;
  readonly number: number;
  /** The panel has considered it. */
  readonly decides: boolean;
}

/** Something in a made-up file that the system would not let happen. */
class FileRefused extends Error {}

function done<T>(result: Result<T, { readonly blockers: readonly AnyBlocker[] }>): T {
  if (!result.ok) throw new FileRefused(result.refusal.blockers.map(anyBlockerInWords).join(' '));
  return result.value;
}

/**
 * Fills the files of the made-up families that are being assessed, through the use cases that people use: checks in every
 * state, reports in writing, panels held and to come, cases that wait for the decision maker. A file that is open already
 * is left as it is. Councils are filled side by side, `atOnce` at most. Answers what the system refused, in words:
 * nothing, unless its rules have changed.
 */
export async function fillFiles(transactions: Transactions, now: Date, atOnce: number): Promise<readonly string[]> {
  const cases = await transactions.run(ACTOR, (tx) =>
    rows<{ id: string; authority: string; decides: boolean }>(
      tx,
      `SELECT j.id, j.authority, j.stage = 'decision' AS decides FROM journeys j WHERE j.demonstration AND j.status = 'open' AND j.stage IN ('assessment', 'decision') AND NOT EXISTS (SELECT FROM assessments a WHERE a.journey_id = j.id) ORDER BY j.enquiry_received_at, j.id`,
    ),
  );
  const waiting = COUNCILS.map((council) => cases.flatMap(({ id, authority, decides }, number) => (authority === council ? [{ id, authority: council, number, decides }] : []))).values();
  const refused: string[] = [];
  const lane = async (): Promise<void> => {
    for (const ofCouncil of waiting) refused.push(...(await fillCouncil(transactions, ofCouncil, now)));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, COUNCILS.length) }, lane));
  return refused;
}

async function fillCouncil(transactions: Transactions, cases: readonly Case[], now: Date): Promise<readonly string[]> {
  const refused: string[] = [];
  // One is determined where another is left for the decision maker.
  let determined = cases.filter(({ decides }) => decides).length < 2;
  for (const [index, about] of cases.entries()) {
    try {
      const wasDetermined = await transactions.run(ACTOR, (tx) => new LifeOfAFile(tx, about, now).fill(index < MAY_GO_TO_PANEL, !determined));
      determined ||= wasDetermined;
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      refused.push(`File ${String(about.number)} of ${about.authority}: ${error.message}`);
    }
  }
  return refused;
}

/** One file while it is filled, on a clock that goes to the day of each thing. */
class LifeOfAFile {
  private readonly clock: MovableClock;
  private readonly transactions: TransactionsInOne;
  private readonly today: LocalDate;
  private readonly useCases;

  constructor(
    private readonly tx: EntityManager,
    private readonly about: Case,
    private readonly now: Date,
  ) {
    this.clock = new MovableClock(now);
    this.today = localDateOf(now);
    this.transactions = new TransactionsInOne(tx);
    const changes = new AssessmentChanges(new JourneyChanges(this.transactions, this.clock));
    this.useCases = {
      open: new OpenFile(this.transactions, this.clock), checks: new RecordCheck(changes), stage1: new DecideStage1(changes), stage2: new CarryStage2(changes),
      arrange: new ArrangePanel(this.transactions, this.clock), panel: new TakeToPanel(changes), decide: new MakeDecision(changes),
    };
  }

  /** Answers whether the decision maker determined this one. */
  async fill(mayGoToPanel: boolean, mayDetermine: boolean): Promise<boolean> {
    await this.useCases.open.run(ACTOR, this.about.id);
    const { journey, file } = await this.read();
    if (!file) return false;
    await this.recordChecks(file);
    if (journey.stage1On) await this.at(minDate(addDays(journey.stage1On, 2), this.today), (on) => this.useCases.stage1.letterSent(ACTOR, { journeyId: journey.id, on }));
    if (journey.stage2On) await this.carryStage2(journey, file);
    if (journey.panelOn) return this.consider(journey, journey.panelOn, mayDetermine);
    if (mayGoToPanel && journey.stage1On && journey.stage2On) await this.sendToNextPanel(journey);
    return false;
  }

  /** Of a family that passed stage 1 every check is in; of the others some are, some are out, some out for long, some not asked for. */
  private async recordChecks({ checks, assessment }: AssessmentFile): Promise<void> {
    const asked = minDate(addDays(assessment.applicationOn, 2), this.today);
    for (const [index, check] of checks.entries()) {
      const request = { journeyId: this.about.id, checkId: check.id };
      const passed = assessment.stage1DecidedOn;
      const state = passed ? 'done' : (['done', 'done', 'out', 'in', 'done', 'to_ask'] as const)[(index + this.about.number) % 6];
      if (state === 'to_ask') continue;
      await this.at(asked, (on) => this.useCases.checks.request(ACTOR, { ...request, on, thirdParty: check.definition.aboutThirdParty ? 'Known to the social worker' : null }));
      if (state === 'out') continue;
      const came = minDate(passed ?? this.today, addDays(asked, 5 + ((index * 3) % 20)));
      const certificate = check.definition.destroyDetails ? { number: `0012345678${String(index % 100).padStart(2, '0')}`, issuedOn: came, disclosed: null } : undefined;
      await this.at(came, (on) => this.useCases.checks.receive(ACTOR, { ...request, on, ...(certificate ? { certificate } : {}) }));
      if (state === 'done') await this.at(came, (on) => this.useCases.checks.decide(ACTOR, { ...request, on, outcome: 'satisfactory', note: null, validUntil: null }));
    }
  }

  private async carryStage2(journey: Journey, { applicants, assessment }: AssessmentFile): Promise<void> {
    const { stage2 } = this.useCases;
    const began = assessment.stage2StartedOn ?? this.today;
    const over = journey.panelOn ?? this.today;
    const meets = (on: LocalDate, kind: 'session' | 'skills_to_foster', subject: string) => stage2.plan(ACTOR, { journeyId: journey.id, session: { kind, startsAt: momentAt(on, TEN), minutes: kind === 'session' ? 90 : 360, place: kind === 'session' ? 'At home' : 'The hub', subject } });
    const trained = minDate(addDays(began, 10), minDate(over, addDays(this.today, -1)));
    await this.at(began, () => meets(trained, 'skills_to_foster', 'Skills to Foster'));
    if (!journey.panelOn) await this.at(this.today, () => meets(addDays(this.today, 6 + (this.about.number % 5)), 'session', 'Childhood and family'));
    const { file } = await this.read();
    const training = file?.sessions.find(({ kind }) => kind === 'skills_to_foster');
    if (training && trained < this.today) await this.at(this.today, () => stage2.hold(ACTOR, { journeyId: journey.id, sessionId: training.id, held: true, note: null, attended: applicants.map(({ id }) => id) }));
    const ready = journey.panelOn ? REPORT_SECTIONS.length : 2 + (this.about.number % 6);
    for (const [index, { code }] of REPORT_SECTIONS.entries()) {
      if (index <= ready) await this.at(minDate(addDays(began, 12 + index), over), () => stage2.saveSection(ACTOR, { journeyId: journey.id, code, body: REPORT_WORDS[code], evidence: 'Visits and sessions.', ready: index < ready, sectionVersion: 1 }));
    }
  }

  /** The report is finished and the papers are with a panel to come, which the made-up members of that council read. */
  private async sendToNextPanel(journey: Journey): Promise<void> {
    const { file } = await this.read();
    const { stage2, arrange, panel } = this.useCases;
    for (const section of file?.sections ?? []) {
      if (section.state !== 'ready') await this.at(this.today, () => stage2.saveSection(ACTOR, { journeyId: journey.id, code: section.code, body: REPORT_WORDS[section.code], evidence: section.evidence, ready: true, sectionVersion: section.version }));
    }
    if (!file?.sessions.some(({ kind, held }) => kind === 'skills_to_foster' && held)) return;
    await this.at(this.today, () => stage2.share(ACTOR, { journeyId: journey.id }));
    await this.at(this.today, (on) => stage2.end(ACTOR, { journeyId: journey.id, on, brief: false }));
    const meetsOn = workday(addDays(this.today, 18));
    const panelId = await this.at(this.today, () => arrange.run(ACTOR, { authority: this.about.authority, meetsAt: momentAt(meetsOn, TEN), place: 'County offices' }));
    await this.seat(panelId);
    await this.at(this.today, () => panel.putOnAgenda(ACTOR, { journeyId: journey.id, panelId }));
    await this.at(this.today, () => panel.sendPapers(ACTOR, { journeyId: journey.id, panelId }));
  }

  /** The panel has met and its minutes were agreed yesterday: the case waits for the decision, or (once) is determined. */
  private async consider(journey: Journey, panelOn: LocalDate, mayDetermine: boolean): Promise<boolean> {
    const { stage2, arrange, panel, decide } = this.useCases;
    const before = maxDate(addDays(panelOn, -14), maxDate(journey.stage2On ?? panelOn, journey.stage1On ?? panelOn));
    await this.at(before, () => stage2.share(ACTOR, { journeyId: journey.id }));
    await this.at(before, (on) => stage2.end(ACTOR, { journeyId: journey.id, on, brief: false }));
    const panelId = await this.at(before, () => arrange.run(ACTOR, { authority: this.about.authority, meetsAt: momentAt(panelOn, TEN), place: 'County offices' }));
    await this.seat(panelId);
    // Stories do not leave five working days between a report and its panel everywhere: the papers are then taken as sent in time.
    this.clock.set(momentAt(minDate(before, addDays(panelOn, -14)), NOON));
    done(await panel.putOnAgenda(ACTOR, { journeyId: journey.id, panelId }));
    done(await panel.sendPapers(ACTOR, { journeyId: journey.id, panelId }));
    const decider = mayDetermine ? await this.decisionMaker() : null;
    const minuted = maxDate(panelOn, addDays(this.today, -1));
    await this.at(panelOn, () => panel.recommend(ACTOR, { journeyId: journey.id, panelId, recommendation: decider ? 'not_approve' : 'approve', reasons: decider ? 'Doubts about how much room there is for a child at present.' : 'A warm household, well prepared.' }));
    await this.at(minuted, (on) => arrange.agreeMinutes(ACTOR, panelId, on));
    if (decider) await this.at(this.today, (on) => decide.determine(decider, { journeyId: journey.id, on, reasons: 'For the reasons that the panel gave.' }));
    return decider !== null;
  }

  private async seat(panelId: string): Promise<void> {
    const members = CAST.filter(({ role, authority }) => role === 'panel_member' && authority === this.about.authority).map(({ email }) => email);
    const found = await rows<{ id: string }>(this.tx, 'SELECT id FROM staff WHERE demonstration AND email = ANY ($1)', [members]);
    for (const { id } of found) done(await this.useCases.arrange.seat(ACTOR, panelId, id, 'independent'));
  }

  private async decisionMaker(): Promise<StaffActor | null> {
    const email = CAST.find(({ role, authority }) => role === 'agency_decision_maker' && authority === this.about.authority)?.email;
    const [found] = await rows<{ id: string }>(this.tx, 'SELECT id FROM staff WHERE demonstration AND email = $1', [email ?? '']);
    return found ? loadStaffActor(this.tx, found.id) : null;
  }

  private async read(): Promise<{ readonly journey: Journey; readonly file: AssessmentFile | null }> {
    return this.transactions.run(ACTOR, async (tx) => {
      const journey = await loadJourney(tx, this.about.id);
      if (!journey) throw new Error('A made-up family is gone');
      return { journey, file: await assessmentFile(tx, journey, this.now) };
    });
  }

  /** Does something at noon of a day, or now when that day is today. */
  private async at<T>(on: LocalDate, work: (on: LocalDate) => Promise<Result<T, { readonly blockers: readonly AnyBlocker[] }>>): Promise<T> {
    this.clock.set(on >= this.today ? this.now : momentAt(on, NOON));
    return done(await work(minDate(on, this.today)));
  }
}

/** The day, or the Wednesday after a weekend. */
const workday = (on: LocalDate): LocalDate => (isoWeekday(on) > 5 ? addDays(on, 10 - isoWeekday(on)) : on);
