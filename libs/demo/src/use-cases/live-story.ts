import type { StaffActor } from '@app/access';
import { type Council, isCouncil } from '@app/authorities';
import { rows, system } from '@app/database';
import type { ReceivedEnquiry } from '@app/enquiries';
import { journeyByReference } from '@app/journeys';
import { localDateOf, MovableClock, type Result } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { LifeOfAFile } from '../assessments/life-of-a-file';
import { LifeAsCarer } from '../carers/life-as-carer';
import { TransactionsInOne } from '../persistence/transactions-in-one';
import type { CarerDeed, Deed, FileDeed, Step, Story } from '../rules/story';
import { type Company, playerOf } from './company';
import { useCasesOnOneClock } from './use-cases-on-one-clock';

/** A story that the system would not let happen: the rules have changed since it was written. */
export class StoryRefused extends Error {
  constructor(story: Story, step: Step, refusal: unknown) {
    super(`${story.name}: ${step.deed.kind} at ${step.at.toISOString()} was refused: ${JSON.stringify(refusal)}`);
  }
}

/** What a story is lived with. */
export interface Living {
  readonly company: Company;
  readonly publicUrl: string;
  /** The key that its first contact leaves, by which a story that was lived is known. */
  readonly key: string;
  /** Alerts are sent up to this moment. */
  readonly now: Date;
}

const NARRATOR = system('demonstration');

/** The steps of a story up to now, each through the use case of the system that people use, at its own time. Throws StoryRefused. */
export async function liveStory(tx: EntityManager, story: Story, living: Living): Promise<void> {
  await new LifeOfAFamily(tx, story, living).live();
}

interface KnownJourney {
  readonly id: string;
  readonly householdId: string;
}

/** One household while its story is lived: the use cases on one clock, and what became of what they did. */
class LifeOfAFamily {
  private readonly clock = new MovableClock(new Date(0));
  private readonly transactions: TransactionsInOne;
  private readonly useCases: ReturnType<typeof useCasesOnOneClock>;
  private reference = '';
  private journey: KnownJourney | null = null;
  private unnoticed: KnownJourney | null = null;
  private council: Council | null = null;
  private enquiries = 0;
  private file: LifeOfAFile | null = null;
  private readonly carer: LifeAsCarer;
  private alerts: { readonly id: string; readonly dueAt: Date }[] = [];

  constructor(
    private readonly tx: EntityManager,
    private readonly story: Story,
    private readonly living: Living,
  ) {
    this.transactions = new TransactionsInOne(tx);
    this.useCases = useCasesOnOneClock(this.transactions, this.clock, living.publicUrl);
    this.carer = new LifeAsCarer(tx, this.useCases);
  }

  async live(): Promise<void> {
    for (const step of this.story.steps) {
      await this.sendAlertsUntil(step.at);
      this.clock.set(step.at);
      await this.act(step);
      if (PLANS_ALERTS.includes(step.deed.kind) || (this.alerts.length > 0 && ENDS_ALERTS.includes(step.deed.kind))) await this.lookForAlerts();
      if (WRITES_MAIL.includes(step.deed.kind)) await this.useCases.deliverEmail.keepForMailbox();
    }
    await this.sendAlertsUntil(this.living.now);
    await this.file?.leaveInHand(this.living.now);
  }

  private async act(step: Step): Promise<void> {
    const { by, deed } = step;
    const actor = by === 'family' ? null : playerOf(this.living.company, this.story, by, this.council);
    if (deed.kind === 'enquire') return this.enquire(step, deed, actor);
    if (!actor) throw new Error(`${this.story.name}: a family does nothing but enquire`);
    const outcome = deed.kind === 'screen' ? await this.screen(actor, deed.letIn) : await this.change(actor, deed);
    if (!outcome.ok) throw new StoryRefused(this.story, step, outcome.refusal);
  }

  private async enquire(step: Step, deed: Extract<Deed, { kind: 'enquire' }>, officer: StaffActor | null): Promise<void> {
    this.enquiries += 1;
    const enquiry: ReceivedEnquiry & { readonly idempotencyKey: string } = {
      channel: deed.channel,
      source: deed.source,
      receivedAt: deed.receivedAt,
      applicants: deed.applicants,
      postcode: deed.postcode,
      askedForAuthority: deed.asksFor,
      spareRoom: deed.home.spareRooms === null ? null : 'yes',
      fostersNow: deed.home.fostersNow,
      interests: deed.home.interests,
      message: deed.message,
      marketingConsent: deed.marketingConsent,
      suspicions: deed.suspicions,
      idempotencyKey: this.enquiries === 1 ? this.living.key : `${this.living.key}-${String(this.enquiries)}`,
      demonstration: true,
      ...(deed.household === 'known' && this.journey ? { sameHouseholdAs: this.journey.householdId } : {}),
      ...(deed.spokenTo && officer ? { answeredAt: deed.receivedAt, officerId: officer.staffId } : {}),
    };
    const { reference } = officer ? await this.logged(step, officer, enquiry) : await this.useCases.receiveEnquiry.run({ kind: 'public', origin: { address: '203.0.113.7', requestId: this.story.name } }, enquiry);
    if (deed.household === 'unnoticed') this.unnoticed = await this.find(reference);
    else await this.settleOn(reference);
  }

  private async logged(step: Step, officer: StaffActor, enquiry: ReceivedEnquiry & { readonly idempotencyKey: string }): Promise<{ readonly reference: string }> {
    const logged = await this.useCases.logEnquiry.run(officer, enquiry);
    if (!logged.ok) throw new StoryRefused(this.story, step, logged.refusal);
    return logged.value;
  }

  private async screen(officer: StaffActor, letIn: boolean): Promise<Result<unknown, unknown>> {
    const [contact] = await this.transactions.run(NARRATOR, (tx) => rows<{ id: string }>(tx, 'SELECT id FROM contacts WHERE reference = $1', [this.reference]));
    const outcome = await this.useCases.screenContact[letIn ? 'release' : 'refuse'](officer, contact?.id ?? '');
    if (letIn) await this.settleOn(this.reference);
    return outcome;
  }

  private async change(actor: StaffActor, deed: Exclude<Deed, { kind: 'enquire' | 'screen' }>): Promise<Result<unknown, unknown>> {
    const { useCases } = this;
    if (!this.journey) throw new Error(`${this.story.name}: ${deed.kind} comes before the journey`);
    const journeyId = this.journey.id;
    if (isOfFile(deed)) return this.fileOf(journeyId).act(actor, deed);
    if (isOfCarer(deed)) return this.carer.act(actor, journeyId, deed, this.player('social_worker').staffId);
    switch (deed.kind) {
      case 'take':
        return useCases.assign.run(actor, { journeyId, officerId: actor.staffId });
      case 'hand_over':
        return useCases.assign.run(actor, { journeyId, socialWorkerId: this.player('social_worker').staffId, note: deed.note });
      case 'attempt':
        return useCases.logAttempt.run(actor, { journeyId, note: deed.note, nextContactOn: deed.next });
      case 'talk':
        return useCases.logConversation.run(actor, { journeyId, kind: deed.how, answers: deed.answers, note: deed.note, nextContactOn: deed.next });
      case 'note':
        return useCases.addNote.run(actor, { journeyId, note: deed.text });
      case 'home':
        return useCases.editHome.run(actor, { journeyId, home: deed.home });
      case 'applicants':
        return useCases.editApplicants.run(actor, { journeyId, applicants: deed.applicants });
      case 'member':
        return useCases.editMembers.add(actor, { journeyId, member: deed.member });
      case 'reach':
        return this.reach(actor, journeyId, deed);
      case 'correct':
        return useCases.correct.run(actor, { journeyId, what: deed.milestone, to: deed.to, reason: deed.reason });
      case 'hold':
        await this.file?.rest(actor, localDateOf(this.clock.now()), deed.reason);
        return useCases.hold.run(actor, { journeyId, until: deed.until, reason: deed.reason });
      case 'resume': {
        const resumed = await useCases.resume.run(actor, { journeyId });
        await this.file?.goOn(actor, localDateOf(this.clock.now()));
        return resumed;
      }
      case 'close':
        return useCases.close.run(actor, { journeyId, on: deed.on, by: deed.by, reason: deed.reason, ...(deed.note === null ? {} : { note: deed.note }) });
      case 'reopen':
        return useCases.reopen.run(actor, { journeyId, reason: deed.reason });
      case 'route':
        this.council = isCouncil(deed.authority) ? deed.authority : null;
        return useCases.route.run(actor, { journeyId, authority: deed.authority, reason: deed.reason });
      case 'merge':
        return useCases.merge.run(actor, { journeyId, otherId: this.unnoticed?.id ?? '' });
      case 'kinship':
        return useCases.markKinship.run(actor, { journeyId, kinship: true, reason: deed.reason });
      case 'safeguarding':
        return useCases.markSafeguarding.run(actor, { journeyId, concern: deed.concern, note: deed.note });
    }
  }

  private async reach(actor: StaffActor, journeyId: string, { milestone, on }: Extract<Deed, { kind: 'reach' }>): Promise<Result<unknown, unknown>> {
    const moved = await this.useCases.move.run(actor, { journeyId, milestone, on });
    if (moved.ok && milestone === 'application') await this.fileOf(journeyId).open();
    return moved;
  }

  /** The file of the journey that is lived; a family that comes back has another. */
  private fileOf(journeyId: string): LifeOfAFile {
    if (this.file?.isOf(journeyId)) return this.file;
    if (!this.council) throw new Error(`${this.story.name} is assessed before the family has a council`);
    const { tx, transactions, clock, useCases, council, story } = this;
    this.file = new LifeOfAFile({ tx, transactions, clock, useCases, council, journeyId, team: this.living.company.of[council], worker: this.player('social_worker'), number: numberOf(story.name) });
    return this.file;
  }

  private player(by: 'social_worker'): StaffActor {
    return playerOf(this.living.company, this.story, by, this.council);
  }

  /** From now on the story is about the journey that a reference names; a contact that is held aside has none yet. */
  private async settleOn(reference: string): Promise<void> {
    this.reference = reference;
    this.journey = await this.find(reference);
  }

  private async find(reference: string): Promise<KnownJourney | null> {
    const found = await this.transactions.run(NARRATOR, (tx) => journeyByReference(tx, reference));
    if (found && !this.council) this.council = isCouncil(found.authority) ? found.authority : null;
    return found && { id: found.id, householdId: found.householdId };
  }

  private async lookForAlerts(): Promise<void> {
    const journeys = [this.journey?.id, this.unnoticed?.id].filter((id) => id !== undefined);
    this.alerts = await this.transactions.run(NARRATOR, (tx) =>
      rows(tx, `SELECT a.id, a.due_at AS "dueAt" FROM alerts a JOIN clocks c ON c.id = a.clock_id WHERE a.journey_id = ANY ($1) AND a.state = 'planned' AND c.state = 'running' ORDER BY a.due_at`, [journeys]),
    );
  }

  /** What the worker does unasked: each alert at its due time, if there is still a reason for it, and its mail into the mailbox. */
  private async sendAlertsUntil(moment: Date): Promise<void> {
    const due = this.alerts.filter(({ dueAt }) => dueAt <= moment);
    if (due.length === 0) return;
    this.alerts = this.alerts.filter(({ dueAt }) => dueAt > moment);
    for (const { id, dueAt } of due) {
      if (dueAt > this.clock.now()) this.clock.set(dueAt);
      await this.useCases.sendAlert.run(id);
      await this.useCases.deliverEmail.keepForMailbox();
    }
  }
}

const OF_FILE: readonly Deed['kind'][] = ['stage_1', 'stage_2', 'panel', 'agree_minutes', 'approve', 'determine', 'represent', 'review_papers', 'review_answer', 'uphold', 'lapse', 'told'] satisfies readonly FileDeed['kind'][];
const OF_CARER: readonly Deed['kind'][] = ['register', 'train', 'place', 'end_placement', 'hold_review', 'stop_taking', 'leave_fostering'] satisfies readonly CarerDeed['kind'][];
const isOfFile = (deed: Deed): deed is FileDeed => OF_FILE.includes(deed.kind);
const isOfCarer = (deed: Deed): deed is CarerDeed => OF_CARER.includes(deed.kind);
/** A number that is the same for the same words. */
const numberOf = (words: string): number => [...words].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);

const PLANS_ALERTS: readonly Deed['kind'][] = ['enquire', 'screen', 'resume', 'reopen', 'reach', ...OF_FILE];
const ENDS_ALERTS: readonly Deed['kind'][] = ['talk', 'close', 'hold', 'merge'];
const WRITES_MAIL: readonly Deed['kind'][] = ['enquire', 'screen', 'hand_over', 'stage_1', 'told'];
