/** A period of keeping, as the privacy notice tells it. */
export interface KeepingPeriod {
  readonly what: string;
  readonly howLong: string;
  readonly because: string;
}

/**
 * How long information is kept. The two periods of the law are the Fostering Services (England) Regulations 2011,
 * reg 32; those for enquiries are made up for the demonstration, and say so: the councils have to set their own.
 */
export const keepingPeriods: readonly KeepingPeriod[] = [
  { what: 'A form that you began and did not send', howLong: '7 days', because: 'So that you can finish it.' },
  { what: 'An enquiry that did not become an application', howLong: '2 years after our last contact', because: 'So that you can come back without starting again. An example: the councils have not set this period yet.' },
  { what: 'An application that was refused or withdrawn', howLong: 'At least 3 years', because: 'Fostering Services (England) Regulations 2011, regulation 32.' },
  { what: 'Approved foster carers', howLong: 'At least 10 years after the approval ends', because: 'Fostering Services (England) Regulations 2011, regulation 32.' },
];

/** A cookie, as the cookies page tells it. */
export interface CookieTold {
  readonly name: string;
  readonly purpose: string;
  readonly lasts: string;
}
