import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

/** Something about a journey that cannot be, however it came about. */
export interface ImpossibleState {
  readonly reference: string;
  /** What is wrong, in words for whoever looks into it. */
  readonly what: string;
}

/** The newest events of each kind that say how a journey stands: what the columns of journeys have to agree with. */
const STANDING = `
  SELECT j.*,
         ended.kind AS ended_kind, ended.happened_on AS ended_on, ended.closed_by AS ended_by, ended.closed_reason AS ended_reason,
         rested.kind AS rested_kind, routed.authority AS routed_to, kinship_mark.kind AS kinship_kind, safeguarding_mark.kind AS safeguarding_kind, answered.happened_at AS answered_at
    FROM journeys j
    LEFT JOIN LATERAL (SELECT * FROM journey_events e WHERE e.journey_id = j.id AND e.kind IN ('closed', 'reopened') AND superseded_at IS NULL ORDER BY id DESC LIMIT 1) ended ON true
    LEFT JOIN LATERAL (SELECT * FROM journey_events e WHERE e.journey_id = j.id AND e.kind IN ('held', 'resumed', 'closed', 'reopened') AND superseded_at IS NULL ORDER BY id DESC LIMIT 1) rested ON true
    LEFT JOIN LATERAL (SELECT * FROM journey_events e WHERE e.journey_id = j.id AND e.kind = 'routed' ORDER BY id DESC LIMIT 1) routed ON true
    LEFT JOIN LATERAL (SELECT * FROM journey_events e WHERE e.journey_id = j.id AND e.kind IN ('kinship_marked', 'kinship_cleared') ORDER BY id DESC LIMIT 1) kinship_mark ON true
    LEFT JOIN LATERAL (SELECT * FROM journey_events e WHERE e.journey_id = j.id AND e.kind IN ('safeguarding_marked', 'safeguarding_cleared') ORDER BY id DESC LIMIT 1) safeguarding_mark ON true
    LEFT JOIN LATERAL (SELECT * FROM journey_events e WHERE e.journey_id = j.id AND e.kind = 'first_response' AND superseded_at IS NULL) answered ON true`;

/** What must never be true of a journey `s`, with the words for it. */
const OF_JOURNEYS: readonly (readonly [string, string])[] = [
  [`(s.status = 'closed') <> (s.ended_kind IS NOT DISTINCT FROM 'closed')`, 'closed in the list and not in the history, or the other way round'],
  [`s.status = 'closed' AND (s.closed_on, s.closed_by, s.closed_reason) IS DISTINCT FROM (s.ended_on, s.ended_by, s.ended_reason)`, 'closed on another date or for another reason than its history says'],
  [`(s.status = 'on_hold') <> (s.rested_kind IS NOT DISTINCT FROM 'held')`, 'on hold in the list and not in the history, or the other way round'],
  [`s.authority <> coalesce(s.routed_to, 'unrouted')`, 'with another council than its history says'],
  [`s.kinship <> (s.kinship_kind IS NOT DISTINCT FROM 'kinship_marked')`, 'marked as kinship in the list and not in the history, or the other way round'],
  [`s.safeguarding <> (s.safeguarding_kind IS NOT DISTINCT FROM 'safeguarding_marked')`, 'marked for safeguarding in the list and not in the history, or the other way round'],
  [`s.first_response_at IS DISTINCT FROM s.answered_at`, 'answered at another time than its history says'],
  [`(s.next_step IS NULL) <> (s.status IN ('closed', 'approved'))`, 'ended with a next step, or open without one'],
  [`(s.next_step IS NULL) <> (s.next_due_at IS NULL) OR (s.next_step IS NULL) <> (s.waiting_for IS NULL)`, 'a next step without a due time, or a due time without a next step'],
  [`s.merged_into IS NOT NULL AND NOT EXISTS (SELECT FROM journeys kept WHERE kept.id = s.merged_into)`, 'merged into a journey that is not there'],
  [`s.merged_into IS NULL AND NOT EXISTS (SELECT FROM contacts c WHERE c.journey_id = s.id) AND s.closed_reason IS DISTINCT FROM 'duplicate'`, 'no contact opened it'],
  [`NOT EXISTS (SELECT FROM households h WHERE h.id = s.household_id AND h.merged_into IS NULL)`, 'of a household that was merged into another'],
];

/** The stage that follows from the milestones of a journey `j`. */
const STAGE_OF = `CASE WHEN j.approved_on IS NOT NULL THEN 'approved' WHEN j.panel_on IS NOT NULL THEN 'decision'
  WHEN coalesce(j.application_on, j.stage_1_on, j.stage_2_on) IS NOT NULL THEN 'assessment' WHEN j.home_visit_on IS NOT NULL THEN 'home_visit'
  WHEN j.initial_application_on IS NOT NULL THEN 'initial_application' ELSE 'enquiry' END`;

const OTHERS: readonly (readonly [string, string])[] = [
  [
    `SELECT j.reference FROM journeys j
       CROSS JOIN LATERAL (VALUES ('enquiry', j.enquiry_on), ('initial_application', j.initial_application_on), ('home_visit', j.home_visit_on), ('application', j.application_on),
         ('stage_1', j.stage_1_on), ('stage_2', j.stage_2_on), ('panel', j.panel_on), ('approved', j.approved_on)) AS dated (milestone, dated_on)
       LEFT JOIN journey_events e ON e.journey_id = j.id AND e.kind = 'milestone' AND e.milestone = dated.milestone AND e.superseded_at IS NULL
      WHERE e.happened_on IS DISTINCT FROM dated.dated_on`,
    'a milestone on another date than its history says',
  ],
  [`SELECT j.reference FROM journeys j WHERE j.stage <> ${STAGE_OF}`, 'in a stage that its milestones do not lead to'],
  [`SELECT j.reference FROM journeys j JOIN clocks c ON c.journey_id = j.id WHERE c.state IN ('running', 'paused') AND c.rule NOT IN ('told_orally', 'told_in_writing') AND j.status IN ('closed', 'approved')`, 'ended, and a clock of it still runs'],
  [`SELECT j.reference FROM journeys j JOIN clocks c ON c.journey_id = j.id WHERE c.state = 'running' AND j.status = 'on_hold' OR c.state = 'paused' AND j.status = 'open'`, 'a clock that runs on hold, or is paused while the journey is open'],
  [
    `SELECT j.reference FROM journeys j WHERE (j.first_response_at IS NOT NULL) <> EXISTS (SELECT FROM clocks c WHERE c.journey_id = j.id AND c.rule = 'first_response' AND c.state = 'met') AND j.merged_into IS NULL`,
    'answered without its clock being met, or met without an answer',
  ],
  [`SELECT j.reference FROM journeys j WHERE j.status IN ('open', 'on_hold') AND NOT EXISTS (SELECT FROM clocks c WHERE c.journey_id = j.id AND c.rule = 'turnaround' AND c.state IN ('running', 'paused'))`, 'open without a clock for the turnaround'],
  [`SELECT j.reference FROM alerts a JOIN clocks c ON c.id = a.clock_id JOIN journeys j ON j.id = a.journey_id WHERE a.state = 'planned' AND c.state IN ('met', 'stopped')`, 'an alert is planned for a clock that has ended'],
  [`SELECT j.reference FROM alerts a JOIN journeys j ON j.id = a.journey_id WHERE a.state = 'sent' AND a.settled_at < a.due_at`, 'an alert was sent before it was due'],
  [`SELECT j.reference FROM journey_events e JOIN journeys j ON j.id = e.journey_id WHERE e.happened_at > e.recorded_at OR e.happened_on > (e.recorded_at AT TIME ZONE 'Europe/London')::date`, 'something was recorded before it happened'],
  [
    `SELECT j.reference FROM journeys j JOIN staff s ON s.id IN (j.officer_id, j.social_worker_id) WHERE j.status IN ('open', 'on_hold') AND s.state = 'left'`,
    'with a member of staff who has left',
  ],
  [
    `SELECT j.reference FROM journeys j JOIN households h ON h.id = j.household_id WHERE h.authority <> j.authority
        AND NOT EXISTS (SELECT FROM journeys newer WHERE newer.household_id = h.id AND newer.enquiry_received_at > j.enquiry_received_at AND newer.merged_into IS NULL) AND j.merged_into IS NULL`,
    'its household is with another council',
  ],
  [`SELECT j.reference FROM journeys j JOIN contacts c ON c.journey_id = j.id WHERE c.authority <> j.authority`, 'a contact of it is with another council'],
];

/** How many journeys one thing is wrong with, and the references of the first few. */
export interface ImpossibleStateCount {
  readonly what: string;
  readonly journeys: number;
  readonly references: readonly string[];
}

const SAMPLE = 10;

/**
 * Every journey that is in a state in which none can be: its columns against its history, its clocks and alerts against
 * both. Empty, or there is a defect. Looks through all journeys that the actor sees; meant for the system, once a day.
 */
export function impossibleStates(tx: EntityManager, atMost = 100): Promise<ImpossibleState[]> {
  const { found, parameters } = everythingImpossible();
  return rows<ImpossibleState>(tx, `${found} SELECT reference, what FROM found ORDER BY reference, what LIMIT ${String(atMost)}`, parameters);
}

/** The same, counted by what is wrong. */
export function impossibleStateCounts(tx: EntityManager): Promise<ImpossibleStateCount[]> {
  const { found, parameters } = everythingImpossible();
  return rows<ImpossibleStateCount>(tx, `${found} SELECT what, count(*)::int AS journeys, (array_agg(reference ORDER BY reference))[1:${String(SAMPLE)}] AS references FROM found GROUP BY what ORDER BY what`, parameters);
}

function everythingImpossible(): { readonly found: string; readonly parameters: readonly string[] } {
  const parameters: string[] = [];
  const words = (what: string): string => `$${String(parameters.push(what))}`;
  const parts = [...OF_JOURNEYS.map(([condition, what]) => `SELECT s.reference, ${words(what)}::text AS what FROM standing s WHERE ${condition}`), ...OTHERS.map(([query, what]) => `SELECT reference, ${words(what)}::text AS what FROM (${query}) found`)];
  return { found: `WITH standing AS MATERIALIZED (${STANDING}), found AS (SELECT DISTINCT reference, what FROM (${parts.join('\nUNION ALL ')}) found)`, parameters };
}
