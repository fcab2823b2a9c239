import type { ChangingActor, JourneyRequest } from '@app/journeys';
import { insertRows } from '@app/database';
import { actorName } from '@app/database';
import { queueEmail } from '@app/notifications';
import { type LocalDate, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { checksOf, type CheckStep, recordCheckStep, syncChecklist } from '../persistence/checklist-record';
import { checkTypes, rulesInForce } from '../persistence/rules-in-force';
import type { CheckType } from '../rules/checklist';
import { type CheckOutcome, validUntil } from '../rules/checks';
import { AssessmentChanges, type AnyBlocker, type AssessmentRefusal, type FileContext } from './assessment-changes';
import { noteInformationComplete } from './decide-stage-1';

interface CheckRequest extends JourneyRequest {
  readonly checkId: string;
  /** The local date on which it happened, today or earlier. */
  readonly on: LocalDate;
}

/** A reminder as its sender wants it to go out. */
export interface ChaserToSend {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

type StoredCheck = Awaited<ReturnType<typeof checksOf>>[number];

/** Records what happens to a check: asked for, sent, chased, come in, decided. Each step is kept with its date and who recorded it. */
@Injectable()
export class RecordCheck {
  constructor(private readonly changes: AssessmentChanges) {}

  /** Asked for; with `thirdParty` for checks that somebody else answers. */
  request(actor: ChangingActor, request: CheckRequest & { readonly thirdParty?: string | null; readonly thirdPartyEmail?: string | null }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.step(actor, request, 'requested', (check) => (check.receivedOn ? 'already_received' : null), () => ({
      requested_on: request.on,
      ...(request.thirdParty === undefined ? {} : { third_party: request.thirdParty }),
      ...(request.thirdPartyEmail === undefined ? {} : { third_party_email: request.thirdPartyEmail }),
    }));
  }

  /** The form or letter went out. */
  send(actor: ChangingActor, request: CheckRequest): Promise<Result<undefined, AssessmentRefusal>> {
    return this.step(actor, request, 'sent', (check) => (check.requestedOn === null ? 'not_requested' : check.receivedOn ? 'already_received' : null), () => ({ sent_on: request.on }));
  }

  /** Somebody was reminded: by the email that goes out with it, or in another way. */
  chase(actor: ChangingActor, request: CheckRequest & { readonly email?: ChaserToSend }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.step(
      actor,
      request,
      'chased',
      (check) => (check.requestedOn === null ? 'not_requested' : check.receivedOn ? 'already_received' : null),
      (check) => ({ chased_on: request.on, chases: check.chases + 1 }),
      async ({ tx, journey, now }) => {
        if (request.email) await queueEmail(tx, { kind: 'check_chaser', ...request.email, journeyId: journey.id, demonstration: journey.demonstration, now });
      },
    );
  }

  /** It came in; the details of a certificate are kept apart until the decision. */
  receive(actor: ChangingActor, request: CheckRequest & { readonly certificate?: { readonly number: string | null; readonly issuedOn: LocalDate | null; readonly disclosed: string | null } }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.step(actor, request, 'received', (check) => (check.requestedOn === null ? 'not_requested' : check.receivedOn ? 'already_received' : null), (_check, type) => ({ received_on: request.on, valid_until: validUntil(type, request.on) }), async ({ tx, actor: by, now, journey }, type) => {
      if (!request.certificate || !type.destroyDetails) return;
      const { number, issuedOn, disclosed } = request.certificate;
      // A check that ran out and is done again has a newer certificate: it takes the place of the older one.
      await tx.query('DELETE FROM certificate_details WHERE check_id = $1', [request.checkId]);
      if (number === null && issuedOn === null && disclosed === null) return;
      await insertRows(tx, 'certificate_details', [{ check_id: request.checkId, journey_id: journey.id, number, issued_on: issuedOn, disclosed, recorded_at: now, recorded_by: actorName(by) }]);
    });
  }

  /** What it says, or why it is not needed or cannot be had. When it was the last, the clock of the stage 1 outcome starts. */
  decide(actor: ChangingActor, request: CheckRequest & { readonly outcome: CheckOutcome; readonly note: string | null; readonly validUntil?: LocalDate | null }): Promise<Result<undefined, AssessmentRefusal>> {
    const needsNote = request.outcome !== 'satisfactory' && !request.note?.trim();
    const needsReceipt = request.outcome === 'satisfactory' || request.outcome === 'concern';
    return this.step(
      actor,
      request,
      'decided',
      (check) => (needsNote ? 'note_needed' : check.outcome !== null ? 'already_decided' : needsReceipt && check.receivedOn === null ? 'not_received' : null),
      () => ({ outcome: request.outcome, outcome_on: request.on, note: request.note, ...(request.validUntil === undefined ? {} : { valid_until: request.validUntil }) }),
      noteInformationComplete,
      request.outcome,
    );
  }

  /** Takes an outcome back that was recorded by mistake, or a check that ran out and is done again: it starts anew. */
  reopen(actor: ChangingActor, request: CheckRequest & { readonly note: string }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.step(actor, request, 'added', () => null, () => ({ requested_on: null, sent_on: null, chased_on: null, chases: 0, received_on: null, outcome: null, outcome_on: null, valid_until: null, note: request.note }), noteInformationComplete);
  }

  private step(
    actor: ChangingActor,
    request: CheckRequest,
    step: CheckStep,
    refuse: (check: StoredCheck) => Extract<AnyBlocker, { kind: 'check_order' }>['why'] | null,
    columns: (check: StoredCheck, type: CheckType) => Readonly<Record<string, unknown>>,
    also: (context: FileContext, type: CheckType) => Promise<unknown> = () => Promise.resolve(),
    outcome: string | null = null,
  ): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'assessments.work', `check.${step}`, async (context) => {
      const { tx, journey, now, today } = context;
      const check = (await checksOf(tx, journey.id)).find(({ id }) => id === request.checkId);
      const types = await checkTypes(tx, await rulesInForce(tx, journey.authority, today), today);
      const type = check && types.find(({ code }) => code === check.type);
      if (!check || !type) return [{ kind: 'not_found' }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (check.noLongerNeededOn !== null) return [{ kind: 'check_order', why: 'no_longer_needed' }];
      const why = refuse(check);
      if (why) return [{ kind: 'check_order', why }];
      const earliest = step === 'added' ? null : check.requestedOn;
      if (earliest && request.on < earliest) return [{ kind: 'earlier_than', what: 'the day on which it was asked for', on: earliest }];
      const written = columns(check, type);
      const names = Object.keys(written);
      await tx.query(`UPDATE checks SET ${names.map((name, index) => `${name} = $${String(index + 2)}`).join(', ')}, version = version + 1 WHERE id = $1`, [check.id, ...names.map((name) => written[name])]);
      await recordCheckStep(tx, actor, now, { id: check.id, journeyId: journey.id }, step, request.on, outcome);
      await also(context, type);
      return undefined;
    });
  }
}

/** What the checklist needs to know of a person, besides what the household tells. */
export interface PersonFacts {
  readonly bornOn: LocalDate | null;
  readonly inUkSinceOn: LocalDate | null;
  readonly employer: string | null;
  readonly formerPartner: boolean | null;
  readonly school: string | null;
  readonly previousService: string | null;
  readonly previousServiceEndedOn: LocalDate | null;
}

/** Records facts about somebody in the household; the checklist follows. */
@Injectable()
export class DescribePerson {
  constructor(private readonly changes: AssessmentChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly personId: string; readonly facts: PersonFacts }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.person', async (context) => {
      const { tx, journey, now } = context;
      const { facts } = request;
      await tx.query(
        `INSERT INTO assessed_people (journey_id, person_id, born_on, in_uk_since_on, employer, former_partner, school, previous_service, previous_service_ended_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (journey_id, person_id) DO UPDATE SET born_on = excluded.born_on, in_uk_since_on = excluded.in_uk_since_on, employer = excluded.employer, former_partner = excluded.former_partner,
           school = excluded.school, previous_service = excluded.previous_service, previous_service_ended_on = excluded.previous_service_ended_on`,
        [journey.id, request.personId, facts.bornOn, facts.inUkSinceOn, facts.employer, facts.formerPartner, facts.school, facts.previousService, facts.previousServiceEndedOn],
      );
      await syncChecklist(tx, actor, now, journey);
      await noteInformationComplete(context);
      return undefined;
    });
  }
}
