import { AUTHORITY_CODES, type AuthorityCode, type Council, type PostcodeRoute } from '@app/authorities';
import type { Dice } from './dice';

/** The made-up postcodes that families can live at, by where they lead. */
export interface Places {
  readonly of: Readonly<Record<Council, readonly string[]>>;
  /** No longer in use. */
  readonly terminated: readonly string[];
  /** Outside the four councils. */
  readonly outside: readonly string[];
  /** Well-formed, and in no list. */
  readonly unknown: readonly string[];
}

/** Sorts postcodes by where they lead. */
export function placesOf(routes: ReadonlyMap<string, Pick<PostcodeRoute, 'authority' | 'why'>>): Places {
  const all = [...routes].sort(([a], [b]) => (a < b ? -1 : 1));
  const leadingTo = (code: AuthorityCode): string[] => all.flatMap(([postcode, { authority }]) => (authority === code ? [postcode] : []));
  const without = (reason: PostcodeRoute['why']): string[] => all.flatMap(([postcode, { why }]) => (why === reason ? [postcode] : []));
  return {
    of: Object.fromEntries(AUTHORITY_CODES.map((code) => [code, leadingTo(code)])) as Record<Council, string[]>,
    terminated: without('terminated'),
    outside: without('outside'),
    unknown: UNKNOWN.filter((postcode) => !routes.has(postcode)),
  };
}

/** Postcodes of districts that Royal Mail has never allocated. */
const UNKNOWN: readonly string[] = ['DE97 9ZZ', 'NG97 9XX', 'DE98 9YY', 'NG98 9ZW', 'NG96 9QQ', 'DE96 9WW'];

/** Where a family says that it lives, and whether that leads to its council. */
export function addressOf(dice: Dice, places: Places, livesIn: Council, isUnknown: boolean): { readonly postcode: string | null; readonly routed: boolean } {
  if (!isUnknown) return { postcode: dice.pick(places.of[livesIn]), routed: true };
  const which = dice.weighted({ none: 40, unknown: 35, terminated: 25 });
  return { postcode: which === 'none' ? null : dice.pick(which === 'unknown' ? places.unknown : places.terminated), routed: false };
}
