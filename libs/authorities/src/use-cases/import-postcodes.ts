import { recordAudit } from '@app/audit';
import { type Actor, refreshStatistics, rows, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { type FileRow, UnreadableFile } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuthorityCode } from '../rules/authorities';
import { type ListedPostcode, listedPostcode, type PostcodeColumns, postcodeColumns } from '../rules/postcodes-file';

export interface PostcodeImport {
  /** The rows of an ONSPD or NSPL file, the header first. */
  readonly rows: AsyncIterable<FileRow>;
  readonly onMistake: (row: number, what: string) => void;
  readonly onProgress?: (bytes: number) => void;
}

/** What the table of postcodes holds after an import. */
export interface PostcodeOutcome {
  /** Rows of the file. */
  readonly read: number;
  /** Postcodes that were not there before, or were different. */
  readonly changed: number;
  /** In use, by authority; `unrouted` are those outside the hub's districts. */
  readonly inUse: Readonly<Partial<Record<AuthorityCode, number>>>;
  readonly terminated: number;
}

/** A file of postcodes that is not what it should be; told after so many mistakes that the rest would be more of the same. */
export interface PostcodeRefusal {
  readonly mistakes: number;
}

const ROWS_AT_ONCE = 5_000;
const MISTAKES_TOLD = 20;

/**
 * Takes in a file of postcodes, all of it or nothing: new ones are added, known ones brought up to date, so that a newer
 * release goes over an older one. Postcodes that the file leaves out stay.
 */
@Injectable()
export class ImportPostcodes {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, request: PostcodeImport): Promise<Result<PostcodeOutcome, PostcodeRefusal>> {
    try {
      const outcome = await this.transactions.run(actor, async (tx) => {
        const counts = await store(tx, request);
        await recordAudit(tx, actor, this.clock.now(), { action: 'postcodes.import', subjectKind: 'import', subjectId: newId(), detail: counts });
        return { ...counts, ...(await held(tx)) };
      });
      if (outcome.changed > 0) await this.transactions.run(actor, (tx) => refreshStatistics(tx, ['postcodes']));
      return ok(outcome);
    } catch (error) {
      if (error instanceof Mistaken) return refused({ mistakes: error.mistakes });
      throw error;
    }
  }
}

/** Leaves the transaction with everything in it undone. */
class Mistaken extends Error {
  constructor(readonly mistakes: number) {
    super('mistaken');
  }
}

async function store(tx: EntityManager, { rows: given, onMistake, onProgress }: PostcodeImport): Promise<Pick<PostcodeOutcome, 'read' | 'changed'>> {
  let columns: PostcodeColumns | null = null;
  let portion = new Map<string, ListedPostcode>();
  let [read, changed, mistakes] = [0, 0, 0];
  const mistake = (row: number, what: string): void => {
    mistakes += 1;
    onMistake(row, what);
    if (mistakes >= MISTAKES_TOLD) throw new Mistaken(mistakes);
  };
  try {
    for await (const { row, cells, bytes } of given) {
      if (columns === null) {
        const header = postcodeColumns(cells);
        if (!header.ok) {
          mistake(row, header.refusal);
          break;
        }
        columns = header.value;
        continue;
      }
      const listed = listedPostcode(columns, cells);
      if (!listed.ok) {
        mistake(row, listed.refusal);
        continue;
      }
      read += 1;
      portion.set(listed.value.postcode, listed.value);
      if (portion.size < ROWS_AT_ONCE) continue;
      changed += await upsert(tx, [...portion.values()]);
      portion = new Map();
      onProgress?.(bytes);
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    mistake(error.row, error.message);
  }
  if (columns === null && mistakes === 0) mistake(1, 'the file is empty: import an ONSPD or NSPL file as the Office for National Statistics publishes it');
  if (mistakes > 0) throw new Mistaken(mistakes);
  return { read, changed: changed + (await upsert(tx, [...portion.values()])) };
}

async function upsert(tx: EntityManager, listed: readonly ListedPostcode[]): Promise<number> {
  const [counted] = await rows<{ changed: number }>(
    tx,
    `WITH given AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::float8[], $6::float8[]) AS g (postcode, district_code, ward_code, terminated_on, latitude, longitude)),
          stored AS (
            INSERT INTO postcodes AS p (postcode, district_code, ward_code, terminated_on, latitude, longitude) SELECT * FROM given
            ON CONFLICT (postcode) DO UPDATE
               SET district_code = excluded.district_code, ward_code = excluded.ward_code, terminated_on = excluded.terminated_on, latitude = excluded.latitude, longitude = excluded.longitude
             WHERE (p.district_code, p.ward_code, p.terminated_on, p.latitude, p.longitude) IS DISTINCT FROM (excluded.district_code, excluded.ward_code, excluded.terminated_on, excluded.latitude, excluded.longitude)
            RETURNING 1)
     SELECT count(*)::int AS changed FROM stored`,
    [
      listed.map(({ postcode }) => postcode),
      listed.map(({ districtCode }) => districtCode),
      listed.map(({ wardCode }) => wardCode),
      listed.map(({ terminatedOn }) => terminatedOn),
      listed.map(({ latitude }) => latitude),
      listed.map(({ longitude }) => longitude),
    ],
  );
  return counted?.changed ?? 0;
}

async function held(tx: EntityManager): Promise<Pick<PostcodeOutcome, 'inUse' | 'terminated'>> {
  const counted = await rows<{ authority: AuthorityCode | null; count: number }>(
    tx,
    `SELECT CASE WHEN p.terminated_on IS NULL THEN coalesce(d.authority, 'unrouted') END AS authority, count(*)::int AS count
       FROM postcodes p LEFT JOIN districts d ON d.code = p.district_code GROUP BY 1`,
  );
  return {
    inUse: Object.fromEntries(counted.flatMap(({ authority, count }) => (authority === null ? [] : [[authority, count]]))),
    terminated: counted.find(({ authority }) => authority === null)?.count ?? 0,
  };
}
