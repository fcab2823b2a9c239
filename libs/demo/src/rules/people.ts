import type { Council } from '@app/authorities';
import type { Interest } from '@app/enquiries';
import type { ApplicantDetails, NewMember } from '@app/journeys';
import { addDays, addMonthsClamped, type LocalDate } from '@app/kernel';
import type { Dice } from './dice';
import { BOYS, GIRLS, LONG_LAST_NAMES, NAME_LISTS, type NameList, STREETS, TOWNS } from './names';
import { phoneNumber } from './phones';
import type { FamilyHome } from './story';

/** A made-up family: all of it is found out bit by bit while its story is lived. */
export interface Family {
  /** Who asks first, and who joins them later, if anybody. */
  readonly applicants: readonly [ApplicantDetails] | readonly [ApplicantDetails, ApplicantDetails];
  readonly home: FamilyHome;
  readonly members: readonly NewMember[];
}

/** What is asked of a family that is made up. */
export interface FamilyAsked {
  /** Its number among all families: no two have the same telephone or address of mail. */
  readonly number: number;
  readonly livesIn: Council;
  readonly postcode: string | null;
  /** The local date around which it enquires: birthdays are counted back from it. */
  readonly around: LocalDate;
}

const PETS = ['A dog', 'Two cats', 'A dog and a cat', 'None', 'None', 'None', 'Guinea pigs', 'An old greyhound', 'A cat and chickens', 'Two small dogs'] as const;

/** Makes up a family. Telephones are of Ofcom's ranges for drama, mail goes to example.org. */
export function makeFamily(dice: Dice, { number, livesIn, postcode, around }: FamilyAsked): Family {
  const list = listOf(dice);
  const couple = dice.chance(0.56);
  const firstIsWoman = dice.chance(0.74);
  const secondIsWoman = dice.chance(0.08) ? firstIsWoman : !firstIsWoman;
  const lastName = dice.chance(0.006) ? dice.pick(LONG_LAST_NAMES) : dice.pick(list.last);
  const first = applicant(dice, { number, livesIn, firstName: dice.pick(firstIsWoman ? list.women : list.men), lastName });
  const partner = partnerOf(dice, first, dice.chance(0.1) ? listOf(dice) : list, secondIsWoman);
  const interests = interestsOf(dice);
  return {
    applicants: couple ? [first, partner] : [first],
    home: {
      addressLine1: `${String(dice.between(1, 140))} ${dice.pick(STREETS)}`,
      addressLine2: null,
      town: dice.pick(TOWNS[livesIn]),
      postcode,
      spareRooms: dice.pick([1, 1, 1, 1, 2, 2, 3]),
      tenure: dice.weighted({ mortgaged: 44, owned: 20, social_rent: 16, private_rent: 17, family: 3 }),
      pets: dice.pick(PETS),
      smoking: dice.weighted({ nobody: 78, vapes: 12, smokes: 8, smokes_and_vapes: 2 }),
      fostersNow: dice.weighted({ no: 91, agency: 4, council: 1, before: 4 }),
      interests,
      languages: languagesOf(dice, list),
    },
    members: membersOf(dice, lastName, around),
  };
}

function listOf(dice: Dice): NameList {
  const weights = Object.fromEntries(NAME_LISTS.map(({ weight }, index) => [String(index), weight]));
  return NAME_LISTS[Number(dice.weighted(weights))] ?? dice.pick(NAME_LISTS);
}

function applicant(dice: Dice, { number, livesIn, firstName, lastName }: { readonly number: number; readonly livesIn: Council; readonly firstName: string; readonly lastName: string }): ApplicantDetails {
  const reach = dice.weighted({ both: 82, phone: 11, email: 7 });
  return {
    firstName,
    lastName,
    email: reach === 'phone' ? null : mailOf(firstName, lastName, number),
    phone: reach === 'email' ? null : phoneNumber(number, livesIn),
    preferredContact: reach === 'email' ? 'email' : dice.weighted({ phone: 58, text: 27, email: reach === 'both' ? 15 : 0 }),
    bestTime: dice.chance(0.45) ? dice.pick(['After 4pm', 'Mornings', 'Lunchtime', 'Any time', 'Not Wednesdays', 'Between 10 and 12', 'After the school run', 'Evenings if possible']) : null,
  };
}

/** Couples often share a telephone or an address of mail, and not always a name. */
function partnerOf(dice: Dice, first: ApplicantDetails, list: NameList, woman: boolean): ApplicantDetails {
  const names = (woman ? list.women : list.men).filter((name) => name !== first.firstName);
  const lastName = dice.chance(0.64) ? first.lastName : dice.chance(0.12) && !first.lastName.includes('-') ? `${first.lastName}-${dice.pick(list.last)}` : dice.pick(list.last);
  return {
    firstName: dice.pick(names),
    lastName,
    email: dice.chance(0.4) ? first.email : null,
    phone: dice.chance(0.3) ? first.phone : null,
    preferredContact: null,
    bestTime: null,
  };
}

/** Letters that an address of mail can hold: accents and other signs are left out. */
const plain = (text: string): string =>
  text.replace(/ł/g, 'l').replace(/Ł/g, 'L').normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase();

const mailOf = (firstName: string, lastName: string, number: number): string => `${plain(firstName)}.${plain(lastName)}${String(number)}@example.org`;

function interestsOf(dice: Dice): readonly Interest[] {
  if (dice.chance(0.24)) return ['not_sure'];
  const chosen = new Set<Interest>();
  const wanted = dice.pick([1, 1, 2, 2, 3]);
  while (chosen.size < wanted) {
    chosen.add(dice.weighted({ short_term: 26, long_term: 30, emergency: 8, short_breaks: 14, parent_and_child: 5, siblings: 12, teenagers: 8, unaccompanied_children: 4, children_with_disabilities: 4 }));
  }
  return [...chosen].sort();
}

function languagesOf(dice: Dice, list: NameList): readonly string[] {
  const [usual] = list.languages;
  const many = NAME_LISTS[0] !== list;
  if (!many) return dice.chance(0.02) && usual ? ['English', usual] : ['English'];
  if (!dice.chance(0.7)) return ['English'];
  return ['English', dice.chance(0.5) && usual ? usual : dice.pick(list.languages)];
}

function membersOf(dice: Dice, lastName: string, around: LocalDate): readonly NewMember[] {
  const children = dice.pick([0, 0, 0, 1, 1, 2, 2, 3]);
  const members: NewMember[] = [];
  for (let index = 0; index < children; index += 1) {
    const girl = dice.chance(0.5);
    const name = dice.pick((girl ? GIRLS : BOYS).filter((known) => members.every((member) => member.name !== known)));
    members.push({ kind: 'child', name, relationship: dice.chance(0.08) ? 'grandchild' : girl ? 'daughter' : 'son', bornOn: bornBefore(dice, around, 1, 17) });
  }
  if (dice.chance(0.16)) members.push({ kind: 'adult', name: `${dice.pick([...GIRLS, ...BOYS])} ${lastName}`, relationship: 'grown-up child', bornOn: bornBefore(dice, around, 18, 29) });
  if (dice.chance(0.04)) members.push({ kind: 'adult', name: `${dice.pick(['Margaret', 'Surinder', 'Winifred', 'Halina', 'George'])} ${lastName}`, relationship: 'parent', bornOn: bornBefore(dice, around, 62, 84) });
  if (dice.chance(0.02)) members.push({ kind: 'lodger', name: `${dice.pick(['Alex', 'Sam', 'Jo', 'Charlie'])} ${dice.pick(['Pratt', 'Osman', 'Lacey', 'Novak'])}`, relationship: 'lodger', bornOn: null });
  return members;
}

function bornBefore(dice: Dice, around: LocalDate, youngest: number, oldest: number): LocalDate {
  return addDays(addMonthsClamped(around, -12 * dice.between(youngest, oldest)), -dice.between(0, 360));
}
