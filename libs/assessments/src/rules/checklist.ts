import { addMonthsClamped, type LocalDate } from '@app/kernel';

export type CheckAbout = 'applicant' | 'adult' | 'child' | 'household';

/** When a type of check is asked for, besides whom it is about. */
export type CheckCondition = 'always' | 'in_uk_under_limit' | 'previous_service' | 'no_previous_service' | 'employed' | 'former_partner' | 'school_age' | 'pets' | 'other_authority';

/** A type of check, as a dated row of configuration. */
export interface CheckType {
  readonly code: string;
  readonly name: string;
  readonly about: CheckAbout;
  readonly condition: CheckCondition;
  /** How many of them are asked for, as with referees. */
  readonly times: number;
  readonly chaseAfterWorkingDays: number;
  readonly validMonths: number | null;
  /** Somebody else speaks here in confidence: never shown to an applicant. */
  readonly aboutThirdParty: boolean;
  readonly destroyDetails: boolean;
  readonly inLaw: boolean;
  readonly source: string;
  readonly holdsFrom: LocalDate;
  readonly holdsUntil: LocalDate | null;
}

/** Somebody who lives in the household. `applicant`: one of the one or two who apply. Null facts are not known yet. */
export interface PersonOfHousehold {
  readonly id: string;
  readonly name: string;
  readonly role: 'applicant' | 'adult' | 'child';
  readonly bornOn: LocalDate | null;
  readonly inUkSinceOn: LocalDate | null;
  readonly employer: string | null;
  readonly formerPartner: boolean | null;
  readonly school: string | null;
  readonly previousService: string | null;
  readonly previousServiceEndedOn: LocalDate | null;
}

export interface HouseholdToCheck {
  readonly people: readonly PersonOfHousehold[];
  readonly pets: string | null;
}

/** The limits that the checklist asks for on its day. */
export interface ChecklistLimits {
  /** From this age everybody in the household needs an enhanced DBS check: 18 in law, 16 in some councils. */
  readonly dbsFromAge: number;
  readonly overseasUnderYears: number;
  readonly previousServiceWithinMonths: number;
}

/** A check that the household needs: which, about whom, and the how-manieth. */
export interface NeededCheck {
  readonly type: string;
  readonly about: CheckAbout;
  readonly personId: string | null;
  readonly ordinal: number;
}

/** Whole years of age on a date; null for an unknown date of birth. Born on 29 February, one turns a year older on 28 February of other years. */
export function ageOn(bornOn: LocalDate | null, on: LocalDate): number | null {
  if (bornOn === null) return null;
  let years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4));
  if (addMonthsClamped(bornOn, years * 12) > on) years -= 1;
  return years;
}

/** School age: from the fifth birthday to the eighteenth. */
const SCHOOL_FROM = 5;
const ADULT_FROM = 18;

/** The types that hold on a date, in the order in which they were given. */
export const typesInForce = (types: readonly CheckType[], on: LocalDate): readonly CheckType[] => types.filter((type) => type.holdsFrom <= on && (type.holdsUntil === null || on <= type.holdsUntil));

/**
 * The checklist of a household on a date: made from who lives there, so that it follows when somebody joins, leaves
 * or turns 18. A fact that is not known yet asks for the check, because leaving one out is the worse mistake; for
 * conditions that name something (an employer, a former partner, a service) nothing is asked until it is named.
 */
export function checklist(types: readonly CheckType[], household: HouseholdToCheck, on: LocalDate, limits: ChecklistLimits): readonly NeededCheck[] {
  return typesInForce(types, on).flatMap((type) => {
    const people = household.people.filter((person) => isAbout(type, person, on, limits) && applies(type.condition, person, on, limits));
    const subjects: readonly (string | null)[] = type.about === 'household' ? (householdApplies(type.condition, household) ? [null] : []) : people.map(({ id }) => id);
    return subjects.flatMap((personId) => Array.from({ length: type.times }, (_, index) => ({ type: type.code, about: type.about, personId, ordinal: index + 1 })));
  });
}

function isAbout(type: CheckType, person: PersonOfHousehold, on: LocalDate, limits: ChecklistLimits): boolean {
  const age = ageOn(person.bornOn, on);
  switch (type.about) {
    case 'applicant':
      return person.role === 'applicant';
    case 'adult':
      return person.role !== 'child' || (age !== null && age >= (type.code === 'enhanced_dbs' ? limits.dbsFromAge : ADULT_FROM));
    case 'child':
      return person.role === 'child' && (age === null || age < ADULT_FROM);
    case 'household':
      return false;
  }
}

function applies(condition: CheckCondition, person: PersonOfHousehold, on: LocalDate, limits: ChecklistLimits): boolean {
  const age = ageOn(person.bornOn, on);
  const withinService = person.previousService !== null && (person.previousServiceEndedOn === null || addMonthsClamped(person.previousServiceEndedOn, limits.previousServiceWithinMonths) >= on);
  switch (condition) {
    case 'always':
      return true;
    case 'in_uk_under_limit':
      return person.inUkSinceOn !== null && addMonthsClamped(person.inUkSinceOn, limits.overseasUnderYears * 12) > on;
    case 'previous_service':
      return withinService;
    case 'no_previous_service':
      return !withinService;
    case 'employed':
      return person.employer !== null && person.employer !== '';
    case 'former_partner':
      return person.formerPartner === true;
    case 'school_age':
      return age === null || age >= SCHOOL_FROM;
    case 'pets':
    case 'other_authority':
      return false;
  }
}

function householdApplies(condition: CheckCondition, household: HouseholdToCheck): boolean {
  if (condition !== 'pets') return true;
  const pets = household.pets?.trim().toLowerCase() ?? '';
  return pets !== '' && pets !== 'none' && pets !== 'no' && pets !== 'no pets';
}
