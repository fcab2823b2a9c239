import { join } from 'node:path';
import { rows, system, Transactions } from '@app/database';
import type { Clock } from '@app/kernel';
import { SETTINGS, type Settings } from '@app/settings';
import { Module } from '@nestjs/common';
import { FileStore } from './persistence/file-store';
import { ClamdScanner } from './scanner/clamd-scanner';
import { NoScanner, Scanner } from './scanner/scanner';
import { AddDocument } from './use-cases/add-document';
import { OpenDocument } from './use-cases/open-document';
import { RemoveDocument } from './use-cases/remove-document';
import { ScanDocuments } from './use-cases/scan-documents';
import { SweepFiles } from './use-cases/sweep-files';

const CLAMD_PORT = 3310;

function scannerOf({ clamavUrl }: Settings): Scanner {
  if (clamavUrl === null) return new NoScanner();
  const { hostname, port } = new URL(clamavUrl);
  return new ClamdScanner({ host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? CLAMD_PORT : Number(port) });
}

/** Each database has a folder of its own: a sweep never takes the files of another for its own leftovers. */
async function storeFolder(dataDir: string, transactions: Transactions): Promise<string> {
  const [store] = await transactions.read(system('documents'), (tx) => rows<{ id: string }>(tx, 'SELECT id FROM document_store'));
  if (!store) throw new Error('The database does not say where its documents lie');
  return join(dataDir, 'documents', store.id);
}

/** Takes documents outside the framework, as a command does: below a data folder, without a scanner. */
export function addDocumentIn(settings: Pick<Settings, 'dataDir' | 'documentLimitMegabytes'>, transactions: Transactions, clock: Clock): AddDocument {
  const store = new FileStore(() => storeFolder(settings.dataDir, transactions));
  return new AddDocument(transactions, clock, store, new ScanDocuments(transactions, clock, store, new NoScanner()), settings);
}

const useCases = [AddDocument, OpenDocument, RemoveDocument, ScanDocuments, SweepFiles];

/** Documents of families: files below DATA_DIR/documents, behind the same rules as the families. */
@Module({
  providers: [
    { provide: FileStore, useFactory: ({ dataDir }: Settings, transactions: Transactions) => new FileStore(() => storeFolder(dataDir, transactions)), inject: [SETTINGS, Transactions] },
    { provide: Scanner, useFactory: scannerOf, inject: [SETTINGS] },
    ...useCases,
  ],
  exports: [...useCases, Scanner],
})
export class DocumentsModule {}
