import { may, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import { AT_RISK_DAYS, type CaseloadFilters, type CaseloadRow, FILE_STEPS, type SocialWorkerLoad, STUCK_AFTER_DAYS, type WaitsFor } from '@app/assessments';
import { NEXT_STEPS, type WaitingFor } from '@app/journeys';
import { type LocalDate, shortDateInWords } from '@app/kernel';
import { count, countOf } from '../../platform/words';
import { daysLeftInWords } from '../assessments/tracks.presenter';
import { RULE_NAMES } from '../families/clocks.presenter';
import { momentNearby } from '../in-words';
import { assessmentPath, caseloadPath, familyFormPath, familyPath } from '../paths';
import { STAGE_NAMES } from '../stage-names';

/** What the address asks for. */
export interface CaseloadQuestion {
  readonly whose: 'me' | 'everyone' | 'nobody' | { readonly staffId: string };
  readonly only: 'stuck' | 'at_risk' | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the address: a social worker begins with their own families, a team manager with all. */
export function caseloadQuestion(actor: StaffActor, query: Readonly<Record<string, unknown>>): CaseloadQuestion {
  const { whose, only } = query;
  const begins = may(actor, 'assessments.manage') ? 'everyone' : 'me';
  return {
    whose: whose === 'me' || whose === 'everyone' || whose === 'nobody' ? whose : typeof whose === 'string' && UUID.test(whose) ? { staffId: whose } : begins,
    only: only === 'stuck' || only === 'at_risk' ? only : null,
  };
}

/** The question as the query asks it. */
export function filtersOf(actor: StaffActor, { whose, only }: CaseloadQuestion): CaseloadFilters {
  return {
    ...(whose === 'me' ? { socialWorkerId: actor.staffId } : typeof whose === 'object' ? { socialWorkerId: whose.staffId } : {}),
    ...(whose === 'nobody' ? { unassigned: true } : {}),
    ...(only === null ? {} : { only }),
  };
}

const WAITS_FOR: Readonly<Record<WaitingFor, string>> = { hub: 'the hub', authority: 'us', family: 'the family' };
const FILE_WAITS_FOR: Readonly<Record<WaitsFor, string>> = { us: 'us', those_asked: 'those who were asked', administrator: 'the panel administrator', panel: 'the panel', decision_maker: 'the decision maker', family: 'the family', review: 'the review' };
const addressOf = ({ whose, only }: CaseloadQuestion): string => caseloadPath({ whose: typeof whose === 'object' ? whose.staffId : whose, only: only ?? undefined });

/** The caseload as its page shows it. */
export function shownCaseload(actor: StaffActor, question: CaseloadQuestion, cases: readonly CaseloadRow[], loads: readonly SocialWorkerLoad[], now: Date, today: LocalDate) {
  const here = addressOf(question);
  const several = new Set(cases.map(({ authority }) => authority)).size > 1;
  const choice = (text: string, to: Partial<CaseloadQuestion>) => {
    const asked = { ...question, ...to };
    return { text, href: addressOf(asked), current: addressOf(asked) === here };
  };
  return {
    title: 'Caseload',
    whose: [choice('My families', { whose: 'me' }), choice('All of the team', { whose: 'everyone' }), choice('With nobody', { whose: 'nobody' })],
    only: [choice('All', { only: null }), choice('Stuck', { only: 'stuck' }), choice('At risk', { only: 'at_risk' })],
    explained: `Stuck: nothing happened for ${String(STUCK_AFTER_DAYS)} days. At risk: a clock is due within ${String(AT_RISK_DAYS)} days, or over.`,
    found: countOf(cases.length, 'family', 'families'),
    rows: cases.map((row) => shownCase(actor, row, here, several, now, today)),
    loads: loads.map(({ staffId, name, cases: carried, stuck, atRisk }) => ({ name: name ?? 'Nobody yet', href: caseloadPath({ whose: staffId ?? 'nobody' }), cases: count(carried), stuck: count(stuck), atRisk: count(atRisk) })),
  };
}

function shownCase(actor: StaffActor, row: CaseloadRow, here: string, several: boolean, now: Date, today: LocalDate) {
  const { reference, stage, clock, status, step, waitingFor, fileStep, panelOn, checksMissing, checksAgeing } = row;
  const inFile = fileStep && FILE_STEPS[fileStep];
  const inAssessment = stage !== 'home_visit';
  return {
    name: row.name,
    reference,
    href: inAssessment ? assessmentPath(reference) : familyPath(reference),
    where: several ? AUTHORITY_NAMES[row.authority] : null,
    clock: clock && { words: `${RULE_NAMES[clock.rule] ?? clock.rule}: ${daysLeftInWords(clock.dueOn, today)}`, on: shortDateInWords(clock.dueOn), late: clock.daysLeft < 0, soon: clock.daysLeft >= 0 && clock.daysLeft <= AT_RISK_DAYS },
    next: inFile?.words ?? (step ? NEXT_STEPS[step].words : ''),
    waits: inFile ? `${FILE_WAITS_FOR[inFile.waitsFor]}${fileStep === 'panel' && panelOn ? ` on ${shortDateInWords(panelOn)}` : ''}` : waitingFor ? WAITS_FOR[waitingFor] : '',
    checks: checksMissing === 0 || stage !== 'assessment' ? null : `${countOf(checksMissing, 'check', 'checks')} out${checksAgeing > 0 ? `, ${String(checksAgeing)} for over two weeks` : ''}`,
    stage: `${STAGE_NAMES[stage]}, ${countOf(row.daysInStage, 'day', 'days')}`,
    held: status === 'on_hold',
    stuck: row.stuck,
    last: momentNearby(row.lastActivityAt, now),
    worker: row.socialWorkerName ?? 'Nobody yet',
    assignHref: may(actor, 'journeys.assign', row.authority) ? familyFormPath(reference, 'assign', here) : null,
  };
}
