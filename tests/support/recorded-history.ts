import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

/** One event as history has it; moments as ISO text with an offset, dates as 'YYYY-MM-DD'. */
export interface PastEvent {
  readonly kind: string;
  readonly milestone?: string;
  readonly on?: string;
  readonly at?: string;
  readonly authority?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly dueAt?: string;
  readonly workingMinutes?: number;
  readonly recordedAt?: string;
  readonly supersededAt?: string;
}

/** A past whose events are written as they are, so that a report can be asked about exactly that. */
export interface Past {
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly authority: string;
  /** When the events became known, unless one says otherwise. */
  readonly recordedAt: string;
  readonly events: readonly PastEvent[];
}

const londonDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });

/** Writes journeys with exactly this history, each of a household of its own. Their present state is left plain: reports read history only. */
export async function recordPasts(owner: Client, pasts: readonly Past[]): Promise<string[]> {
  const ids = pasts.map(() => randomUUID());
  const columns = <Row extends object>(rows: readonly Row[]): string => JSON.stringify(rows);
  const onOf = (at: string): string => londonDate.format(new Date(at));
  await owner.query('BEGIN');
  await owner.query(
    `INSERT INTO households (id, authority, name, created_at) SELECT id, authority, 'Household', now() FROM json_to_recordset($1) AS r (id uuid, authority text)`,
    [columns(pasts.map(({ authority }, index) => ({ id: ids[index], authority })))],
  );
  await owner.query(
    `INSERT INTO journeys (id, reference, household_id, authority, channel, enquiry_received_at, enquiry_on, stage, stage_since, status, last_activity_at)
     SELECT id, id::text, id, authority, 'other', received_at, (received_at AT TIME ZONE 'Europe/London')::date, 'enquiry', (received_at AT TIME ZONE 'Europe/London')::date, 'open', received_at
       FROM json_to_recordset($1) AS r (id uuid, authority text, received_at timestamptz)`,
    [columns(pasts.map(({ authority, receivedAt }, index) => ({ id: ids[index], authority, received_at: receivedAt })))],
  );
  await owner.query(
    `INSERT INTO contacts (id, authority, journey_id, received_at, recorded_at, channel, reference, screening)
     SELECT gen_random_uuid(), authority, id, received_at, recorded_at, 'other', id::text, 'clear'
       FROM json_to_recordset($1) AS r (id uuid, authority text, received_at timestamptz, recorded_at timestamptz)`,
    [columns(pasts.map(({ authority, receivedAt, recordedAt }, index) => ({ id: ids[index], authority, received_at: receivedAt, recorded_at: recordedAt })))],
  );
  const events = pasts.flatMap(({ receivedAt, dueAt, authority, recordedAt, events: more }, index) =>
    [{ kind: 'milestone', milestone: 'enquiry', at: receivedAt, dueAt }, { kind: 'routed', at: receivedAt, authority }, ...more].map((event: PastEvent) => ({
      journey_id: ids[index],
      kind: event.kind,
      milestone: event.milestone,
      happened_on: event.on ?? onOf(event.at ?? receivedAt),
      happened_at: event.at,
      authority: event.authority,
      closed_by: event.by,
      closed_reason: event.reason,
      due_at: event.dueAt,
      working_minutes: event.workingMinutes,
      recorded_at: event.recordedAt ?? recordedAt,
      superseded_at: event.supersededAt,
    })),
  );
  await owner.query(
    `INSERT INTO journey_events (journey_id, kind, milestone, happened_on, happened_at, authority, closed_by, closed_reason, due_at, working_minutes, recorded_at, recorded_by, superseded_at)
     SELECT journey_id, kind, milestone, happened_on, happened_at, authority, closed_by, closed_reason, due_at, working_minutes, recorded_at, 'test', superseded_at
       FROM json_to_recordset($1) AS r (journey_id uuid, kind text, milestone text, happened_on date, happened_at timestamptz, authority text, closed_by text, closed_reason text, due_at timestamptz, working_minutes integer, recorded_at timestamptz, superseded_at timestamptz)`,
    [columns(events)],
  );
  await owner.query('COMMIT');
  return ids;
}
