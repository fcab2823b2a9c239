import { Readable } from 'node:stream';
import { AUTHORITY_CODES } from '@app/authorities';
import { type AddDocument, documentRefusalInWords, type NewDocument } from '@app/documents';
import { rows, system, type Transactions } from '@app/database';
import type { Company } from '../use-cases/company';
import { pdfPage } from './pdf-page';

const ACTOR = system('demonstration');
const CASES_OF_A_COUNCIL = 3;

const PAPERS: readonly { readonly document: Omit<NewDocument, 'applicantId'>; readonly name: string; readonly lines: readonly string[] }[] = [
  { name: 'home-safety-checklist.pdf', document: { title: 'Home safety checklist', part: 'assessment', about: 'family', forPanel: true }, lines: ['Home safety checklist', '', 'Smoke alarms on both floors, tested.', 'Medicines are locked away.', 'The pond has a grille. Nothing else to do.'] },
  { name: 'family-tree.pdf', document: { title: 'Family tree', part: 'journey', about: 'family', forPanel: false }, lines: ['Family tree', '', 'Drawn by the family themselves at the second visit.'] },
];

/** Files a few small papers, made up, with the families that are being assessed. Answers what was refused, in words. */
export async function fileDocuments(transactions: Transactions, add: AddDocument, company: Company): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const council of AUTHORITY_CODES) {
    const [worker] = company.of[council].socialWorkers;
    const cases = await transactions.run(ACTOR, (tx) =>
      rows<{ id: string; reference: string }>(
        tx,
        `SELECT j.id, j.reference FROM journeys j JOIN assessments a ON a.journey_id = j.id WHERE j.demonstration AND j.authority = $1 AND j.status = 'open' AND j.stage_2_on IS NOT NULL
            AND NOT EXISTS (SELECT FROM documents d WHERE d.journey_id = j.id) ORDER BY j.stage_2_on, j.id LIMIT $2`,
        [council, CASES_OF_A_COUNCIL],
      ),
    );
    for (const { id, reference } of worker ? cases : []) {
      for (const { name, document, lines } of PAPERS) {
        const added = worker && (await add.run(worker, id, { ...document, applicantId: null }, { name, content: Readable.from([pdfPage([...lines, '', `${reference}. Made up for the demonstration.`])]) }));
        if (added && !added.ok) refused.push(`A document of ${reference}: ${documentRefusalInWords(added.refusal)}`);
      }
    }
  }
  return refused;
}
