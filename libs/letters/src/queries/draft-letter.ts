import { may, type StaffActor } from '@app/access';
import { authorityDetails } from '@app/authorities';
import { checkTypes, decisionsOf, loadAssessment, rulesInForce } from '@app/assessments';
import { rows } from '@app/database';
import { clocksOf } from '@app/deadlines';
import { type Applicant, applicantsOf, type Journey } from '@app/journeys';
import { dateInWords, type LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { DECISIONS_TOLD, LETTERS, type LetterCode } from '../rules/letter-codes';
import { termsInWords } from '../rules/terms-in-words';
import { type Facts, filled } from '../rules/wording';
import type { Addressee, Recipient } from './letters-of';
import { templateInForce } from './templates';

/** A letter before it is sent: to be read, changed and sent. */
export interface DraftLetter {
  readonly code: LetterCode;
  readonly templateId: string;
  readonly subject: string;
  readonly body: string;
  /** Those to whom it can go. */
  readonly recipients: readonly Addressee[];
}

/** What a draft is about besides the case: the check that a reminder is of, the one applicant to whom alone it goes. */
export interface LetterAbout {
  readonly checkId?: string | null;
  readonly applicantId?: string | null;
}

/** Whether somebody may send a letter of a case. */
export function maySend(actor: StaffActor, code: LetterCode, { authority }: Pick<Journey, 'authority'>): boolean {
  const { part, to } = LETTERS[code];
  if (part === 'journey') return may(actor, 'journeys.work', authority);
  return may(actor, 'assessments.work', authority) || may(actor, to === 'panel' ? 'panels.manage' : 'decisions.make', authority);
}

/** A letter drafted from the wording in force on a date and what is known of the case. Null without a wording, or to an applicant who is none of the case. */
export async function draftLetter(tx: EntityManager, actor: StaffActor, journey: Journey, code: LetterCode, today: LocalDate, { checkId = null, applicantId = null }: LetterAbout = {}): Promise<DraftLetter | null> {
  const template = await templateInForce(tx, code, journey.authority, today);
  if (!template) return null;
  const applicants = await applicantsOf(tx, journey.householdId);
  const addressed = applicants.filter(({ id }) => applicantId === null || id === applicantId);
  if (addressed.length === 0 && applicantId !== null) return null;
  const { facts, recipients } = await ofCase(tx, journey, code, addressed, today, checkId);
  const [council] = (await authorityDetails(tx, today)).filter(({ authority }) => authority === journey.authority);
  const known: Facts = {
    dear: inWords(addressed.map(({ firstName, lastName }) => firstName || lastName)),
    family: inWords(applicants.map(nameOf)),
    reference: journey.reference,
    today: dateInWords(today),
    sender: actor.name,
    ...(council ? { team: council.team, council: council.name, council_phone: council.phone, council_email: council.email } : {}),
    ...facts,
  };
  return { code, templateId: template.id, subject: filled(template.subject, known), body: filled(template.body, known), recipients };
}

const nameOf = ({ firstName, lastName }: Applicant): string => `${firstName} ${lastName}`.trim();
const inWords = (names: readonly string[]): string => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`);

interface OfCase {
  readonly facts: Facts;
  readonly recipients: readonly Addressee[];
}

async function ofCase(tx: EntityManager, journey: Journey, code: LetterCode, applicants: readonly Applicant[], today: LocalDate, checkId: string | null): Promise<OfCase> {
  const { to } = LETTERS[code];
  if (to === 'third_party') return ofCheck(tx, journey, today, checkId);
  if (to === 'panel') return ofPanel(tx, journey);
  return { facts: await ofDecisions(tx, journey, code), recipients: applicants.map((applicant) => ({ name: nameOf(applicant), email: applicant.email, applicantId: applicant.id })) };
}

async function ofCheck(tx: EntityManager, journey: Journey, today: LocalDate, checkId: string | null): Promise<OfCase> {
  const [check] = await rows<{ type: string; name: string | null; email: string | null; askedOn: LocalDate | null }>(
    tx,
    `SELECT type, third_party AS name, third_party_email AS email, coalesce(sent_on, requested_on) AS "askedOn" FROM checks WHERE journey_id = $1 AND id = $2`,
    [journey.id, checkId],
  );
  if (!check) return { facts: {}, recipients: [] };
  const type = (await checkTypes(tx, await rulesInForce(tx, journey.authority, today))).find((known) => known.code === check.type);
  return {
    facts: { ...(check.name ? { third_party: check.name } : {}), ...(type ? { check_name: type.name } : {}), ...(check.askedOn ? { asked_on: dateInWords(check.askedOn) } : {}) },
    recipients: check.name ? [{ name: check.name, email: check.email, applicantId: null }] : [],
  };
}

async function ofPanel(tx: EntityManager, journey: Journey): Promise<OfCase> {
  const [panel] = await rows<{ id: string; on: LocalDate; place: string }>(
    tx,
    `SELECT p.id, p.meets_on AS "on", p.place FROM panel_cases c JOIN panels p ON p.id = c.panel_id
      WHERE c.journey_id = $1 AND c.withdrawn_at IS NULL AND p.cancelled_at IS NULL ORDER BY p.meets_on DESC LIMIT 1`,
    [journey.id],
  );
  if (!panel) return { facts: {}, recipients: [] };
  const members = await rows<Recipient>(
    tx,
    `SELECT s.name, s.email FROM panel_members m JOIN staff s ON s.id = m.staff_id
      WHERE m.panel_id = $1 AND NOT EXISTS (SELECT FROM panel_conflicts x WHERE x.panel_id = $1 AND x.journey_id = $2 AND x.staff_id = m.staff_id) ORDER BY s.name`,
    [panel.id, journey.id],
  );
  return { facts: { panel_on: dateInWords(panel.on), panel_place: panel.place }, recipients: members.map((member) => ({ ...member, applicantId: null })) };
}

async function ofDecisions(tx: EntityManager, journey: Journey, code: LetterCode): Promise<Facts> {
  if (code === 'invitation_to_apply') return {};
  if (code === 'stage_1_go_on' || code === 'stage_1_refused') {
    const assessment = await loadAssessment(tx, journey.id);
    const on = assessment?.stage1DecidedOn;
    return { ...(on ? { stage_1_decided_on: dateInWords(on) } : {}), ...(assessment?.stage1Reasons ? { reasons: assessment.stage1Reasons } : {}) };
  }
  const kinds = DECISIONS_TOLD[code] ?? [];
  const decision = (await decisionsOf(tx, journey.id)).filter(({ kind }) => kinds.includes(kind)).at(-1);
  if (!decision) return {};
  const until = (await clocksOf(tx, journey.id)).find(({ rule }) => rule === 'representations')?.dueOn;
  return {
    decided_on: dateInWords(decision.decidedOn),
    reasons: decision.reasons,
    ...(decision.terms ? { terms: termsInWords(decision.terms) } : {}),
    ...(until ? { representations_until: dateInWords(until) } : {}),
  };
}
