import { CHANNELS, CLOSED_BY, CLOSED_BY_NAMES, CLOSE_REASON_NAMES, MILESTONE_MEANINGS, MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';

/** One column of the extract for analysis: what it holds, in words, and the SQL that gives it from `j` (journey), `h` (household), `e` (its enquiry in the history). */
export interface ExtractColumn {
  readonly name: string;
  readonly type: 'text' | 'whole number' | 'month' | 'yes or no';
  readonly meaning: string;
  /** The codes that it can hold, where these are all. */
  readonly codes?: readonly string[];
  readonly sql: string;
}

/** A journey as the extract has it: a value for each column, by its name. */
export type ExtractRow = Readonly<Record<string, string | number | null>>;

const month = (name: string, meaning: string, sql: string): ExtractColumn => ({ name, type: 'month', meaning: `${meaning} As year and month, such as 2026-05; empty when there is none.`, sql: `to_char(${sql}, 'YYYY-MM')` });
const between = (from: string, to: string): string => `((extract(year FROM ${to}) - extract(year FROM ${from})) * 12 + extract(month FROM ${to}) - extract(month FROM ${from}))::int`;

/** Sources that fewer families gave are told as "other": what a family wrote there may be about themselves. */
export const RAREST_SOURCE = 5;

/**
 * Every column of the extract. No name, address, telephone number, full postcode or day is among them, and the number of a
 * row is its place in this file, not a reference. It is personal data all the same: rare rows can be recognised.
 */
export const EXTRACT_COLUMNS: readonly ExtractColumn[] = [
  { name: 'row', type: 'whole number', meaning: 'The place of the journey in this file, in no order that means anything. Another file numbers it otherwise.', sql: 'row_number() OVER (ORDER BY md5(j.id::text || $4))::int' },
  { name: 'authority', type: 'text', meaning: 'The authority of the journey now; unrouted while none is decided.', codes: ['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'unrouted'], sql: 'j.authority' },
  { name: 'postcode_district', type: 'text', meaning: 'The first half of the household’s postcode, such as DE1; empty when none is known.', sql: `split_part(h.postcode, ' ', 1)` },
  { name: 'channel', type: 'text', meaning: 'How the enquiry came in.', codes: CHANNELS, sql: 'j.channel' },
  { name: 'source', type: 'text', meaning: `Where the family heard of the hub, as they said. What fewer than ${String(RAREST_SOURCE)} families of the file said is told as other.`, sql: `CASE WHEN j.source IS NULL THEN NULL WHEN count(*) OVER (PARTITION BY lower(j.source)) >= ${String(RAREST_SOURCE)} THEN lower(j.source) ELSE 'other' END` },
  { name: 'counted', type: 'yes or no', meaning: 'Whether the journey counts in reports: no for duplicates, contacts that were no enquiries, and kinship.', sql: `CASE WHEN j.kinship OR coalesce(j.closed_reason IN ('duplicate', 'not_an_enquiry', 'kinship'), false) THEN 'no' ELSE 'yes' END` },
  month('enquired_in', 'When the opening contact was received.', 'j.enquiry_on'),
  { name: 'answered_within_standard', type: 'yes or no', meaning: 'Whether the first response came by the time it was due; no when it came later or the time has passed without one; empty while there is still time.', sql: `CASE WHEN date_trunc('minute', j.first_response_at) <= e.due_at THEN 'yes' WHEN j.first_response_at IS NOT NULL OR e.due_at < $3 THEN 'no' END` },
  { name: 'working_hours_to_answer', type: 'whole number', meaning: 'Opening hours from the start of the clock to the first response, to the nearest hour; empty without one.', sql: `(SELECT round(r.working_minutes / 60.0)::int FROM journey_events r WHERE r.journey_id = j.id AND r.kind = 'first_response' AND r.superseded_at IS NULL)` },
  ...MILESTONES_BEFORE_APPROVAL.filter((milestone) => milestone !== 'enquiry').map((milestone) => month(`${milestone}_in`, `When ${MILESTONE_MEANINGS[milestone].dateMeans}.`, `j.${milestone}_on`)),
  month('approved_in', `When ${MILESTONE_MEANINGS.approved.dateMeans}.`, 'j.approved_on'),
  { name: 'furthest', type: 'text', meaning: 'The furthest milestone reached.', codes: MILESTONES, sql: `CASE ${[...MILESTONES].reverse().filter((milestone) => milestone !== 'enquiry').map((milestone) => `WHEN j.${milestone}_on IS NOT NULL THEN '${milestone}'`).join(' ')} ELSE 'enquiry' END` },
  { name: 'standing', type: 'text', meaning: 'How the journey stands now.', codes: ['open', 'on_hold', 'closed', 'approved'], sql: 'j.status' },
  month('closed_in', 'When it was closed without approval.', 'j.closed_on'),
  { name: 'closed_by', type: 'text', meaning: `Who closed it: ${CLOSED_BY.map((by) => CLOSED_BY_NAMES[by].toLowerCase()).join(', ')}.`, codes: CLOSED_BY, sql: 'j.closed_by' },
  { name: 'closed_reason', type: 'text', meaning: 'Why it was closed.', codes: Object.keys(CLOSE_REASON_NAMES), sql: 'j.closed_reason' },
  { name: 'months_to_approval', type: 'whole number', meaning: 'Calendar months from that of the enquiry to that of the approval.', sql: between('j.enquiry_on', 'j.approved_on') },
  { name: 'months_to_close', type: 'whole number', meaning: 'Calendar months from that of the enquiry to that of the close.', sql: between('j.enquiry_on', 'j.closed_on') },
  { name: 'applicants', type: 'whole number', meaning: 'How many people apply together: 1 or 2.', sql: '(SELECT count(*)::int FROM applicants a WHERE a.household_id = j.household_id)' },
  { name: 'spare_rooms', type: 'text', meaning: 'Spare rooms as the family said, 3 or more told as 3+; empty when not asked.', codes: ['0', '1', '2', '3+'], sql: `CASE WHEN h.spare_rooms >= 3 THEN '3+' ELSE h.spare_rooms::text END` },
  { name: 'fosters_now', type: 'text', meaning: 'Whether the family fosters already, or did before.', codes: ['no', 'council', 'agency', 'before'], sql: 'h.fosters_now' },
];
