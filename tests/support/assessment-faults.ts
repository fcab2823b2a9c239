import type { TestDatabase } from './test-database';

const OF_THE_FAMILY = ['clocks', 'alerts', 'journey_events', 'timeline_entries', 'assessments', 'track_holds', 'assessed_people', 'checks', 'check_history', 'certificate_details', 'assessment_sessions', 'session_attendance', 'report_sections', 'panel_cases', 'decisions', 'representations', 'emails'];

/** All that is stored about a family's assessment, as one short text: equal when nothing changed. */
export async function fingerprint({ owner }: TestDatabase, journeyId: string): Promise<string> {
  const parts = [`SELECT j::text AS line FROM journeys j WHERE id = $1`, ...OF_THE_FAMILY.map((table) => `SELECT '${table}' || t::text FROM ${table} t WHERE journey_id = $1`), `SELECT p::text FROM panels p WHERE id IN (SELECT panel_id FROM panel_cases WHERE journey_id = $1)`];
  const { rows } = await owner.query<{ print: string }>(`SELECT md5(string_agg(line, '|' ORDER BY line)) AS print FROM (${parts.join(' UNION ALL ')}) lines`, [journeyId]);
  return rows[0]?.print ?? '';
}

const ACTIVE = `('running', 'paused')`;
const clock = (rule: string, state = `IN ${ACTIVE}`): string => `EXISTS (SELECT FROM clocks c WHERE c.journey_id = j.id AND c.rule = '${rule}' AND c.state ${state})`;
const unended = `j.status IN ('open', 'on_hold')`;
const decided = (...kinds: readonly string[]): string => `EXISTS (SELECT FROM decisions d WHERE d.journey_id = j.id AND d.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;
const reopened = `EXISTS (SELECT FROM journey_events e WHERE e.journey_id = j.id AND e.kind = 'reopened')`;
const recommended = (...which: readonly string[]): string => `EXISTS (SELECT FROM panel_cases p WHERE p.journey_id = j.id AND p.withdrawn_at IS NULL AND p.recommendation IN (${which.map((one) => `'${one}'`).join(', ')}))`;

const LAST = `d.journey_id = j.id AND NOT EXISTS (SELECT FROM decisions later WHERE later.journey_id = j.id AND (later.recorded_at, later.id) > (d.recorded_at, d.id))`;

/** What must never be true of the file `a` of a journey `j`, with the words for it. */
const FAULTS: readonly (readonly [string, string])[] = [
  [`(j.stage_1_on IS NOT NULL) <> (a.stage_1_outcome IS NOT DISTINCT FROM 'go_on')`, 'stage 1 passed in the file and not in the journey, or the other way round'],
  [`a.stage_1_outcome = 'refused' AND ${unended} AND NOT ${reopened}`, 'refused at stage 1, and goes on'],
  [`j.stage_2_on IS DISTINCT FROM a.stage_2_started_on`, 'stage 2 began on another day in the file than in the journey'],
  [`${clock('stage_1_outcome')} AND (a.stage_1_information_on IS NULL OR a.stage_1_letter_sent_on IS NOT NULL)`, 'the ten working days run although information is missing, or the letter went out'],
  [`a.stage_1_information_on IS NOT NULL AND a.stage_1_outcome IS NULL AND ${unended} AND NOT ${clock('stage_1_outcome')}`, 'all information is in, and the ten working days do not run'],
  [`EXISTS (SELECT FROM clocks c WHERE c.journey_id = j.id AND c.rule = 'stage_1_outcome' AND c.state IN ${ACTIVE} AND (c.started_at AT TIME ZONE 'Europe/London')::date <> a.stage_1_information_on)`, 'the ten working days run from another day than that of the last information'],
  [`${recommended('approve', 'not_approve')} AND NOT ${clock('recommendation', `= 'met'`)}`, 'a panel recommended, and the eight months are not met'],
  [`${unended} AND NOT ${recommended('approve', 'not_approve')} AND NOT ${clock('recommendation')}`, 'no panel recommended, and the eight months do not run'],
  [`${recommended('approve', 'not_approve', 'defer')} AND j.panel_on IS NULL`, 'a panel considered the case, and the journey does not say so'],
  [`${clock('decision')} AND NOT EXISTS (SELECT FROM panel_cases p JOIN panels m ON m.id = p.panel_id WHERE p.journey_id = j.id AND p.withdrawn_at IS NULL AND m.minutes_agreed_on IS NOT NULL AND p.recommendation IN ('approve', 'not_approve'))`, 'the seven working days run before recommendation and minutes are in'],
  [`${clock('decision')} AND ${decided('approval', 'final_approval', 'final_refusal', 'lapse')}`, 'the seven working days run after the decision'],
  [`(SELECT count(*) FROM panel_cases p JOIN panels m ON m.id = p.panel_id WHERE p.journey_id = j.id AND p.withdrawn_at IS NULL AND m.cancelled_at IS NULL AND p.recommendation IS NULL) > 1`, 'on the agendas of two panels at once'],
  [`EXISTS (SELECT FROM panel_cases p JOIN panels m ON m.id = p.panel_id WHERE p.journey_id = j.id AND (p.withdrawn_at IS NOT NULL OR m.cancelled_at IS NOT NULL) AND p.recommendation IS NOT NULL)`, 'taken off an agenda after the panel had recommended'],
  [`${clock('representations')} AND (NOT ${decided('qualifying_determination')} OR EXISTS (SELECT FROM representations r WHERE r.journey_id = j.id) OR ${decided('final_approval', 'final_refusal', 'lapse')})`, 'the 28 days run without a determination, or after the answer'],
  [`${decided('qualifying_determination')} AND NOT ${decided('final_approval', 'final_refusal', 'lapse')} AND NOT EXISTS (SELECT FROM representations r WHERE r.journey_id = j.id) AND ${unended} AND NOT ${clock('representations')}`, 'a determination waits for an answer, and the 28 days do not run'],
  [`${decided('final_refusal', 'lapse')} AND ${decided('approval')}`, 'approved and refused'],
  [`${decided('final_approval', 'final_refusal', 'lapse')} AND NOT ${decided('qualifying_determination')}`, 'a final decision without a determination'],
  [`${decided('approval', 'final_approval')} AND j.status <> 'approved'`, 'approved by decision, and not in the journey'],
  [`${decided('final_refusal', 'lapse')} AND j.status <> 'closed' AND NOT ${reopened}`, 'refused for good, and goes on'],
  [`${decided('approval', 'final_approval', 'final_refusal', 'lapse')} AND NOT ${reopened} AND EXISTS (SELECT FROM certificate_details x WHERE x.journey_id = j.id)`, 'certificate details are kept after the decision'],
  [`a.stage_1_outcome = 'refused' AND NOT ${reopened} AND EXISTS (SELECT FROM certificate_details x WHERE x.journey_id = j.id)`, 'certificate details are kept after a refusal at stage 1'],
  [`EXISTS (SELECT FROM decisions d WHERE ${LAST} AND d.told_orally_on IS NOT NULL) AND ${clock('told_orally')}`, 'the two working days to tell the family run after it was told'],
  [`EXISTS (SELECT FROM decisions d WHERE ${LAST} AND d.kind <> 'lapse' AND d.told_orally_on IS NULL AND (d.kind <> 'qualifying_determination' OR ${unended})) AND NOT ${clock('told_orally')} AND NOT ${reopened}`, 'the family was not told, and the two working days do not run'],
  [`EXISTS (SELECT FROM clocks c WHERE c.journey_id = j.id AND c.state IN ${ACTIVE} GROUP BY c.rule HAVING count(*) > 1)`, 'two clocks of one rule run'],
  [`EXISTS (SELECT FROM clocks c JOIN time_limits l ON l.id = c.limit_id WHERE c.journey_id = j.id AND c.rule <> 'first_response' AND c.due_at <> ((c.due_on + 1)::timestamp AT TIME ZONE 'Europe/London'))`, 'a clock is due at another moment than the end of its day'],
];

/** What is wrong with a family's assessment as it is stored, in words; nothing for one that can be. */
export async function faultsOfFiles({ owner }: TestDatabase, journeyId: string): Promise<readonly string[]> {
  const columns = FAULTS.map(([condition], index) => `coalesce(${condition}, false) AS f${String(index)}`);
  const { rows } = await owner.query<Readonly<Record<string, boolean>>>(`SELECT ${columns.join(', ')} FROM assessments a JOIN journeys j ON j.id = a.journey_id WHERE j.id = $1`, [journeyId]);
  return FAULTS.flatMap(([, words], index) => (rows[0]?.[`f${String(index)}`] ? [words] : []));
}
