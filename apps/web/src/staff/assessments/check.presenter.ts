import { type CertificateDetails, type CheckHistoryLine, CHECK_OUTCOME_NAMES, type ListedCheck } from '@app/assessments';
import type { FamilyPage } from '@app/journeys';
import { dateInWords, type LocalDate, momentInWords } from '@app/kernel';
import type { shownDocuments } from '../documents/documents.presenter';
import { checkDocumentPath } from '../documents/paths';
import { newLetterPath } from '../letters/paths';
import { assessmentPath } from '../paths';
import { agedInWords, standingTag } from './checks.presenter';
import { checkInWords } from './steps/check-steps';

const STEP_NAMES: Readonly<Record<CheckHistoryLine['step'], string>> = {
  added: 'Put on the checklist', requested: 'Asked for', sent: 'Form or letter sent', chased: 'Chased', received: 'Came in', decided: 'Outcome', no_longer_needed: 'No longer needed', details_destroyed: 'Certificate details destroyed',
};

const on = (date: LocalDate | null): string | null => date && dateInWords(date);

/** One check with all that happened to it. The details of its certificate are there only for those who carry the assessment. */
export function shownCheck({ journey, name, applicants }: FamilyPage, check: ListedCheck, history: readonly CheckHistoryLine[], certificate: CertificateDetails | null, documents: ReturnType<typeof shownDocuments>, canWork: boolean, today: LocalDate) {
  const step = (slug: string): string => assessmentPath(journey.reference, `${slug}/${check.id}`);
  const open = canWork && journey.status === 'open' && check.noLongerNeededOn === null;
  const asked = check.requestedOn !== null && check.receivedOn === null && check.outcome === null;
  const actions = [
    { text: 'Ask for it', href: step('check-requested'), when: check.requestedOn === null && check.outcome === null },
    { text: 'The form or letter went out', href: step('check-sent'), when: asked && check.sentOn === null },
    { text: 'Write them a reminder', href: newLetterPath(journey.reference, 'chaser', { check: check.id }), when: asked && check.thirdParty !== null },
    { text: 'Chase it', href: step('check-chased'), when: asked },
    { text: 'It came in', href: step('check-received'), when: asked },
    { text: 'Record its outcome', href: step('check-outcome'), when: check.outcome === null },
    { text: 'Do it again', href: step('check-again'), when: check.outcome !== null },
  ];
  return {
    title: checkInWords(check),
    family: { name, reference: journey.reference },
    back: assessmentPath(journey.reference, undefined, 'checks'),
    tag: standingTag(check),
    aged: agedInWords(check, today),
    confidential: check.definition.aboutThirdParty,
    actions: open ? actions.filter(({ when }) => when).map(({ text, href }) => ({ text, href })) : [],
    facts: [
      { key: 'Why', value: `${check.definition.source}${check.definition.inLaw || /practice/i.test(check.definition.source) ? '' : ' (practice, not law)'}` },
      ...(check.definition.aboutThirdParty ? [{ key: 'Answered by', value: [check.thirdParty, check.thirdPartyEmail].filter(Boolean).join(', ') || null }] : []),
      { key: 'Asked for on', value: on(check.requestedOn) },
      { key: 'Sent on', value: on(check.sentOn) },
      { key: 'Chased', value: check.chases === 0 ? 'Not yet' : `${String(check.chases)} times, last on ${on(check.chasedOn) ?? ''}` },
      { key: 'Came in on', value: on(check.receivedOn) },
      { key: 'Outcome', value: check.outcome && `${CHECK_OUTCOME_NAMES[check.outcome]}${check.outcomeOn ? ` on ${dateInWords(check.outcomeOn)}` : ''}` },
      { key: 'Valid until', value: on(check.validUntil) ?? 'Does not run out' },
      { key: 'Note', value: check.note },
    ],
    documents: documents.map(({ title, versions: [newest] }) => ({ title, href: newest?.href ?? null, what: newest?.what ?? '', scan: newest?.scan ?? null })),
    addDocumentHref: open ? checkDocumentPath(journey.reference, check.id, check.definition.aboutThirdParty ? 'third_party' : applicants.length > 1 && applicants.some(({ id }) => id === check.personId) ? `applicant:${check.personId ?? ''}` : 'family', checkInWords(check)) : null,
    certificate: certificate && [
      { key: 'Number', value: certificate.number },
      { key: 'Issued on', value: on(certificate.issuedOn) },
      { key: 'Discloses', value: certificate.disclosed },
    ],
    history: history.map(({ step: what, happenedOn, outcome, recordedAt, byName }) => ({
      title: `${STEP_NAMES[what]}${outcome ? `: ${CHECK_OUTCOME_NAMES[outcome]}` : ''}, ${dateInWords(happenedOn)}`,
      when: `recorded ${momentInWords(recordedAt)}`,
      byWhom: byName ?? 'the system',
      automatic: byName === null,
    })),
  };
}
