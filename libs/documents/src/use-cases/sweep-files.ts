import { rows, system, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { FileStore, type StoredFile } from '../persistence/file-store';

/** A file may be on its way into its place, or its row about to be committed: younger ones are left alone. */
const GRACE_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

interface KnownFile {
  readonly key: string;
  readonly removed: boolean;
  readonly infected: boolean;
}

/** Deletes files that no document names: uploads that broke off, and what was removed. Puts aside what is infected and still lies with the others. */
@Injectable()
export class SweepFiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: FileStore,
  ) {}

  /** Answers how many were deleted. Unasked, by the timetable. */
  async run(): Promise<number> {
    const before = this.clock.now().getTime() - GRACE_MS;
    let deleted = 0;
    let batch: StoredFile[] = [];
    for await (const file of this.store.files()) {
      batch.push(file);
      if (batch.length < AT_ONCE) continue;
      deleted += await this.sweep(batch, before);
      batch = [];
    }
    return deleted + (await this.sweep(batch, before));
  }

  private async sweep(files: readonly StoredFile[], before: number): Promise<number> {
    const known = await this.transactions.read(system('sweep files'), (tx) =>
      rows<KnownFile>(tx, `SELECT v.storage_key AS key, d.removed_at IS NOT NULL AS removed, v.scan = 'infected' AS infected FROM document_versions v JOIN documents d ON d.id = v.document_id WHERE v.storage_key = ANY ($1)`, [files.map(({ key }) => key)]),
    );
    const byKey = new Map(known.map((file) => [file.key, file]));
    for (const { key, place } of files) if (place === 'kept' && byKey.get(key)?.infected) await this.store.quarantine(key);
    const dead = files.filter(({ key, changedAt }) => byKey.get(key)?.removed ?? changedAt.getTime() < before);
    for (const { key } of dead) await this.store.discard(key);
    return dead.length;
  }
}
