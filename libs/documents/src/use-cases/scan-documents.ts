import { recordAudit } from '@app/audit';
import { affected, rows, system, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { Injectable, Logger } from '@nestjs/common';
import { FileStore } from '../persistence/file-store';
import type { Scan } from '../rules/who-may-open';
import { Scanner, ScannerUnavailable } from '../scanner/scanner';

interface Waiting {
  readonly id: string;
  readonly documentId: string;
  readonly journeyId: string;
  readonly storageKey: string;
  readonly bytes: number;
}

const AT_ONCE = 200;
const ACTOR = system('scan documents');

/** Has documents looked at for viruses, when they come in and, where the scanner was away, later. */
@Injectable()
export class ScanDocuments {
  private readonly logger = new Logger(ScanDocuments.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: FileStore,
    private readonly scanner: Scanner,
  ) {}

  /** Looks at one version now. Without a verdict it stays not scanned, and is looked at again by `waiting`. */
  async one(versionId: string): Promise<Scan> {
    if (!this.scanner.present) return 'unscanned';
    const [version] = await this.unscanned(versionId, 1);
    return version ? this.scan(version) : 'unscanned';
  }

  /** Looks at everything that was not scanned yet, the oldest first; answers how many got a verdict. Unasked, by the timetable. */
  async waiting(): Promise<number> {
    if (!this.scanner.present) return 0;
    let settled = 0;
    for (const version of await this.unscanned(null, AT_ONCE)) {
      // One that fails alone must not keep the others waiting; a scanner that is away fails them all.
      if ((await this.scan(version)) !== 'unscanned') settled += 1;
    }
    return settled;
  }

  private unscanned(versionId: string | null, atMost: number): Promise<Waiting[]> {
    return this.transactions.read(ACTOR, (tx) =>
      rows<Waiting>(
        tx,
        `SELECT v.id, v.document_id AS "documentId", d.journey_id AS "journeyId", v.storage_key AS "storageKey", v.bytes::float8 AS bytes
           FROM document_versions v JOIN documents d ON d.id = v.document_id
          WHERE v.scan = 'unscanned' AND d.removed_at IS NULL AND ($1::uuid IS NULL OR v.id = $1) ORDER BY v.added_at LIMIT $2`,
        [versionId, atMost],
      ),
    );
  }

  private async scan(version: Waiting): Promise<Scan> {
    try {
      const verdict = await this.scanner.scan(await this.store.open(version.storageKey, version.bytes));
      const scan = await this.settle(version, verdict.found === 'virus' ? verdict.signature : null);
      if (scan === 'infected') await this.store.quarantine(version.storageKey);
      return scan;
    } catch (error) {
      if (error instanceof ScannerUnavailable) this.logger.warn(`A document could not be scanned: ${error.message}`);
      else this.logger.error(error, 'A document could not be scanned');
      return 'unscanned';
    }
  }

  private settle(version: Waiting, signature: string | null): Promise<Scan> {
    const scan = signature === null ? 'clean' : 'infected';
    return this.transactions.run(ACTOR, async (tx) => {
      const now = this.clock.now();
      const won = await affected(tx, `UPDATE document_versions SET scan = $2, scanned_at = $3, signature = $4 WHERE id = $1 AND scan = 'unscanned'`, [version.id, scan, now, signature]);
      if (won > 0 && signature !== null) await recordAudit(tx, ACTOR, now, { action: 'document.infected', subjectKind: 'journey', subjectId: version.journeyId, detail: { documentId: version.documentId, signature } });
      return scan;
    });
  }
}
