import type { AuthorityCode, Calendars } from '@app/authorities';
import { firstResponseClock, planClock, type PlannedClock, type TimeLimit, workingMinutesToFirstResponse } from '@app/deadlines';
import { type Actor, actorName } from '@app/database';
import { type LocalDate, localDateOf, newId, startOfLocalDay } from '@app/kernel';
import { eventRow, type JourneyEvent, timelineRow } from '../persistence/history';
import { type ApplicantDetails, applicantRow, householdName } from '../persistence/people';
import { stepAhead } from '../persistence/refresh-next-step';
import { furthestMilestone, MILESTONE_COLUMNS, MILESTONE_MEANINGS, MILESTONES } from '../rules/milestones';
import type { Status } from '../rules/moves';
import type { DatedMilestone, RowCells } from './rules/columns';
import type { ImportedJourney } from './rules/read-row';
import { rememberedRow } from './rules/remembered-row';

/** Where an imported household belongs, and how that was found. */
export interface ImportRouting {
  readonly authority: AuthorityCode;
  readonly districtCode: string | null;
  readonly why: 'file' | 'postcode' | 'unknown' | 'terminated' | 'outside' | 'no_postcode';
}

/** What an import knows besides the file; the same for every row. */
export interface ImportContext {
  readonly actor: Actor;
  readonly now: Date;
  readonly limits: readonly TimeLimit[];
  readonly calendars: Calendars;
}

type Row = Readonly<Record<string, unknown>>;

/** Everything that one row of the file becomes, by table, in the order in which the tables have to be filled. */
export interface JourneyTables {
  readonly households: readonly Row[];
  readonly applicants: readonly Row[];
  readonly journeys: readonly Row[];
  readonly contacts: readonly Row[];
  readonly journey_events: readonly Row[];
  readonly timeline_entries: readonly Row[];
  readonly journey_imports: readonly (Row & { readonly row: string })[];
  readonly clocks: readonly PlannedClock[];
}

/**
 * The rows of an imported journey: what living through it would have left behind, except that all of it is known from the
 * import on. Throws BeyondCalendarError and NoTimeLimitError where a due time cannot be computed.
 */
export function tablesOf(journey: ImportedJourney, routing: ImportRouting, context: ImportContext): JourneyTables {
  const { actor, now } = context;
  const by = actorName(actor);
  const [householdId, journeyId] = [newId(), newId()];
  const { authority } = routing;
  const clocks = clocksOf(journeyId, journey, authority, context);
  const applicants = applicantsOf(journey);
  const dueAt = clocks.find(({ rule }) => rule === 'first_response')?.dueAt ?? null;
  const received = { received_at: journey.receivedAt, channel: journey.channel, source: journey.source };
  return {
    households: [{ id: householdId, authority, name: householdName(applicants) || nameless(journey), postcode: journey.postcode, district_code: routing.districtCode, created_at: now }],
    applicants: applicants.map((applicant) => applicantRow(householdId, 1, applicant)),
    journeys: [journeyRow(journeyId, householdId, journey, authority, clocks, context)],
    contacts: [{ id: newId(), authority, journey_id: journeyId, ...received, recorded_at: now, reference: journey.reference, first_response_due_at: dueAt, screening: 'clear' }],
    journey_events: eventsOf(journey, routing, dueAt ?? journey.receivedAt, context).map((event) => eventRow(journeyId, event, now, by)),
    timeline_entries: [timelineRow(journeyId, { kind: 'contact', at: journey.receivedAt, title: 'Enquiry', body: 'Imported from the hub’s own list.' }, now, actor)],
    journey_imports: [{ reference: journey.reference, journey_id: journeyId, row: JSON.stringify(rememberedRow(journey) satisfies RowCells), imported_at: now, imported_by: by }],
    clocks,
  };
}

/** A household whose list names nobody is called by its reference until somebody asks. */
const nameless = ({ reference }: ImportedJourney): string => `Household ${reference}`;

function applicantsOf(journey: ImportedJourney): readonly ApplicantDetails[] {
  const { firstName, lastName, email, phone } = journey;
  const named = firstName !== '' || lastName !== '';
  if (!named && email === null && phone === null) return [];
  return [{ firstName, lastName: named ? lastName : nameless(journey), email, phone, preferredContact: null, bestTime: null }];
}

function statusOf({ milestones, close }: ImportedJourney): Status {
  if (close !== null) return 'closed';
  return milestones.approved === undefined ? 'open' : 'approved';
}

const datedMilestones = ({ milestones }: ImportedJourney): readonly { readonly milestone: DatedMilestone; readonly on: LocalDate }[] =>
  MILESTONES.flatMap((milestone) => {
    const on = milestone === 'enquiry' ? undefined : milestones[milestone];
    return milestone === 'enquiry' || on === undefined ? [] : [{ milestone, on }];
  });

function journeyRow(id: string, householdId: string, journey: ImportedJourney, authority: AuthorityCode, clocks: readonly PlannedClock[], { now, limits, calendars }: ImportContext): Row {
  const { enquiryOn, milestones, close, firstResponseAt } = journey;
  const dated = datedMilestones(journey);
  const { stage } = MILESTONE_MEANINGS[furthestMilestone(dated.map(({ milestone }) => milestone))];
  const status = statusOf(journey);
  const enteredOn = dated.filter(({ milestone }) => MILESTONE_MEANINGS[milestone].stage === stage).map(({ on }) => on).sort()[0];
  const ahead = stepAhead({ status, stage, authority, answered: firstResponseAt !== null, milestones, contactAgainOn: null, holdUntil: null }, clocks, localDateOf(now), limits, calendars);
  const moments = [journey.receivedAt, firstResponseAt, ...[...dated.map(({ on }) => on), ...(close ? [close.on] : [])].map(startOfLocalDay)];
  return {
    id,
    reference: journey.reference,
    household_id: householdId,
    authority,
    channel: journey.channel,
    source: journey.source,
    enquiry_received_at: journey.receivedAt,
    enquiry_on: enquiryOn,
    first_response_at: firstResponseAt,
    ...Object.fromEntries(MILESTONES.flatMap((milestone) => (milestone === 'enquiry' ? [] : [[MILESTONE_COLUMNS[milestone], milestones[milestone] ?? null]]))),
    stage,
    stage_since: enteredOn ?? enquiryOn,
    status,
    closed_on: close?.on ?? null,
    closed_by: close?.by ?? null,
    closed_reason: close?.reason ?? null,
    kinship: close?.reason === 'kinship',
    next_step: ahead?.step ?? null,
    next_due_at: ahead?.dueAt ?? null,
    waiting_for: ahead?.waitingFor ?? null,
    last_activity_at: new Date(Math.max(...moments.map((moment) => moment?.getTime() ?? 0))),
  };
}

/** What happened, in the order in which it is told: reports take of two events that were recorded together the later one here. */
function eventsOf(journey: ImportedJourney, { authority, districtCode, why }: ImportRouting, dueAt: Date, { calendars }: ImportContext): readonly JourneyEvent[] {
  const { receivedAt, firstResponseAt, close } = journey;
  const events: JourneyEvent[] = [
    { kind: 'milestone', milestone: 'enquiry', at: receivedAt, dueAt },
    { kind: 'routed', at: receivedAt, authority, detail: { why, districtCode } },
  ];
  if (firstResponseAt !== null) events.push({ kind: 'first_response', at: firstResponseAt, dueAt, workingMinutes: minutesToAnswer(receivedAt, firstResponseAt, calendars) });
  for (const { milestone, on } of datedMilestones(journey)) events.push({ kind: 'milestone', milestone, on });
  if (close !== null) events.push({ kind: 'closed', ...close });
  if (close?.reason === 'kinship') events.push({ kind: 'kinship_marked', at: startOfLocalDay(close.on) });
  return events;
}

function minutesToAnswer(receivedAt: Date, firstResponseAt: Date, { opening: calendar }: Calendars): number {
  const { startsAt } = firstResponseClock({ receivedAt, calendar, limitWorkingDays: 1 });
  return workingMinutesToFirstResponse({ startsAt, firstResponseAt, calendar });
}

type Outcome = { readonly state: 'met' | 'stopped'; readonly at: Date; readonly workingMinutes?: number };

/** The clocks that ran or still run, each as it stands now. Alerts that were due before the import are never sent. */
function clocksOf(journeyId: string, journey: ImportedJourney, authority: AuthorityCode, { limits, calendars, now }: ImportContext): readonly PlannedClock[] {
  const { receivedAt, firstResponseAt, enquiryOn, milestones, close } = journey;
  const endedOn = close?.on ?? milestones.approved ?? null;
  const stopped = (on: LocalDate | null): Outcome | null => (on === null ? null : { state: 'stopped', at: startOfLocalDay(on) });
  const met = (on: LocalDate | undefined): Outcome | null => (on === undefined ? null : { state: 'met', at: startOfLocalDay(on) });
  const start = (outcome: Outcome | null) => ({ journeyId, authority, calendars, noAlertsBefore: now, ...(outcome ? { outcome } : {}) });

  const answered: Outcome | null = firstResponseAt === null ? null : { state: 'met', at: firstResponseAt, workingMinutes: minutesToAnswer(receivedAt, firstResponseAt, calendars) };
  const clocks = [
    planClock(limits, { ...start(answered ?? stopped(endedOn)), rule: 'first_response', startedAt: receivedAt }),
    planClock(limits, { ...start(met(milestones.approved) ?? stopped(endedOn)), rule: 'turnaround', startOn: enquiryOn }),
  ];
  if (milestones.initial_application !== undefined) {
    // A later milestone says that nobody waits for the visit any more, though the list does not say when it was.
    const later = datedMilestones(journey).find(({ milestone }) => milestone !== 'initial_application' && milestone !== 'home_visit');
    clocks.push(planClock(limits, { ...start(met(milestones.home_visit) ?? stopped(later?.on ?? endedOn)), rule: 'home_visit', startOn: milestones.initial_application }));
  }
  return clocks;
}
