import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { AuthorityCode } from '../rules/authorities';

/** Where a postcode leads, and why an officer has to route by hand when it leads nowhere. */
export interface PostcodeRoute {
  readonly authority: AuthorityCode;
  readonly districtCode: string | null;
  readonly why: 'postcode' | 'unknown' | 'terminated' | 'outside' | 'no_postcode';
}

interface FoundPostcode {
  readonly postcode: string;
  readonly districtCode: string | null;
  readonly terminated: boolean;
  readonly authority: AuthorityCode | null;
}

/** The council in whose district a postcode lies (canonical form, `DE1 3AE`). Unknown, terminated and outside ones stay unrouted. */
export async function routePostcode(tx: EntityManager, postcode: string | null): Promise<PostcodeRoute> {
  if (postcode === null) return { authority: 'unrouted', districtCode: null, why: 'no_postcode' };
  const routes = await routePostcodes(tx, [postcode]);
  return routes.get(postcode) ?? { authority: 'unrouted', districtCode: null, why: 'unknown' };
}

/** Where each of many postcodes leads. */
export async function routePostcodes(tx: EntityManager, postcodes: readonly string[]): Promise<ReadonlyMap<string, PostcodeRoute>> {
  const found = await rows<FoundPostcode>(
    tx,
    `SELECT p.postcode, nullif(p.district_code, '') AS "districtCode", p.terminated_on IS NOT NULL AS terminated, d.authority
       FROM postcodes p LEFT JOIN districts d ON d.code = p.district_code WHERE p.postcode = ANY ($1)`,
    [[...new Set(postcodes)]],
  );
  const routes = new Map(found.map((one) => [one.postcode, routeOf(one)]));
  return new Map(postcodes.map((postcode) => [postcode, routes.get(postcode) ?? { authority: 'unrouted', districtCode: null, why: 'unknown' }]));
}

function routeOf({ districtCode, terminated, authority }: FoundPostcode): PostcodeRoute {
  if (terminated) return { authority: 'unrouted', districtCode, why: 'terminated' };
  return authority === null ? { authority: 'unrouted', districtCode, why: 'outside' } : { authority, districtCode, why: 'postcode' };
}
