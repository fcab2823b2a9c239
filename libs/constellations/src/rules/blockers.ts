import { dateInWords, type LocalDate } from '@app/kernel';

/** The rules that PostgreSQL itself holds for constellations, by the names under which it refuses. */
export const CONSTELLATION_RULES = {
  one_constellation_at_a_time: 'This family belongs to a constellation on some of these days already, as hub home or as satellite. End that membership first, or choose other days.',
  one_hub_home_at_a_time: 'The constellation has a hub home on some of these days already. End its time first, or choose other days.',
  same_authority: 'The family and the constellation belong to different authorities.',
  within_the_constellation: 'The constellation does not run on all of these days: a membership lies between its start and its end.',
  after_the_approval: 'The family was not approved yet on the first of these days.',
  before_leaving_fostering: 'The family has left fostering by then.',
  hub_home_is_approved: 'A hub home is an approved fostering household: kinship and adoptive homes and care leavers can be satellites.',
  hub_home_has_spare_beds: 'A hub home keeps two beds free for sleepovers, in which no child lives. This household would have fewer on some of these days.',
  most_satellites: 'The constellation has as many satellite families as it may have.',
  holds_its_families: 'Families belong to the constellation outside these days. End or correct their memberships first.',
  constellation_memberships_held_check: 'The last day lies after the first.',
  signed_reports_stay: 'Both have signed this report: it stays as it is.',
  constellations_authority_name_key: 'Another constellation of this authority has this name.',
} as const;
export type ConstellationRule = keyof typeof CONSTELLATION_RULES;

/** Why something cannot be done to a constellation. */
export type ConstellationBlocker =
  | { readonly kind: 'not_found' | 'not_permitted' | 'changed_meanwhile' | 'ended_already' | 'cancelled' | 'no_hub_home' | 'no_email' | 'is_the_host' | 'signed_already' | 'month_not_over' | 'liaison' | 'settled_already' }
  | { readonly kind: 'not_a_member'; readonly on: LocalDate }
  | { readonly kind: 'future'; readonly on: LocalDate }
  | { readonly kind: 'earlier_than'; readonly what: string; readonly on: LocalDate }
  | { readonly kind: 'rule'; readonly rule: ConstellationRule; readonly on: LocalDate | null };

const WORDS: Readonly<Record<Extract<ConstellationBlocker['kind'], 'not_found' | 'not_permitted' | 'changed_meanwhile' | 'ended_already' | 'cancelled' | 'no_hub_home' | 'no_email' | 'is_the_host' | 'signed_already' | 'month_not_over' | 'liaison' | 'settled_already'>, string>> = {
  not_found: 'This is not there, or not in your authority.',
  not_permitted: 'You may not do this for this authority.',
  changed_meanwhile: 'Somebody else changed this meanwhile. Look at it again, then send yours.',
  ended_already: 'The constellation has ended.',
  cancelled: 'This was cancelled.',
  no_hub_home: 'The constellation has no hub home on that day.',
  no_email: 'No family that was chosen has an email address on the register.',
  is_the_host: 'A child of the hub home is at home there: choose another family.',
  signed_already: 'You have signed this report already.',
  month_not_over: 'The month is not over: the report can be signed from the first day of the next one.',
  liaison: 'Choose a liaison worker of this authority.',
  settled_already: 'How this request was met is recorded already.',
};

/** A blocker as a sentence that says what to do. */
export function constellationBlockerInWords(blocker: ConstellationBlocker): string {
  switch (blocker.kind) {
    case 'not_a_member':
      return `This family does not belong to the constellation on ${dateInWords(blocker.on)}.`;
    case 'future':
      return `${dateInWords(blocker.on)} is in the future.`;
    case 'earlier_than':
      return `This lies before ${blocker.what} on ${dateInWords(blocker.on)}.`;
    case 'rule':
      return blocker.rule === 'most_satellites' && blocker.on ? `The constellation has as many satellite families as it may have on ${dateInWords(blocker.on)}. Another can join when one has left.` : CONSTELLATION_RULES[blocker.rule];
    default:
      return WORDS[blocker.kind];
  }
}
