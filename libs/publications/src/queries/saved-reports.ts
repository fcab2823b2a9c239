import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { Cadence, FigureChange, SavedFigures } from '../rules/saved-figures';
import { type CausesOfChange, keptCauses } from '../rules/kept-causes';

/** A saved report as lists show it. */
export interface ListedReport {
  readonly id: string;
  readonly cadence: Cadence;
  /** Null for the hub. */
  readonly authority: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly version: number;
  readonly asAt: LocalDate;
  readonly knownAt: Date;
  readonly madeAt: Date;
  readonly commented: boolean;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
}

/** A saved report with everything that belongs to it. */
export interface SavedReport extends ListedReport {
  readonly definitions: string;
  readonly content: string;
  readonly sha256: string;
  readonly figures: SavedFigures;
  readonly changes: readonly FigureChange[];
  readonly causes: CausesOfChange;
  readonly toMend: number;
  /** The newest, whether or not it is signed. */
  readonly commentary: { readonly id: string; readonly words: string; readonly writtenAt: Date; readonly writtenBy: string } | null;
  /** Of the version before, to go on from; null when there is none. */
  readonly earlierWords: string | null;
  /** Every version of the same period, the newest first. */
  readonly versions: readonly { readonly id: string; readonly version: number; readonly madeAt: Date }[];
}

const LISTED = `r.id, r.cadence, r.authority, r.period_from AS "from", r.period_to AS "to", r.version, r.as_at AS "asAt", r.known_at AS "knownAt", r.made_at AS "madeAt",
  EXISTS (SELECT FROM report_commentaries c WHERE c.report_id = r.id) AS commented, o.signed_at AS "signedAt", signer.name AS "signedBy"`;
const SIGNED = 'LEFT JOIN report_sign_offs o ON o.report_id = r.id LEFT JOIN staff signer ON signer.id = o.signed_by';

/** Which saved reports are asked for. */
export interface SavedReportsAsked {
  /** Null for those of the hub; left out for all. */
  readonly authority?: string | null;
  readonly cadence?: Cadence | null;
}

/** $1 whether of all · $2 the authority, or null for the hub · $3 how long the period is, or null for both. */
const NEWEST_VERSIONS = `
      WHERE NOT EXISTS (SELECT FROM saved_reports newer WHERE newer.cadence = r.cadence AND newer.authority IS NOT DISTINCT FROM r.authority AND newer.period_from = r.period_from AND newer.version > r.version)
        AND ($1 OR r.authority IS NOT DISTINCT FROM $2) AND ($3::text IS NULL OR r.cadence = $3)`;
const askedFor = ({ authority, cadence }: SavedReportsAsked): readonly unknown[] => [authority === undefined, authority ?? null, cadence ?? null];

/** The newest version of every saved report that the actor may see, the newest period first. */
export function savedReports(tx: EntityManager, asked: SavedReportsAsked, atMost = 1_000, after = 0): Promise<ListedReport[]> {
  return rows<ListedReport>(
    tx,
    `SELECT ${LISTED} FROM saved_reports r ${SIGNED} ${NEWEST_VERSIONS}
      ORDER BY r.period_to DESC, r.cadence DESC, array_position(ARRAY['derby', 'derbyshire', 'nottingham', 'nottinghamshire'], r.authority) NULLS FIRST LIMIT $4 OFFSET $5`,
    [...askedFor(asked), atMost, after],
  );
}

/** How many saved reports stand on a page of their list. */
export const SAVED_REPORTS_PAGE = 50;

/** A page of the saved reports, the newest first. */
export interface SavedReportsPage {
  readonly listed: readonly ListedReport[];
  readonly total: number;
  /** Counted from 1; the last, when one beyond it was asked for. */
  readonly page: number;
}

/** One page of the saved reports that the actor may see. */
export async function savedReportsPage(tx: EntityManager, asked: SavedReportsAsked, asksPage: number): Promise<SavedReportsPage> {
  const [counted] = await rows<{ total: number }>(tx, `SELECT count(*)::int AS total FROM saved_reports r ${NEWEST_VERSIONS}`, askedFor(asked));
  const total = counted?.total ?? 0;
  const page = Math.min(asksPage, Math.max(1, Math.ceil(total / SAVED_REPORTS_PAGE)));
  return { listed: await savedReports(tx, asked, SAVED_REPORTS_PAGE, (page - 1) * SAVED_REPORTS_PAGE), total, page };
}

type Row = Omit<SavedReport, 'figures' | 'commentary' | 'versions' | 'earlierWords'>;

/** One saved report; null when there is none with this id that the actor may see. */
export async function savedReport(tx: EntityManager, id: string): Promise<SavedReport | null> {
  const [found] = await rows<Row>(tx, `SELECT ${LISTED}, r.definitions, r.content, r.sha256, r.changes, r.causes, r.to_mend AS "toMend" FROM saved_reports r ${SIGNED} WHERE r.id = $1`, [id]);
  if (found === undefined) return null;
  const [commentary] = await rows<NonNullable<SavedReport['commentary']>>(
    tx,
    `SELECT c.id, c.words, c.written_at AS "writtenAt", s.name AS "writtenBy" FROM report_commentaries c JOIN staff s ON s.id = c.written_by
      LEFT JOIN report_sign_offs o ON o.commentary_id = c.id WHERE c.report_id = $1 ORDER BY o.report_id NULLS LAST, c.written_at DESC, c.id DESC LIMIT 1`,
    [id],
  );
  const versions = await rows<SavedReport['versions'][number]>(
    tx,
    `SELECT id, version, made_at AS "madeAt" FROM saved_reports WHERE cadence = $1 AND authority IS NOT DISTINCT FROM $2 AND period_from = $3 ORDER BY version DESC`,
    [found.cadence, found.authority, found.from],
  );
  const [earlier] = await rows<{ words: string }>(
    tx,
    `SELECT c.words FROM report_commentaries c JOIN saved_reports r ON r.id = c.report_id
      WHERE r.cadence = $1 AND r.authority IS NOT DISTINCT FROM $2 AND r.period_from = $3 AND r.version < $4 ORDER BY r.version DESC, c.written_at DESC, c.id DESC LIMIT 1`,
    [found.cadence, found.authority, found.from, found.version],
  );
  return { ...found, causes: keptCauses(found.causes), figures: JSON.parse(found.content) as SavedFigures, commentary: commentary ?? null, versions, earlierWords: earlier?.words ?? null };
}

/** Somebody on the list of a report. */
export interface Recipient {
  readonly id: string;
  readonly authority: string | null;
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
  readonly demonstration: boolean;
}

/** Who is sent a link when a report is saved, by name; those who left are not among them. */
export function reportRecipients(tx: EntityManager): Promise<Recipient[]> {
  return rows<Recipient>(
    tx,
    `SELECT l.id, l.authority, l.staff_id AS "staffId", s.name, s.email, s.demonstration FROM report_recipients l JOIN staff s ON s.id = l.staff_id
      WHERE l.removed_at IS NULL AND s.state = 'active' ORDER BY l.authority NULLS FIRST, s.name COLLATE "en-GB-x-icu", s.id`,
  );
}
