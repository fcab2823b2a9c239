import { type Action, may, type StaffActor } from '@app/access';
import { type AssessmentFile, BRIEF_REPORT_SECTIONS, type Decision, isWithTheReview, type PanelOfCase } from '@app/assessments';
import type { Journey } from '@app/journeys';
import { dateInWords, type LocalDate } from '@app/kernel';
import { type LetterCode, letterOfDecision, maySend } from '@app/letters';
import { countOf } from '../../platform/words';
import { newLetterPath } from '../letters/paths';
import { assessmentPath, panelPath } from '../paths';

/** Something that can be done in a file, as a link. */
export interface FileAction {
  readonly text: string;
  readonly href: string;
}

interface Possible {
  readonly text: string;
  readonly step: string;
  readonly action: Action;
  readonly when: boolean;
}

/** The panel that a family is on its way to or through; null when there is none, or it deferred. */
export function panelAhead({ panels }: Pick<AssessmentFile, 'panels'>): PanelOfCase | null {
  const last = panels.filter(({ withdrawnAt }) => withdrawnAt === null).at(-1) ?? null;
  return last?.recommendation === 'defer' && last.minutesAgreedOn !== null ? null : last;
}

/** Where a family stands whose determination the panel considers again, because it answered the service: not begun, under way, or done. */
function consideredAgain(file: Pick<AssessmentFile, 'panels' | 'representation' | 'rules'>): 'to_begin' | 'under_way' | 'done' | null {
  const { representation, panels, rules } = file;
  if (representation?.way !== 'service' || !rules.panelNeeded) return null;
  const last = panels.filter(({ withdrawnAt }) => withdrawnAt === null).at(-1);
  if (!last || last.meetsOn <= representation.receivedOn) return 'to_begin';
  return last.minutesAgreedOn !== null && last.recommendation !== 'defer' ? 'done' : 'under_way';
}

function possible(journey: Journey, file: AssessmentFile, today: LocalDate): readonly Possible[] {
  const { assessment, decisions, representation, rules } = file;
  const running = journey.status === 'open';
  const panel = panelAhead(file);
  const reported = assessment.stage2EndedOn !== null && assessment.stage1Outcome === 'go_on';
  const received = panel ? panel.minutesAgreedOn !== null && panel.recommendation !== null && panel.recommendation !== 'defer' : reported && !rules.panelNeeded;
  const determination = decisions.find(({ kind }) => kind === 'qualifying_determination');
  const final = decisions.find(({ kind }) => kind !== 'qualifying_determination');
  const last = decisions.at(-1);
  const again = consideredAgain(file);
  const undecided = running && !final && !isWithTheReview(representation) && again !== 'under_way';
  const letterDue = assessment.stage1Outcome !== null && assessment.stage1LetterSentOn === null;
  const writing = running && assessment.stage2StartedOn !== null && assessment.stage2EndedOn === null;
  return [
    { text: 'Decide stage 1', step: 'stage-1-outcome', action: 'assessments.manage', when: running && assessment.stage1Outcome === null },
    { text: 'The stage 1 letter went another way', step: 'stage-1-letter', action: 'assessments.work', when: letterDue },
    { text: 'Correct the day of the stage 1 letter', step: 'stage-1-letter', action: 'assessments.work', when: assessment.stage1LetterSentOn !== null && running },
    { text: 'Start stage 2', step: 'stage-2-start', action: 'assessments.work', when: running && assessment.stage2StartedOn === null },
    { text: 'Change who assesses', step: 'assessor', action: 'assessments.manage', when: writing },
    { text: 'Plan a session', step: 'session-plan', action: 'assessments.work', when: writing },
    { text: 'Share the report with the applicants', step: 'report-share', action: 'assessments.work', when: writing && assessment.reportSharedAt === null },
    { text: 'Finish stage 2', step: 'stage-2-end', action: 'assessments.work', when: writing },
    { text: 'Take the report up again', step: 'stage-2-again', action: 'assessments.work', when: running && assessment.stage2EndedOn !== null && last === undefined && (panel === null || panel.recommendation === 'defer') },
    { text: 'Send an applicant the link to their own page', step: 'applicant-link', action: 'assessments.work', when: running },
    { text: 'Put on a panel’s agenda', step: 'agenda', action: 'panels.manage', when: running && reported && rules.panelNeeded && (panel === null || panel.recommendation === 'defer' || again === 'to_begin') },
    { text: 'Send the papers to the panel', step: `papers/${panel?.panelId ?? ''}`, action: 'panels.manage', when: running && panel !== null && panel.papersSentOn === null },
    { text: 'Record what the panel recommends', step: `recommendation/${panel?.panelId ?? ''}`, action: 'panels.manage', when: running && panel !== null && panel.papersSentOn !== null && panel.meetsOn <= today && panel.minutesAgreedOn === null },
    { text: 'Take off the agenda', step: `withdraw/${panel?.panelId ?? ''}`, action: 'panels.manage', when: running && panel !== null && panel.recommendation === null },
    { text: 'Approve, with terms', step: 'approve', action: 'decisions.make', when: running && !final && again !== 'under_way' && (received || determination !== undefined) },
    { text: 'Qualifying determination', step: 'determine', action: 'decisions.make', when: running && !final && received && !determination },
    { text: 'Uphold the determination', step: 'uphold', action: 'decisions.make', when: undecided && determination !== undefined && representation !== null },
    { text: 'The family answered the determination', step: 'represent', action: 'panels.manage', when: running && determination !== undefined && representation === null },
    { text: 'The 28 days are over', step: 'lapse', action: 'panels.manage', when: running && determination !== undefined && representation === null },
    { text: 'Papers to the Independent Review Mechanism', step: 'review-papers', action: 'panels.manage', when: running && representation?.way === 'irm' && representation.papersSentOn === null },
    { text: 'What the review recommends', step: 'review-answer', action: 'panels.manage', when: running && isWithTheReview(representation) },
    { text: last?.toldOrallyOn && last.toldInWritingOn ? 'Correct the day on which they were told' : 'The family was told', step: 'told', action: 'assessments.read', when: last !== undefined },
    { text: 'Put a track on hold', step: 'hold', action: 'assessments.work', when: running && assessment.stage2EndedOn === null },
    { text: 'End a hold', step: 'resume', action: 'assessments.work', when: file.holds.some(({ until }) => until === null) },
  ];
}

/** What this actor can do in the file as it stands. */
export function fileActions(actor: StaffActor, journey: Journey, file: AssessmentFile, today: LocalDate): readonly FileAction[] {
  return possible(journey, file, today)
    .filter(({ when, action }) => when && may(actor, action, journey.authority))
    .map(({ text, step }) => ({ text, href: assessmentPath(journey.reference, step) }));
}

/** Where a letter of the file is written; null when this actor may not send it. */
const letterPathFor = (actor: StaffActor, journey: Journey, code: LetterCode): string | null => (maySend(actor, code, journey) ? newLetterPath(journey.reference, code) : null);

/** Where the letter on the outcome of stage 1 is written; null when it is not due, or not this actor's to send. */
export function stage1LetterPath(actor: StaffActor, journey: Journey, { assessment }: Pick<AssessmentFile, 'assessment'>): string | null {
  const { stage1Outcome, stage1LetterSentOn } = assessment;
  return stage1Outcome === null || stage1LetterSentOn !== null ? null : letterPathFor(actor, journey, stage1Outcome === 'refused' ? 'stage_1_refused' : 'stage_1_go_on');
}

/** Where the letter on a decision is written; null when the family was told in writing, or it is not this actor's to send. */
export const decisionLetterPath = (actor: StaffActor, journey: Journey, { kind, toldInWritingOn }: Decision): string | null => (toldInWritingOn === null ? letterPathFor(actor, journey, letterOfDecision(kind)) : null);

/** What the file needs next, in words. */
export function nextOfFile(actor: StaffActor, journey: Journey, file: AssessmentFile, today: LocalDate): { readonly words: string; readonly detail: string; readonly href: string | null } {
  const { assessment, missing, decisions, representation, rules, sections } = file;
  const panel = panelAhead(file);
  const last = decisions.at(-1);
  // Whoever may not take the step reads what it is, without a link that leads nowhere.
  const mine = new Set(fileActions(actor, journey, file, today).map(({ href }) => href));
  const to = (step: string): string | null => (mine.has(assessmentPath(journey.reference, step)) ? assessmentPath(journey.reference, step) : null);
  if (last && (last.toldOrallyOn === null || last.toldInWritingOn === null)) {
    const detail = `The decision of ${dateInWords(last.decidedOn)} is to be told orally within 2 and in writing within 5 working days.`;
    return { words: 'Tell the family', detail, href: last.toldOrallyOn === null ? to('told') : decisionLetterPath(actor, journey, last) };
  }
  if (journey.status === 'approved') return { words: 'Approved', detail: 'This assessment is over.', href: null };
  if (assessment.stage1Outcome !== null && assessment.stage1LetterSentOn === null) return { words: 'Send the stage 1 letter', detail: 'The clock of the outcome ends when it is sent.', href: stage1LetterPath(actor, journey, file) };
  if (journey.status === 'closed') return { words: 'Closed', detail: 'This assessment is over.', href: null };
  if (last?.kind === 'qualifying_determination') {
    if (!representation) return { words: 'Wait for the family’s answer', detail: 'They have 28 calendar days from the determination, to the service or to the Independent Review Mechanism.', href: null };
    if (representation.way === 'irm' && representation.papersSentOn === null) return { words: 'Send the papers to the review', detail: `Due on ${dateInWords(representation.papersDueOn ?? today)}.`, href: to('review-papers') };
    if (isWithTheReview(representation)) return { words: 'Wait for the review’s answer', detail: 'The final decision takes it into account. Record what it recommends, or that it ended without a recommendation.', href: to('review-answer') };
    const again = consideredAgain(file);
    if (again === 'to_begin') return { words: 'Put on a panel’s agenda again', detail: 'The family answered the service: the panel considers the case again before the final decision.', href: to('agenda') };
    if (again === 'under_way') return { words: 'Wait for the panel', detail: 'It considers the case again. The decision maker’s 7 working days start with its agreed minutes.', href: panel && panelPath(panel.panelId) };
    return { words: 'Make the final decision', detail: again === 'done' ? 'The panel considered the representations.' : representation.endedWithout ? 'The review ended without a recommendation.' : representation.way === 'irm' ? 'The review has answered.' : 'The family made representations.', href: assessmentPath(journey.reference, undefined, 'decision') };
  }
  if (assessment.stage1Outcome === null) {
    if (missing.length === 0) return { words: 'Decide stage 1', detail: 'Every check is in.', href: to('stage-1-outcome') };
    return { words: `Complete the checks: ${countOf(missing.length, 'is missing', 'are missing')}`, detail: assessment.stage2StartedOn ? 'Stage 2 is under way beside them.' : 'Stage 2 may begin meanwhile.', href: assessmentPath(journey.reference, undefined, 'checks') };
  }
  if (assessment.stage2StartedOn === null) return { words: 'Start stage 2', detail: 'Stage 1 is passed.', href: to('stage-2-start') };
  if (assessment.stage2EndedOn === null) {
    const unready = sections.filter(({ code, state }) => state !== 'ready' && (!assessment.briefReport || BRIEF_REPORT_SECTIONS.includes(code))).length;
    if (unready > 0) return { words: 'Write the report', detail: `${countOf(unready, 'section is', 'sections are')} not ready.`, href: assessmentPath(journey.reference, undefined, 'stage-2') };
    return assessment.reportSharedAt === null ? { words: 'Share the report', detail: 'Every section is ready: the applicants read it and may comment.', href: to('report-share') } : { words: 'Finish stage 2', detail: 'The report is written and shared.', href: to('stage-2-end') };
  }
  if (panel === null || panel.recommendation === 'defer') return rules.panelNeeded ? { words: 'Put on a panel’s agenda', detail: 'The report is finished.', href: to('agenda') } : { words: 'Make the agency decision', detail: 'This council needs no panel.', href: assessmentPath(journey.reference, undefined, 'decision') };
  if (panel.papersSentOn === null) return { words: 'Send the papers to the panel', detail: `Due by ${dateInWords(panel.papersDueOn)}.`, href: to(`papers/${panel.panelId}`) };
  if (panel.recommendation === null) return { words: panel.meetsOn > today ? 'Wait for the panel' : 'Record what the panel recommends', detail: `It meets on ${dateInWords(panel.meetsOn)}.`, href: panelPath(panel.panelId) };
  if (panel.minutesAgreedOn === null) return { words: 'Agree the minutes', detail: 'The decision maker’s 7 working days start with them.', href: panelPath(panel.panelId, 'minutes') };
  return { words: 'Make the agency decision', detail: 'The recommendation and the minutes are in.', href: assessmentPath(journey.reference, undefined, 'decision') };
}
