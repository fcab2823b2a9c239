import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { CLOSE_REASON_NAMES, CLOSED_BY_NAMES, type HistoryEntry, MILESTONE_MEANINGS, type TimelineItem, type WrittenEntry } from '@app/journeys';
import { dateInWords, localDateOf, momentInWords, parseLocalDate, shortDateInWords } from '@app/kernel';
import { momentNearby, workingTimeInWords } from '../in-words';

/** An entry as the timeline's macro takes it. */
export interface ShownEntry {
  readonly title: string;
  readonly when: string;
  readonly byWhom: string;
  readonly body: string | null;
  /** Noted by the system, or a bare fact: quieter than what people wrote. */
  readonly automatic: boolean;
  readonly confidential: boolean;
}

/** The entries of a timeline in words. */
export const timelineEntries = (items: readonly TimelineItem[], now: Date): readonly ShownEntry[] => items.map((item) => (item.source === 'written' ? writtenInWords(item, now) : historyInWords(item, now)));

function writtenInWords(entry: WrittenEntry, now: Date): ShownEntry {
  const again = entry.nextContactOn ? `Be in touch again on ${dateInWords(entry.nextContactOn)}.` : null;
  return {
    title: entry.title,
    when: momentNearby(entry.at, now),
    byWhom: byWhom(entry),
    body: [entry.body, again].filter(Boolean).join('\n') || null,
    automatic: entry.kind === 'change',
    confidential: entry.confidential,
  };
}

function historyInWords(entry: HistoryEntry, now: Date): ShownEntry {
  const recordedOn = localDateOf(entry.recordedAt);
  const recordedLater = entry.dateOnly && recordedOn !== entry.happenedOn ? `recorded ${shortDateInWords(recordedOn)} ` : '';
  return {
    title: factInWords(entry),
    when: entry.dateOnly ? shortDateInWords(entry.happenedOn) : momentNearby(entry.at, now),
    // What follows from an enquiry without anybody's doing, such as its routing, is not the family's.
    byWhom: `${recordedLater}${entry.recordedBy === 'public' ? 'by the system' : byWhom(entry)}`,
    body: [detailInWords(entry), entry.superseded ? 'This was corrected later.' : null].filter(Boolean).join('\n') || null,
    automatic: true,
    confidential: false,
  };
}

function factInWords(entry: HistoryEntry): string {
  switch (entry.kind) {
    case 'milestone':
      return entry.milestone ? MILESTONE_MEANINGS[entry.milestone].name : 'Milestone';
    case 'first_response':
      return entry.dueAt && entry.at.getTime() - entry.dueAt.getTime() >= 60_000 ? 'First response, after its due time' : 'First response, in time';
    case 'closed':
      return 'Closed';
    case 'reopened':
      return 'Reopened';
    case 'held':
      return 'Put on hold';
    case 'resumed':
      return 'Back from hold';
    case 'routed':
      return entry.authority === 'unrouted' ? 'Waits to be routed' : `Routed to ${AUTHORITY_NAMES[entry.authority as AuthorityCode]}`;
    case 'assigned':
      return 'Assigned';
    case 'merged':
      return 'Merged';
  }
}

const ROUTING_WORDS: Readonly<Record<string, string>> = {
  postcode: 'By the postcode.',
  asked_for: 'The family asked for this council.',
  by_hand: 'By hand.',
  unknown: 'The postcode is not in the table: an officer routes it by hand.',
  terminated: 'The postcode is no longer in use: an officer routes it by hand.',
  outside: 'The postcode lies outside the four councils: an officer decides.',
  no_postcode: 'There was no postcode: an officer routes it by hand.',
};

function detailInWords(entry: HistoryEntry): string | null {
  const text = (name: string): string | null => (typeof entry.detail[name] === 'string' ? entry.detail[name] : null);
  switch (entry.kind) {
    case 'first_response':
      return entry.workingMinutes === null ? null : `${workingTimeInWords(entry.workingMinutes)} of opening time after the enquiry.${entry.dueAt ? ` It was due ${momentInWords(entry.dueAt)}.` : ''}`;
    case 'closed':
      return entry.closedBy && entry.closedReason ? `${CLOSED_BY_NAMES[entry.closedBy]}: ${CLOSE_REASON_NAMES[entry.closedReason].toLowerCase()}.` : null;
    case 'held': {
      const until = parseLocalDate(text('until') ?? '');
      return until && `Until ${dateInWords(until)}.`;
    }
    case 'routed':
      return ROUTING_WORDS[text('how') ?? ''] ?? null;
    case 'assigned':
      return `Officer: ${entry.officerName ?? 'nobody'}. Social worker: ${entry.socialWorkerName ?? 'nobody'}.`;
    case 'merged':
      return text('reference') && `With ${text('reference') ?? ''}.`;
    default:
      return null;
  }
}

function byWhom({ recordedBy, staffName }: Pick<TimelineItem, 'recordedBy' | 'staffName'>): string {
  if (staffName !== null) return `by ${staffName}`;
  if (recordedBy === 'public') return 'by the family';
  if (recordedBy.startsWith('system:import')) return 'from the import';
  return 'by the system';
}
