import { may, type StaffActor } from '@app/access';
import { type ApprovalTerms, type AssessmentFile, CARE_KIND_NAMES, type Decision, isWithTheReview, missingInWords, REPORT_SECTIONS } from '@app/assessments';
import type { FamilyPage, Journey } from '@app/journeys';
import { dateInWords, localDateOf, momentInWords, shortDateInWords } from '@app/kernel';
import { countOf, listInWords } from '../../platform/words';
import { RECOMMENDATION_WORDS } from '../decisions/decision-steps';
import { clocksInWords } from '../families/clocks.presenter';
import { familySummary } from '../families/family-summary';
import { documentsPath } from '../documents/paths';
import { lettersPath } from '../letters/paths';
import { assessmentPath, panelPath } from '../paths';
import { checklistGroups } from './checks.presenter';
import { decisionLetterPath, fileActions, nextOfFile, stage1LetterPath } from './file-actions';
import { SESSION_KIND_NAMES } from './steps/stage-2-steps';
import { DECISION_NAMES, tracksPicture } from './tracks.presenter';

const SECTION_STATES = { not_started: { text: 'Not started', tone: 'quiet' }, in_progress: { text: 'Begun', tone: 'wait' }, ready: { text: 'Ready', tone: 'good' } } as const;
const OF_AN_ASSESSMENT: ReadonlySet<string> = new Set(['turnaround', 'stage_1_outcome', 'recommendation', 'decision', 'told_orally', 'told_in_writing', 'representations', 'irm_papers']);

/** An assessment's file as its page shows it. */
export function shownFile(actor: StaffActor, family: FamilyPage, file: AssessmentFile, now: Date) {
  const { journey } = family;
  const { assessment } = file;
  const today = localDateOf(now);
  const canWork = may(actor, 'assessments.work', journey.authority);
  return {
    title: `Assessment of ${family.name}`,
    family: familySummary(family, now),
    documentsHref: documentsPath(journey.reference),
    lettersHref: lettersPath(journey.reference),
    next: nextOfFile(actor, journey, file, today),
    actions: fileActions(actor, journey, file, today),
    picture: tracksPicture(journey, file, today),
    clocks: clocksInWords(file.clocks.filter(({ rule }) => OF_AN_ASSESSMENT.has(rule)), now),
    holds: file.holds.map(({ track, from, until, reason }) => `${track === 'stage_1' ? 'Stage 1' : 'Stage 2'} ${until ? `rested from ${shortDateInWords(from)} to ${shortDateInWords(until)}` : `rests since ${shortDateInWords(from)}`}: ${reason}`),
    stage1: {
      words: stage1InWords(file),
      over: assessment.stage1Outcome !== null,
      letterHref: stage1LetterPath(actor, journey, file),
      missing: assessment.stage1Outcome === null ? file.missing.map(missingInWords) : [],
      groups: checklistGroups(journey, file, today, canWork),
    },
    stage2: stage2Of(family, file, now, canWork),
    panels: file.panels.map(({ panelId, meetsAt, place, papersDueOn, papersSentOn, recommendation, reasons, minutesAgreedOn, withdrawnAt }) => ({
      href: panelPath(panelId),
      when: momentInWords(meetsAt),
      words: [
        place,
        withdrawnAt ? 'taken off the agenda' : papersSentOn ? `papers sent on ${shortDateInWords(papersSentOn)}` : `papers due by ${shortDateInWords(papersDueOn)}`,
        recommendation && `recommends: ${RECOMMENDATION_WORDS[recommendation]}`,
        minutesAgreedOn && `minutes agreed on ${shortDateInWords(minutesAgreedOn)}`,
      ].filter(Boolean).join('; '),
      reasons,
    })),
    panelNeeded: file.rules.panelNeeded,
    decisions: file.decisions.map((decision) => shownDecision(actor, journey, decision)),
    representation: file.representation && {
      words: `${file.representation.way === 'irm' ? 'To the Independent Review Mechanism' : 'To the service'} on ${dateInWords(file.representation.receivedOn)}${file.representation.papersSentOn ? `; papers sent on ${dateInWords(file.representation.papersSentOn)}` : ''}.`,
      recommendation: file.representation.recommendation && `${file.representation.endedWithout ? 'It ended without a recommendation' : 'It recommends'}: ${file.representation.recommendation}`,
      again: isWithTheReview(file.representation) ? 'The final decision waits for its answer.' : null,
    },
  };
}

function stage1InWords({ assessment }: AssessmentFile): string {
  const { stage1StartedOn, stage1InformationOn, stage1Outcome, stage1DecidedOn, stage1LetterSentOn, stage1Reasons } = assessment;
  const parts = [`Began on ${dateInWords(stage1StartedOn)}.`];
  if (stage1Outcome === null) parts.push(stage1InformationOn ? `The last information was in on ${dateInWords(stage1InformationOn)}: the outcome is due ten working days later.` : 'The ten working days for the outcome start when the last information is in.');
  if (stage1Outcome !== null && stage1DecidedOn) parts.push(`${stage1Outcome === 'go_on' ? 'Passed' : 'Refused'} on ${dateInWords(stage1DecidedOn)}.`, stage1LetterSentOn ? `Letter sent on ${dateInWords(stage1LetterSentOn)}.` : 'The letter is not sent yet.');
  if (stage1Reasons) parts.push(`Reasons: ${stage1Reasons}`);
  return parts.join(' ');
}

function stage2Of({ journey }: FamilyPage, file: AssessmentFile, now: Date, canWork: boolean) {
  const { assessment, sections, sessions, applicants, comments, assessorName } = file;
  const open = canWork && journey.status === 'open' && assessment.stage2EndedOn === null;
  const nameOf = (id: string): string => applicants.find((applicant) => applicant.id === id)?.firstName ?? '';
  const trained = applicants.filter(({ id }) => sessions.some(({ kind, held, attended }) => kind === 'skills_to_foster' && held && attended.includes(id)));
  return {
    words: [
      assessment.stage2StartedOn ? `Began on ${dateInWords(assessment.stage2StartedOn)}.` : 'Has not begun.',
      assessorName && assessment.stage2StartedOn ? `${assessorName} assesses.` : null,
      assessment.stage2StartedOn ? `Skills to Foster: ${trained.length === applicants.length ? 'attended' : `${listInWords(applicants.filter((one) => !trained.includes(one)).map(({ firstName }) => firstName))} still to attend`}.` : null,
      assessment.reportSharedAt ? `Report shared with the applicants ${momentInWords(assessment.reportSharedAt)}.` : null,
      assessment.stage2EndedOn ? `${assessment.briefReport ? 'Brief report' : 'Report'} finished on ${dateInWords(assessment.stage2EndedOn)}.` : null,
    ].filter(Boolean).join(' '),
    sessions: sessions.map(({ id, kind, startsAt, minutes, place, subject, held, note, cancelledAt, attended }) => ({
      name: SESSION_KIND_NAMES[kind],
      subject: subject === SESSION_KIND_NAMES[kind] ? null : subject,
      when: momentInWords(startsAt),
      where: `${place}, ${countOf(minutes, 'minute', 'minutes')}`,
      state: cancelledAt ? 'Taken off' : held === true ? `Held${attended.length > 0 ? `; there: ${listInWords(attended.map(nameOf))}` : ''}` : held === false ? 'Did not take place' : startsAt > now ? 'Planned' : 'To be recorded',
      note,
      calendarHref: assessmentPath(journey.reference, `sessions/${id}/calendar.ics`),
      heldHref: open && cancelledAt === null ? assessmentPath(journey.reference, `session-held/${id}`) : null,
      cancelHref: open && cancelledAt === null && held === null ? assessmentPath(journey.reference, `session-cancel/${id}`) : null,
    })),
    sections: REPORT_SECTIONS.flatMap(({ code, name }) => {
      const section = sections.find((candidate) => candidate.code === code);
      return section ? [{ name, href: assessmentPath(journey.reference, `report/${code}`), tag: SECTION_STATES[section.state], saved: section.savedAt && `saved ${momentInWords(section.savedAt)}${section.savedByName ? ` by ${section.savedByName}` : ''}` }] : [];
    }),
    comments: comments.map(({ applicantName, body, madeAt }) => ({ title: applicantName, when: momentInWords(madeAt), body })),
  };
}

/** Terms of approval in a sentence. */
export function termsInWords({ children, ageFrom, ageTo, care, namedChild, aboveLimit }: ApprovalTerms): string {
  const why = aboveLimit === null ? '' : aboveLimit.kind === 'siblings' ? '; above the usual limit for siblings' : `; above the usual limit under an exemption by ${aboveLimit.authority} for ${listInWords(aboveLimit.children)}`;
  return `${countOf(children, 'child', 'children')} of ${String(ageFrom)} to ${String(ageTo)} years; ${listInWords(care.map((kind) => CARE_KIND_NAMES[kind].toLowerCase()))}${namedChild ? ` (${namedChild})` : ''}${why}.`;
}

function shownDecision(actor: StaffActor, journey: Journey, decision: Decision) {
  const { kind, decidedOn, dueOn, reasons, terms, toldOrallyOn, toldInWritingOn } = decision;
  return {
    letterHref: decisionLetterPath(actor, journey, decision),
    name: DECISION_NAMES[kind],
    rows: [
      { key: 'Decided', value: `${dateInWords(decidedOn)}${dueOn ? `; due by ${dateInWords(dueOn)}` : ''}` },
      ...(terms ? [{ key: 'Terms', value: termsInWords(terms) }] : []),
      { key: 'Reasons', value: reasons },
      ...(kind === 'lapse' ? [{ key: 'Told in writing', value: toldInWritingOn ? dateInWords(toldInWritingOn) : 'Not yet' }] : [{ key: 'Told orally', value: toldOrallyOn ? dateInWords(toldOrallyOn) : 'Not yet' }, { key: 'Told in writing', value: toldInWritingOn ? dateInWords(toldInWritingOn) : 'Not yet' }]),
    ],
  };
}
