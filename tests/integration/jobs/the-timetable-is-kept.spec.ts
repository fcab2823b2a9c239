import { system } from '@app/database';
import { localDate, momentAt, MovableClock } from '@app/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Job } from 'bullmq';
import { missedNight } from '../../../apps/worker/src/missed-night';
import { TimetableProcessor } from '../../../apps/worker/src/processors/timetable.processor';
import { TIMETABLE_ENTRIES } from '../../../apps/worker/src/timetable';
import { WorkerModule } from '../../../apps/worker/src/worker.module';
import { testSettings } from '../../support/test-app';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const at = (on: string, minute: number): Date => momentAt(localDate(on), minute);

describe('the timetable', () => {
  let database: TestDatabase;
  let worker: INestApplicationContext;
  let processor: TimetableProcessor;
  const clock = new MovableClock(at('2026-11-18', 180));

  beforeAll(async () => {
    database = await createTestDatabase();
    worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(testSettings(database.url), clock), { logger: false });
    processor = worker.get(TimetableProcessor);
  });
  afterAll(async () => {
    await worker.close();
    await database.drop();
  });

  const doIt = (name: string): Promise<void> => processor.process({ name } as Job);
  const missedAt = async (moment: Date): Promise<readonly string[]> => (await database.transactions.read(system('test'), (tx) => missedNight(tx, moment))).map(({ id }) => id);
  const count = async (table: string): Promise<number> => (await database.owner.query<{ many: number }>(`SELECT count(*)::int AS many FROM ${table}`)).rows[0]!.many;

  it('holds nothing that cannot be done twice', async () => {
    for (const { job } of TIMETABLE_ENTRIES) {
      await doIt(job);
      await doIt(job);
    }
    expect(await count('kept_reports')).toBe(1);
  });

  it('refuses work that is not in it', async () => {
    await expect(doIt('something_else')).rejects.toThrow();
  });

  it('deletes what has run out, and nothing else', async () => {
    const [past, future] = [at('2026-11-18', 179), at('2026-11-18', 181)];
    for (const [name, expires] of [['past', past], ['future', future]] as const) {
      await database.owner.query(`INSERT INTO sessions (sid, sess, expire) VALUES ($1, '{}', $2)`, [name, expires]);
      await database.owner.query('INSERT INTO rate_limits (key, points, expire) VALUES ($1, 1, $2)', [name, expires.getTime()]);
      await database.owner.query(`INSERT INTO enquiry_drafts (secret_hash, started_at, expires_at, submission_id) VALUES ($1, $2, $2, uuidv7())`, [name, expires]);
    }
    await doIt('forget_expired_sign_ins');
    await doIt('delete_expired_drafts');
    expect((await database.owner.query('SELECT sid AS name FROM sessions UNION ALL SELECT key FROM rate_limits UNION ALL SELECT secret_hash FROM enquiry_drafts')).rows).toEqual([{ name: 'future' }, { name: 'future' }, { name: 'future' }]);
  });

  it('makes up for a night that was slept through, once its hour has passed', async () => {
    expect(await missedAt(at('2026-11-18', 180))).toEqual([]);
    expect(await missedAt(at('2026-11-19', 149))).toEqual([]);
    expect(await missedAt(at('2026-11-19', 151))).toEqual(['keep_nightly_report-2026-11-18']);
    expect(await missedAt(at('2026-11-25', 600))).toEqual(['keep_nightly_report-2026-11-24']);
  });

  it('does not keep a year that is still being filled', async () => {
    await database.owner.query(`INSERT INTO progress (name, done, total, words, started_at) VALUES ('demonstration', 1, 2, 'Living through May', now())`);
    expect(await missedAt(at('2026-11-19', 151))).toEqual([]);
    await database.owner.query(`UPDATE progress SET ended_at = now()`);
    expect(await missedAt(at('2026-11-19', 151))).toHaveLength(1);
  });

  it('begins with the first night, not with the hour of installation', async () => {
    await database.owner.query('ALTER TABLE kept_reports DISABLE TRIGGER USER');
    await database.owner.query('DELETE FROM kept_reports');
    expect(await missedAt(at('2026-11-19', 600))).toEqual([]);
  });
});
