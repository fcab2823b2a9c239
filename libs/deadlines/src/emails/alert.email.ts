import { dateInWords, type LocalDate, momentInWords } from '@app/kernel';
import type { Rung } from '../rules/alert-ladder';
import type { TimeLimitRule } from '../rules/time-limit';

/** What an alert says. Never a name, an address or anything that a family told. */
export interface AlertFacts {
  readonly rung: Rung;
  readonly rule: TimeLimitRule;
  readonly reference: string;
  readonly dueAt: Date;
  readonly dueOn: LocalDate;
  /** The family's page. */
  readonly link: string;
}

const WHAT: Readonly<Record<TimeLimitRule, string>> = {
  first_response: 'first response',
  home_visit: 'initial home visit',
  turnaround: 'decision',
  follow_up: 'follow-up',
  stage_1_outcome: 'stage 1 outcome',
  recommendation: 'panel recommendation',
  decision: 'agency decision',
  told_orally: 'telling the family of the decision',
  told_in_writing: 'decision letter',
  representations: 'representations',
  irm_papers: 'sending of papers to the Independent Review Mechanism',
  panel_papers: 'sending of papers to panel',
  first_review: 'first review',
  yearly_review: 'yearly review',
};

/** An alert as mail to staff, in plain text. */
export function alertEmail({ rung, rule, reference, dueAt, dueOn, link }: AlertFacts): { readonly subject: string; readonly body: string } {
  const what = WHAT[rule];
  const due = rule === 'first_response' ? momentInWords(dueAt) : `the end of ${dateInWords(dueOn)}`;
  const said: Readonly<Record<Rung, { readonly subject: string; readonly text: string }>> = {
    warning: { subject: `Due soon: ${what} for ${reference}`, text: `The ${what} for ${reference} is due by ${due}, and none is recorded yet.` },
    breach: { subject: `Now due: ${what} for ${reference}`, text: `The ${what} for ${reference} was due by ${due}, and none is recorded yet. Please see to it now.` },
    escalation: { subject: `Still waiting: ${what} for ${reference}`, text: `The ${what} for ${reference} was due by ${due}. A working day later there is still none recorded.` },
  };
  const { subject, text } = said[rung];
  return {
    subject,
    body: `${text}\n\nOpen it here:\n${link}\n\nIf it has been done already, record it there and the reminders stop.\n\nFoster for East Midlands, recruitment hub\nThis message was sent automatically. It names nobody on purpose.\n`,
  };
}
