import { meetClock, startClock, stopClocks } from '@app/deadlines';
import { type LocalDate, maxDate, type Result, startOfLocalDay } from '@app/kernel';
import { type ChangingActor, type JourneyRequest, recordClose, recordMilestone, moveBlockersOf } from '@app/journeys';
import { Injectable } from '@nestjs/common';
import { loadAssessment, updateAssessment } from '../persistence/assessment-record';
import { checksOf, householdToCheck } from '../persistence/checklist-record';
import { checkTypes, rulesInForce } from '../persistence/rules-in-force';
import { type MissingCheck, missingChecks } from '../rules/checks';
import { type AnyBlocker, AssessmentChanges, type AssessmentRefusal, type FileContext } from './assessment-changes';

/** Every check that is still missing in a file today. */
export async function missingInFile({ tx, journey, today, calendars }: Pick<FileContext, 'tx' | 'journey' | 'today' | 'calendars'>): Promise<readonly MissingCheck[]> {
  const types = new Map((await checkTypes(tx, await rulesInForce(tx, journey.authority, today), today)).map((type) => [type.code, type]));
  const { people } = await householdToCheck(tx, journey);
  return missingChecks(await checksOf(tx, journey.id), types, (check) => people.find(({ id }) => id === check.personId)?.name ?? '', today, calendars.working);
}

/**
 * Keeps the day on which the last of the stage 1 information was in. The clock of the outcome, ten working days, starts
 * on it; it stops and starts anew when something turns out to be missing after all.
 */
export async function noteInformationComplete(context: FileContext): Promise<void> {
  const { tx, journey, now, calendars } = context;
  const assessment = await loadAssessment(tx, journey.id);
  if (!assessment || assessment.stage1Outcome !== null) return;
  const missing = await missingInFile(context);
  if (missing.length > 0) {
    if (assessment.stage1InformationOn === null) return;
    await updateAssessment(tx, journey.id, { stage_1_information_on: null });
    await stopClocks(tx, journey.id, now, 'stage_1_outcome');
    return;
  }
  const days = (await checksOf(tx, journey.id)).filter(({ noLongerNeededOn }) => noLongerNeededOn === null).flatMap(({ outcome, receivedOn, outcomeOn }) => (outcome === 'satisfactory' || outcome === 'concern' ? [receivedOn] : [outcomeOn]));
  const last = days.reduce<LocalDate>((latest, day) => (day ? maxDate(latest, day) : latest), assessment.stage1StartedOn);
  if (last === assessment.stage1InformationOn) return;
  await stopClocks(tx, journey.id, now, 'stage_1_outcome');
  await updateAssessment(tx, journey.id, { stage_1_information_on: last });
  await startClock(tx, { journeyId: journey.id, rule: 'stage_1_outcome', startOn: last, authority: journey.authority, calendars });
}

export interface Stage1Decision extends JourneyRequest {
  readonly outcome: 'go_on' | 'refused';
  readonly on: LocalDate;
  /** For a refusal: written to the family. There is a complaint, no representations. */
  readonly reasons: string | null;
}

/**
 * Decides stage 1: to go on, once every check is in, or to refuse with reasons, which may come before all of them are.
 * A journey that was reopened after a refusal is decided anew.
 */
@Injectable()
export class DecideStage1 {
  constructor(private readonly changes: AssessmentChanges) {}

  run(actor: ChangingActor, request: Stage1Decision): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'assessments.manage', `assessment.stage_1_${request.outcome}`, async (context) => {
      const { tx, journey } = context;
      const blockers = await this.blockers(context, request);
      if (blockers.length > 0) return blockers;
      await updateAssessment(tx, journey.id, { stage_1_outcome: request.outcome, stage_1_decided_on: request.on, stage_1_reasons: request.reasons, stage_1_letter_sent_on: null });
      if (request.outcome === 'go_on') {
        await recordMilestone(context, 'stage_1', request.on);
      } else {
        await recordClose(context, { on: request.on, by: 'service', reason: 'stage_1_refused' });
      }
      return undefined;
    });
  }

  /** The outcome counts as given when its letter is sent: that is what the ten working days are for. */
  letterSent(actor: ChangingActor, request: JourneyRequest & { readonly on: LocalDate }): Promise<Result<undefined, AssessmentRefusal>> {
    return this.changes.change(actor, request, 'assessments.work', 'assessment.stage_1_letter', async ({ tx, journey, assessment, today }) => {
      if (assessment.stage1DecidedOn === null) return [{ kind: 'stage_1_not_decided' }];
      if (request.on > today) return [{ kind: 'future', on: request.on }];
      if (request.on < assessment.stage1DecidedOn) return [{ kind: 'earlier_than', what: 'the decision', on: assessment.stage1DecidedOn }];
      await updateAssessment(tx, journey.id, { stage_1_letter_sent_on: request.on });
      await meetClock(tx, journey.id, 'stage_1_outcome', startOfLocalDay(request.on));
      return undefined;
    }, 'any');
  }

  private async blockers(context: FileContext, request: Stage1Decision): Promise<readonly AnyBlocker[]> {
    const { assessment, today } = context;
    if (assessment.stage1DecidedOn !== null && assessment.stage1Outcome === 'go_on') return [{ kind: 'stage_1_decided', on: assessment.stage1DecidedOn }];
    if (request.on > today) return [{ kind: 'future', on: request.on }];
    if (request.on < assessment.stage1StartedOn) return [{ kind: 'earlier_than', what: 'the start of stage 1', on: assessment.stage1StartedOn }];
    if (request.outcome === 'refused') return request.reasons?.trim() ? [] : [{ kind: 'reasons_missing' }];
    const missing = await missingInFile(context);
    return [...missing.map((check) => ({ kind: 'check_missing', check }) as const), ...(await moveBlockersOf(context, 'stage_1', request.on))];
  }
}
