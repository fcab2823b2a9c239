import type { StaffActor } from '@app/access';
import { type AnyBlocker, anyBlockerInWords, type AssessmentFile, assessmentFile, type ListedCheck, REPORT_SECTIONS, type Track, validUntil } from '@app/assessments';
import type { Council } from '@app/authorities';
import { type Journey, loadJourney } from '@app/journeys';
import { draftLetter, type LetterCode, letterRefusalInWords } from '@app/letters';
import { addDays, daysBetween, isoWeekday, type LocalDate, localDateOf, maxDate, minDate, momentAt, type MovableClock, newId, ok, type Result } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { TransactionsInOne } from '../persistence/transactions-in-one';
import { type PastSession, writePastChecks, writePastSessions, writeSections } from '../persistence/past-file-work';
import type { FileDeed } from '../rules/story';
import type { Company } from '../use-cases/company';
import type { useCasesOnOneClock } from '../use-cases/use-cases-on-one-clock';
import { REPORT_WORDS } from './report-words';

const NARRATOR = { kind: 'system', process: 'demonstration' } as const;
const TEN = 600;
const NOON = 720;
/** Papers are out this long before their panel. */
const DAYS_OF_PAPERS = 14;
/** Sections of a made-up report, in their order. */
export const WORDS = REPORT_SECTIONS.map(({ code }) => [code, REPORT_WORDS[code]] as const);
const SUBJECTS = ['Childhood and family', 'Relationships and support', 'Being a parent', 'Safer caring', 'Identity and difference'] as const;
const REASONS = {
  approve: 'A warm household, well prepared.',
  defer: 'The panel would like to hear more about support at home first.',
  not_approve: 'Doubts about how much room there is for a child at present.',
} as const;

/** Something in a made-up file that the system would not let happen. */
export class FileRefused extends Error {}

type Done = Result<unknown, { readonly blockers: readonly AnyBlocker[] }>;

/** What the file of a family is filled with. */
export interface FileOf {
  readonly tx: EntityManager;
  readonly transactions: TransactionsInOne;
  readonly clock: MovableClock;
  readonly useCases: ReturnType<typeof useCasesOnOneClock>;
  readonly team: Company['of'][Council];
  readonly worker: StaffActor;
  readonly council: Council;
  readonly journeyId: string;
  /** Tells one file from the next: what differs between files follows it. */
  readonly number: number;
}

/** The assessment file of a family while its story is lived: what is done on a day is done through the use cases, on a clock that stands there. */
export class LifeOfAFile {
  private panelId: string | null = null;
  /** What tells the family of the last decision in writing. */
  private letter: LetterCode = 'approval';
  private resting: Track | null = null;

  constructor(private readonly of: FileOf) {}

  isOf(journeyId: string): boolean {
    return this.of.journeyId === journeyId;
  }

  /** One deed of the story, at its moment. */
  async act(actor: StaffActor, deed: FileDeed): Promise<Done> {
    const { useCases, journeyId } = this.of;
    const request = { journeyId, on: deed.on };
    switch (deed.kind) {
      case 'stage_1':
        return this.decideStage1(actor, deed);
      case 'stage_2':
        return useCases.stage2.start(actor, { ...request, assessorId: actor.staffId });
      case 'panel':
        return this.consider(actor, deed);
      case 'agree_minutes':
        return useCases.arrangePanel.agreeMinutes(actor, this.panelId ?? newId(), deed.on);
      case 'approve':
        this.letter = 'approval';
        return useCases.decision.approve(actor, { ...request, reasons: 'The panel recommends it, and the report bears it out.', terms: deed.terms });
      case 'determine':
        this.letter = 'qualifying_determination';
        return useCases.decision.determine(actor, { ...request, reasons: 'For the reasons that the panel gave.' });
      case 'represent':
        return useCases.decision.represent(actor, { ...request, way: deed.way });
      case 'review_papers':
        return useCases.decision.reviewStep(actor, { ...request, step: 'papers_sent' });
      case 'review_answer':
        return useCases.decision.reviewStep(actor, { ...request, step: 'recommendation', words: 'Not to approve: the doubts of the panel are shared.' });
      case 'uphold':
        this.letter = 'final_not_approved';
        return useCases.decision.refuse(actor, { ...request, reasons: 'The representations were read with care. What stood against an approval still does.' });
      case 'lapse':
        return useCases.decision.lapse(actor, request);
      case 'told':
        return deed.how === 'in_writing' ? this.write(this.letter) : useCases.decision.told(actor, { ...request, how: 'orally' });
    }
  }

  /** The application is in: the file opens, and its clocks run. */
  async open(): Promise<void> {
    await this.of.useCases.openFile.run(NARRATOR, this.of.journeyId);
  }

  /** The track that is under way rests with the journey. */
  async rest(actor: StaffActor, from: LocalDate, reason: string): Promise<void> {
    const { journey } = await this.read(this.of.clock.now());
    const track = journey.stage1On === null ? 'stage_1' : 'stage_2';
    if (track === 'stage_2' && journey.stage2On === null) return;
    done(await this.of.useCases.track.begin(actor, { journeyId: journey.id, track, from, reason }));
    this.resting = track;
  }

  async goOn(actor: StaffActor, on: LocalDate): Promise<void> {
    if (this.resting !== null) done(await this.of.useCases.track.end(actor, { journeyId: this.of.journeyId, track: this.resting, on }));
    this.resting = null;
  }

  /** What is in hand today in a file that is not at its panel yet: some checks in, some out, a report half written, a session ahead. */
  async leaveInHand(now: Date): Promise<void> {
    const { journey, file } = await this.read(now);
    if (!file || (journey.status !== 'open' && journey.status !== 'on_hold') || journey.panelOn !== null) return;
    const today = localDateOf(now);
    if (journey.stage1On === null) await this.recordSomeChecks(file, today, now);
    if (journey.stage2On === null) return;
    const weeks = Math.floor(daysBetween(journey.stage2On, today) / 7);
    await this.holdSessions(file, journey.stage2On, addDays(today, -1));
    await writeSections(this.of.tx, journey.id, WORDS, Math.min(WORDS.length - 2, weeks), { at: now, by: this.of.worker.staffId });
    this.of.clock.set(now);
    const next = addDays(today, 4 + (this.of.number % 6));
    done(await this.of.useCases.stage2.plan(this.of.worker, { journeyId: journey.id, session: { kind: 'session', startsAt: momentAt(next, TEN), minutes: 90, place: 'At home', subject: SUBJECTS[weeks % SUBJECTS.length] ?? SUBJECTS[0] } }));
  }

  /** Every check is in shortly before; then the outcome and its letter, or the refusal with what is in. */
  private async decideStage1(actor: StaffActor, { on, outcome }: Extract<FileDeed, { kind: 'stage_1' }>): Promise<Done> {
    const { useCases, journeyId, number, clock } = this.of;
    const moment = clock.now();
    const { file } = await this.read(moment);
    if (!file) throw new FileRefused('A family has passed stage 1 without a file');
    const asked = minDate(addDays(file.assessment.stage1StartedOn, 2), on);
    const complete = maxDate(asked, addDays(on, -(1 + (number % 8))));
    const spread = Math.max(1, daysBetween(asked, complete));
    const all = file.checks.filter((check) => check.outcome === null && check.noLongerNeededOn === null);
    const came = outcome === 'go_on' ? all : all.filter((_, index) => index % 3 !== 0);
    const [last, ...others] = came;
    await writePastChecks(this.of.tx, journeyId, others.map((check, index) => {
      const cameOn = addDays(asked, Math.floor((spread * ((index * 7) % others.length)) / others.length));
      return { check, askedOn: asked, cameOn, validUntil: validUntil(check.definition, cameOn) };
    }));
    // With the last check of all the file knows that it is complete, which starts the clock of the outcome.
    if (last && outcome === 'go_on') await this.passCheck(last, asked, complete);
    clock.set(moment);
    const decided = await useCases.stage1.run(actor, { journeyId, on, outcome, reasons: outcome === 'refused' ? 'A reference and the medical adviser’s advice stand against it.' : null });
    return decided.ok ? this.write(outcome === 'go_on' ? 'stage_1_go_on' : 'stage_1_refused') : decided;
  }

  /** A letter as it is drafted, by mail where all have an address, else by post; the file notes that it went. */
  private async write(code: LetterCode): Promise<Done> {
    const { transactions, useCases, worker, clock, journeyId } = this.of;
    const { draft, reference } = await transactions.run(worker, async (tx) => {
      const journey = await loadJourney(tx, journeyId);
      return { reference: journey?.reference ?? '', draft: journey && (await draftLetter(tx, worker, journey, code, localDateOf(clock.now()))) };
    });
    if (!draft) throw new FileRefused(`There is no wording for the letter ${code}`);
    const way = draft.recipients.every(({ email }) => email !== null) ? 'email' : 'post';
    const sent = await useCases.sendLetter.run(worker, { ...draft, reference, way, sentKey: newId(), checkId: null });
    if (!sent.ok) throw new FileRefused(letterRefusalInWords(sent.refusal));
    if (!sent.value.noted) throw new FileRefused(`The letter ${code} was sent, and its file did not note it`);
    return ok();
  }

  /** The report is finished and shared, papers go out in time, and the panel of that day recommends. */
  private async consider(actor: StaffActor, { on, recommendation }: Extract<FileDeed, { kind: 'panel' }>): Promise<Done> {
    const { useCases, clock, journeyId, team, council, worker, tx } = this.of;
    const moment = clock.now();
    const { journey, file } = await this.read(moment);
    if (!file) throw new FileRefused('A family comes before a panel without a file');
    const before = addDays(on, -DAYS_OF_PAPERS);
    if (file.assessment.stage2EndedOn === null) {
      const ended = maxDate(before, journey.stage2On ?? before);
      await this.holdSessions(file, journey.stage2On ?? before, ended);
      clock.set(momentAt(ended, NOON));
      await writeSections(tx, journeyId, WORDS, WORDS.length, { at: clock.now(), by: worker.staffId });
      done(await useCases.stage2.share(worker, { journeyId, brief: false }));
      done(await useCases.stage2.end(worker, { journeyId, on: ended, brief: false }));
    }
    clock.set(momentAt(before, NOON));
    const panelId = done<string>(await useCases.arrangePanel.run(actor, { authority: council, meetsAt: momentAt(on, TEN), place: 'County offices' }));
    for (const [index, { staffId }] of team.panelMembers.entries()) done(await useCases.arrangePanel.seat(actor, panelId, staffId, index === 0 ? 'chair' : 'independent'));
    done(await useCases.panel.putOnAgenda(actor, { journeyId, panelId }));
    done(await useCases.panel.sendPapers(actor, { journeyId, panelId }));
    clock.set(moment);
    this.panelId = panelId;
    done(await useCases.arrangePanel.attendance(actor, panelId, team.panelMembers.map(({ staffId }) => staffId)));
    return useCases.panel.recommend(actor, { journeyId, panelId, recommendation, reasons: REASONS[recommendation] });
  }

  private async passCheck(check: ListedCheck, askedOn: LocalDate, cameOn: LocalDate): Promise<void> {
    const { useCases, clock, journeyId, worker } = this.of;
    const request = { journeyId, checkId: check.id };
    clock.set(momentAt(askedOn, NOON));
    done(await useCases.checks.request(worker, { ...request, on: askedOn, thirdParty: check.definition.aboutThirdParty ? 'Known to the social worker' : null }));
    clock.set(momentAt(cameOn, NOON));
    done(await useCases.checks.receive(worker, { ...request, on: cameOn }));
    done(await useCases.checks.decide(worker, { ...request, on: cameOn, outcome: 'satisfactory', note: null }));
  }

  private async holdSessions({ applicants }: AssessmentFile, began: LocalDate, until: LocalDate): Promise<void> {
    const past: PastSession[] = [
      { kind: 'skills_to_foster' as const, on: minDate(addDays(began, 10), until), subject: 'Skills to Foster', minutes: 360 },
      ...SUBJECTS.map((subject, index) => ({ kind: 'session' as const, on: addDays(began, 6 + 11 * index), subject, minutes: 90 })),
      { kind: 'midway_review' as const, on: addDays(began, 35), subject: 'Half way: how it goes', minutes: 60 },
    ];
    await writePastSessions(this.of.tx, this.of.journeyId, applicants.map(({ id }) => id), past.map((session) => ({ ...session, on: onAWeekday(session.on, until) })).filter(({ on }) => on >= began && on <= until));
  }

  /** Through the use cases that people press: some in, some out, some out for long, some not asked for. */
  private async recordSomeChecks({ checks, assessment }: AssessmentFile, today: LocalDate, now: Date): Promise<void> {
    const { useCases, journeyId, number, worker } = this.of;
    const asked = minDate(addDays(assessment.applicationOn, 2), today);
    const at = async (on: LocalDate, work: (on: LocalDate) => Promise<Done>): Promise<void> => {
      this.of.clock.set(on >= today ? now : momentAt(on, NOON));
      done(await work(minDate(on, today)));
    };
    for (const [index, check] of checks.entries()) {
      const request = { journeyId, checkId: check.id };
      const state = (['done', 'done', 'out', 'in', 'done', 'to_ask'] as const)[(index + number) % 6];
      if (state === 'to_ask') continue;
      await at(asked, (on) => useCases.checks.request(worker, { ...request, on, thirdParty: check.definition.aboutThirdParty ? 'Known to the social worker' : null }));
      if (state === 'out') continue;
      const came = minDate(today, addDays(asked, 5 + ((index * 3) % 20)));
      const certificate = check.definition.destroyDetails ? { number: `0012345678${String(index % 100).padStart(2, '0')}`, issuedOn: came, disclosed: null } : undefined;
      await at(came, (on) => useCases.checks.receive(worker, { ...request, on, ...(certificate ? { certificate } : {}) }));
      if (state === 'done') await at(came, (on) => useCases.checks.decide(worker, { ...request, on, outcome: 'satisfactory', note: null, validUntil: null }));
    }
  }

  private async read(now: Date): Promise<{ readonly journey: Journey; readonly file: AssessmentFile | null }> {
    return this.of.transactions.run(NARRATOR, async (tx) => {
      const journey = await loadJourney(tx, this.of.journeyId);
      if (!journey) throw new FileRefused('A made-up family is gone');
      return { journey, file: await assessmentFile(tx, journey, now) };
    });
  }
}

/** The day itself, or the Monday after a weekend when it comes in time. */
function onAWeekday(on: LocalDate, until: LocalDate): LocalDate {
  const monday = addDays(on, Math.max(0, 8 - isoWeekday(on)) % 7);
  return isoWeekday(on) <= 5 || monday > until ? on : monday;
}

/** What a use case answered; throws FileRefused, in words, when it refused. */
export function done<T>(result: Result<T, { readonly blockers: readonly AnyBlocker[] }>): T {
  if (!result.ok) throw new FileRefused(result.refusal.blockers.map(anyBlockerInWords).join(' '));
  return result.value;
}
