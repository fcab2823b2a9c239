/** What can look wrong about an enquiry that came by a form or a website. Nothing here turns anybody away. */
export const SUSPICIONS = ['honeypot', 'many_from_address', 'too_fast', 'links_in_message'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

export const SUSPICION_WORDS: Readonly<Record<Suspicion, string>> = {
  honeypot: 'A field that people cannot see was filled in',
  many_from_address: 'Very many enquiries came from the same address',
  too_fast: 'The form was sent faster than a person types',
  links_in_message: 'The message contains links',
};

/** Suspicions that keep an enquiry aside on their own. Speed alone only flags: people with help, or a second try, are quick. */
const HOLDING: readonly Suspicion[] = ['honeypot', 'many_from_address'];

const LINK = /https?:\/\/|www\.|\[url/i;

/** Adds what the words themselves tell to what was noticed on the way. */
export function suspicionsOf(noticed: readonly Suspicion[], message: string | null): readonly Suspicion[] {
  return message !== null && LINK.test(message) && !noticed.includes('links_in_message') ? [...noticed, 'links_in_message'] : noticed;
}

/** Whether an enquiry is kept aside for an officer to look at. It keeps its time, and is never dropped. */
export function isHeld(suspicions: readonly Suspicion[]): boolean {
  return suspicions.some((suspicion) => HOLDING.includes(suspicion)) || (suspicions.includes('too_fast') && suspicions.includes('links_in_message'));
}
