import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import type { AuthorityCode } from '../rules/authorities';

/** Where a postcode leads, and why an officer has to route by hand when it leads nowhere. */
export interface PostcodeRoute {
  readonly authority: AuthorityCode;
  readonly districtCode: string | null;
  readonly why: 'postcode' | 'unknown' | 'terminated' | 'outside' | 'no_postcode';
}

/** The council in whose district a postcode lies (canonical form, `DE1 3AE`). Unknown, terminated and outside ones stay unrouted. */
export async function routePostcode(tx: EntityManager, postcode: string | null): Promise<PostcodeRoute> {
  if (postcode === null) return { authority: 'unrouted', districtCode: null, why: 'no_postcode' };
  const [found] = await rows<{ districtCode: string; terminated: boolean; authority: AuthorityCode | null }>(
    tx,
    `SELECT p.district_code AS "districtCode", p.terminated_on IS NOT NULL AS terminated, d.authority
       FROM postcodes p LEFT JOIN districts d ON d.code = p.district_code WHERE p.postcode = $1`,
    [postcode],
  );
  if (!found) return { authority: 'unrouted', districtCode: null, why: 'unknown' };
  if (found.terminated) return { authority: 'unrouted', districtCode: found.districtCode, why: 'terminated' };
  if (found.authority === null) return { authority: 'unrouted', districtCode: found.districtCode, why: 'outside' };
  return { authority: found.authority, districtCode: found.districtCode, why: 'postcode' };
}
