import { type AssessmentFile, CHECK_OUTCOME_NAMES, type CheckStanding, type ListedCheck } from '@app/assessments';
import type { Journey } from '@app/journeys';
import { daysBetween, type LocalDate, shortDateInWords } from '@app/kernel';
import { countOf } from '../../platform/words';
import { assessmentPath } from '../paths';

type Tag = { readonly text: string; readonly tone: 'plain' | 'good' | 'wait' | 'alarm' | 'quiet' | 'private' };

const STANDING: Readonly<Record<CheckStanding, Tag>> = {
  not_requested: { text: 'To ask for', tone: 'wait' },
  waiting: { text: 'Waiting', tone: 'plain' },
  to_chase: { text: 'To chase', tone: 'alarm' },
  received: { text: 'To settle', tone: 'wait' },
  done: { text: 'Done', tone: 'good' },
  expired: { text: 'Run out', tone: 'alarm' },
  no_longer_needed: { text: 'No longer needed', tone: 'quiet' },
};

/** How a check stands, as a tag. */
export const standingTag = ({ standing, outcome }: ListedCheck): Tag => (standing === 'done' && outcome === 'concern' ? { text: 'Done, with a concern', tone: 'alarm' } : STANDING[standing]);

/** The likeliest next step of a check; null when nothing is to do. */
export function nextStepOf({ standing }: ListedCheck): { readonly step: string; readonly text: string } | null {
  switch (standing) {
    case 'not_requested':
      return { step: 'check-requested', text: 'Ask for it' };
    case 'waiting':
      return { step: 'check-received', text: 'It came in' };
    case 'to_chase':
      return { step: 'check-chased', text: 'Chase it' };
    case 'received':
      return { step: 'check-outcome', text: 'Its outcome' };
    case 'expired':
      return { step: 'check-again', text: 'Do it again' };
    default:
      return null;
  }
}

/** What happened last to a check, with its age. */
export function agedInWords(check: ListedCheck, today: LocalDate): string {
  const ago = (on: LocalDate): string => {
    const days = daysBetween(on, today);
    return days <= 0 ? 'today' : `${countOf(days, 'day', 'days')} ago`;
  };
  switch (check.standing) {
    case 'no_longer_needed':
      return check.noLongerNeededOn ? `Since ${shortDateInWords(check.noLongerNeededOn)}` : '';
    case 'done':
    case 'expired':
      return [check.outcome && CHECK_OUTCOME_NAMES[check.outcome], check.outcomeOn && shortDateInWords(check.outcomeOn), check.validUntil && `valid until ${shortDateInWords(check.validUntil)}`].filter(Boolean).join(', ');
    case 'received':
      return check.receivedOn ? `In since ${shortDateInWords(check.receivedOn)}, ${ago(check.receivedOn)}` : '';
    case 'not_requested':
      return '';
    default: {
      const asked = check.requestedOn ? `Asked for ${ago(check.requestedOn)}` : '';
      return check.chasedOn ? `${asked}, chased ${check.chases > 1 ? `${String(check.chases)} times, last ` : ''}${ago(check.chasedOn)}` : asked;
    }
  }
}

/** The checklist, by whom it is about: applicants first, then the others who live there, then the home. */
export function checklistGroups(journey: Journey, { people, checks }: AssessmentFile, today: LocalDate, canWork: boolean) {
  const groups = [...people.map(({ id, name, role }) => ({ id, name, role })), { id: null, name: 'The home', role: 'household' as const }];
  const ROLES = { applicant: 'applicant', adult: 'lives there', child: 'child', household: '' } as const;
  return groups
    .map(({ id, name, role }) => ({
      name,
      role: ROLES[role],
      factsHref: canWork && id !== null ? assessmentPath(journey.reference, `person/${id}`) : null,
      rows: checks
        .filter((check) => check.personId === id)
        .map((check) => {
          const next = canWork && journey.status === 'open' ? nextStepOf(check) : null;
          return {
            name: `${check.definition.name}${check.definition.times > 1 ? ` ${String(check.ordinal)}` : ''}`,
            third: check.thirdParty,
            href: assessmentPath(journey.reference, `checks/${check.id}`),
            tag: standingTag(check),
            aged: agedInWords(check, today),
            inLaw: check.definition.inLaw,
            next: next && { text: next.text, href: assessmentPath(journey.reference, `${next.step}/${check.id}`), what: `${check.definition.name}, ${name}` },
          };
        }),
    }))
    .filter(({ rows, role }) => rows.length > 0 || role !== '');
}
