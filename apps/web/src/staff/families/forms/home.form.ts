import { FOSTERS_NOW_NAMES, INTEREST_NAMES, INTERESTS } from '@app/enquiries';
import type { HomeDetails } from '@app/journeys';
import { z } from 'zod';
import { choices, one, optionalChoice, optionalLine, optionalPostcode } from '../../fields';
import type { FamilyForm } from '../family-form';

export const TENURE_NAMES = { owned: 'Owned', mortgaged: 'Owned with a mortgage', private_rent: 'Rented privately', social_rent: 'Rented from a council or housing association', family: 'With family', other: 'Other' } as const;
export const SMOKING_NAMES = { nobody: 'Nobody smokes or vapes', smokes: 'Somebody smokes', vapes: 'Somebody vapes', smokes_and_vapes: 'Somebody smokes and somebody vapes' } as const;
export { FOSTERS_NOW_NAMES };

const MOST_SPARE_ROOMS = 20;
type Names = Readonly<Record<string, string>>;
const keysOf = <Map extends Names>(names: Map) => Object.keys(names) as [keyof Map & string, ...(keyof Map & string)[]];

const spareRooms = z.preprocess(one, z.string()).transform((text, context): number | null => {
  if (text.trim() === '') return null;
  const rooms = Number(text);
  if (Number.isInteger(rooms) && rooms >= 0 && rooms <= MOST_SPARE_ROOMS) return rooms;
  context.addIssue({ code: 'custom', message: `Enter a whole number from 0 to ${String(MOST_SPARE_ROOMS)}` });
  return z.NEVER;
});

/** Each language once, as it was first written. */
const languages = z.preprocess(one, z.string().max(300, 'Use 300 characters or fewer')).transform((text) => {
  const written = text.split(/[,;\n]/).map((language) => language.trim()).filter((language) => language !== '');
  return written.filter((language, index) => written.findIndex((other) => other.toLowerCase() === language.toLowerCase()) === index);
});

const schema = z
  .object({
    address_1: optionalLine(200, 'The address'),
    address_2: optionalLine(200, 'The address'),
    town: optionalLine(100, 'The town'),
    postcode: optionalPostcode,
    spare_rooms: spareRooms,
    tenure: optionalChoice(keysOf(TENURE_NAMES)),
    pets: optionalLine(300, 'The pets'),
    smoking: optionalChoice(keysOf(SMOKING_NAMES)),
    fosters_now: optionalChoice(keysOf(FOSTERS_NOW_NAMES)),
    interests: choices(INTERESTS),
    languages,
  })
  .transform(({ address_1, address_2, spare_rooms, fosters_now, ...rest }): HomeDetails => ({ ...rest, addressLine1: address_1, addressLine2: address_2, spareRooms: spare_rooms, fostersNow: fosters_now }));

const options = (names: Names) => [{ value: '', text: 'Not known' }, ...Object.entries(names).map(([value, text]) => ({ value, text }))];

/** Changes what is known of the home and of what the family is interested in. */
export const homeForm: FamilyForm<HomeDetails> = {
  slug: 'home',
  action: 'journeys.work',
  title: 'Change the home',
  button: 'Save',
  fields: 'staff/families/forms/home',
  schema,
  offered: () => true,
  values: ({ family: { home } }) => ({
    address_1: home.addressLine1 ?? '',
    address_2: home.addressLine2 ?? '',
    town: home.town ?? '',
    postcode: home.postcode ?? '',
    spare_rooms: home.spareRooms === null ? '' : String(home.spareRooms),
    tenure: home.tenure ?? '',
    pets: home.pets ?? '',
    smoking: home.smoking ?? '',
    fosters_now: home.fostersNow ?? '',
    interests: home.interests,
    languages: home.languages.join(', '),
  }),
  choices: () => ({ tenures: options(TENURE_NAMES), smoking: options(SMOKING_NAMES), fostersNow: options(FOSTERS_NOW_NAMES), interests: INTERESTS.map((value) => ({ value, text: INTEREST_NAMES[value] })) }),
  fieldOf: () => 'address_1',
  labels: { address_1: 'Address', address_2: 'Address, second line', town: 'Town', postcode: 'Postcode', spare_rooms: 'Spare rooms', tenure: 'Tenure', pets: 'Pets', smoking: 'Smoking and vaping', fosters_now: 'Fosters now', interests: 'Interested in', languages: 'Languages' },
};
