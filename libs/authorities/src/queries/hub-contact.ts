import { type LocalDate, parsePhone } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Council } from '../rules/authorities';
import { openingHoursInWords } from '../rules/opening-hours-in-words';
import { authorityDetails } from './authority-details';
import { loadCalendars } from './calendars';

/** How people reach the hub, as every page shows it. */
export interface HubContact {
  readonly name: string;
  /** As people write it: "03033 132950". */
  readonly telephone: string;
  /** For a `tel:` link: "+443033132950". */
  readonly telephoneE164: string;
  readonly email: string;
  /** One line each: "Monday to Friday, 9am to 5pm". */
  readonly openingHours: readonly string[];
  /** The full names of the councils that run the hub. */
  readonly councils: readonly string[];
}

/** The council that hosts the hub: its details carry the hub's telephone and address of mail. */
export const HOST_COUNCIL: Council = 'derby';

/** The hub's telephone, address of mail and opening hours on a date. Refuses (throws) where no details hold yet. */
export async function hubContact(tx: EntityManager, on: LocalDate): Promise<HubContact> {
  const details = await authorityDetails(tx, on);
  const host = details.find(({ authority }) => authority === HOST_COUNCIL);
  if (!host) throw new Error(`No details of ${HOST_COUNCIL} hold on ${on}`);
  const { opening } = await loadCalendars(tx);
  return {
    name: 'Foster for East Midlands',
    telephone: host.phone,
    telephoneE164: parsePhone(host.phone)?.e164 ?? host.phone.replace(/\s/g, ''),
    email: host.email,
    openingHours: [...openingHoursInWords(opening.hours, on), 'Closed on bank holidays'],
    councils: details.map(({ name }) => name),
  };
}
