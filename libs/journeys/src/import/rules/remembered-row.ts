import { type ImportedJourney } from './read-row';
import { IMPORT_COLUMNS, type ImportColumn, type RowCells } from './columns';
import { MILESTONE_COLUMNS, MILESTONES } from '../../rules/milestones';

/** A moment as `parseLocalMoment` reads it back: UTC, to the minute. */
const writtenMoment = (moment: Date): string => `${moment.toISOString().slice(0, 16)}Z`;

/**
 * A row as it is remembered, so that a later import can be compared with it: what the cells mean, each in one way of
 * writing, the empty ones left out. `readRow` reads it back as the same journey.
 */
export function rememberedRow(journey: ImportedJourney): RowCells {
  const { close } = journey;
  const row: Partial<Record<ImportColumn, string>> = {
    reference: journey.reference,
    received_at: writtenMoment(journey.receivedAt),
    channel: journey.channel,
    source: journey.source ?? '',
    first_name: journey.firstName,
    last_name: journey.lastName,
    email: journey.email ?? '',
    phone: journey.phone ?? '',
    postcode: journey.postcode ?? '',
    authority: journey.council ?? '',
    first_response_at: journey.firstResponseAt === null ? '' : writtenMoment(journey.firstResponseAt),
    closed_on: close?.on ?? '',
    closed_by: close?.by ?? '',
    closed_reason: close?.reason ?? '',
  };
  for (const milestone of MILESTONES) {
    if (milestone !== 'enquiry') row[MILESTONE_COLUMNS[milestone]] = journey.milestones[milestone] ?? '';
  }
  return Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''));
}

/** The columns in which two remembered rows differ, in the order of the columns. */
export function columnsThatDiffer(one: RowCells, other: RowCells): readonly ImportColumn[] {
  return IMPORT_COLUMNS.filter((column) => (one[column] ?? '') !== (other[column] ?? ''));
}
