import { Test } from '@nestjs/testing';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { parsePostcode, MovableClock } from '@app/kernel';
import { EnquiriesModule, type ReceivedEnquiry } from '@app/enquiries';
import { JourneysModule } from '@app/journeys';
import { DatabaseModule } from '@app/database';
import { parseSettings, SettingsModule } from '@app/settings';
import { createTestDatabase, type TestDatabase } from './test-database';

/** The use cases on a database of their own, under a clock that stands still until it is moved. */
export interface HubWorld {
  readonly database: TestDatabase;
  readonly clock: MovableClock;
  readonly get: INestApplicationContext['get'];
  close(): Promise<void>;
}

/** A hub at a moment (ISO text with an offset), with further rooms. */
export async function createHubWorld(now: string, more: readonly Type[] = []): Promise<HubWorld> {
  const database = await createTestDatabase();
  const clock = new MovableClock(new Date(now));
  const settings = parseSettings({ EMBEDDED: '1', DATABASE_URL: database.url, SESSION_SECRET: 's'.repeat(40) });
  if (!settings.ok) throw new Error(settings.refusal.join('\n'));
  const module = await Test.createTestingModule({ imports: [SettingsModule.forRoot(settings.value, clock), DatabaseModule.forRoot(database.url, 5), JourneysModule, EnquiriesModule, ...more] }).compile();
  await module.init();
  return {
    database,
    clock,
    get: module.get.bind(module),
    async close() {
      await module.close();
      await database.drop();
    },
  };
}

/** Makes a postcode known: of a district, or of one outside the hub. */
export async function knowPostcode(database: TestDatabase, postcode: string, districtCode: string, terminatedOn: string | null = null): Promise<string> {
  const canonical = parsePostcode(postcode);
  if (!canonical) throw new Error(`${postcode} is not a postcode`);
  await database.owner.query('INSERT INTO postcodes (postcode, district_code, terminated_on) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [canonical, districtCode, terminatedOn]);
  return canonical;
}

let made = 0;

/** An enquiry by web of one made-up person, who is somebody else each time. */
export function anEnquiry(more: Partial<ReceivedEnquiry> = {}): ReceivedEnquiry {
  made += 1;
  return {
    channel: 'web',
    source: 'A friend',
    applicants: [{ firstName: 'Robin', lastName: `Example${String(made)}`, email: `robin.${String(made)}@example.org`, phone: `+441154960${String(made % 1000).padStart(3, '0')}`, preferredContact: 'phone', bestTime: 'evenings' }],
    postcode: null,
    askedForAuthority: 'derby',
    spareRoom: 'yes',
    fostersNow: 'no',
    interests: ['long_term', 'siblings'],
    message: 'We have a room since our eldest moved out.',
    marketingConsent: false,
    suspicions: [],
    ...more,
  };
}
