import { DRAFT_LIVES_HOURS } from '@app/enquiries';

/** A period of keeping, as the privacy notice tells it. */
export interface KeepingPeriod {
  readonly what: string;
  readonly howLong: string;
  readonly because: string;
}

/** How long an unfinished form is kept, in words. */
export const DRAFT_LIVES = `${String(DRAFT_LIVES_HOURS / 24)} days`;

const LAW = 'The law says so: Fostering Services (England) Regulations 2011, regulation 32.';

/**
 * How long information is kept. The period for enquiries is an example and says so: the councils have to set their own,
 * the law names none.
 */
export const keepingPeriods: readonly KeepingPeriod[] = [
  { what: 'A form that you began and did not send', howLong: DRAFT_LIVES, because: 'So that you can finish it.' },
  { what: 'An enquiry that did not become an application', howLong: '2 years after we last spoke', because: 'So that you can come back without starting again. This period is an example: the councils have not set it yet.' },
  { what: 'An application that was refused or withdrawn', howLong: 'At least 3 years', because: LAW },
  { what: 'Approved foster carers', howLong: 'At least 10 years after the approval ends', because: LAW },
];
