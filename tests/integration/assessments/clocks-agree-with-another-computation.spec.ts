import { AssessmentsModule, HoldTrack, MakeDecision, papersDueOn } from '@app/assessments';
import { loadCalendars } from '@app/authorities';
import { CarersModule, RegisterCarer } from '@app/carers';
import { planClock, timeLimits, type TimeLimitRule } from '@app/deadlines';
import { HoldJourney, type Journey, ResumeJourney } from '@app/journeys';
import { addDays, type LocalDate, localDate, localDateOf } from '@app/kernel';
import { applied, assessed, done, makeTeam, passChecks, recommended, type Team, withPapers } from '../../support/assessed-family';
import { createHubWorld, type HubWorld } from '../../support/hub-world';
import { calendarDaysFrom, dateOf, midnightOf, numberOf, REFERENCE_CLOCKS, referenceClock, workingDaysFrom } from '../../support/reference-clocks';

let hub: HubWorld;
let team: Team;

beforeAll(async () => {
  hub = await createHubWorld('2024-03-28T10:00:00Z', [AssessmentsModule, CarersModule]);
  team = await makeTeam(hub.database);
  // Two kinds of checks are enough here: what is measured is when they are in, not how many.
  await hub.database.owner.query(`UPDATE check_types SET holds_until = '2016-12-31' WHERE code NOT IN ('enhanced_dbs', 'home_safety')`);
});
afterAll(() => hub.close());

const FIRST = numberOf('2024-01-01');
const DAYS = numberOf('2027-12-31') - FIRST + 1;
const everyDay = Array.from({ length: DAYS }, (_, day) => localDate(dateOf(FIRST + day)));
const terms = { children: 2, ageFrom: 0, ageTo: 10, care: ['short_term'], namedChild: null, aboveLimit: null } as const;

interface StoredClock {
  readonly rule: string;
  readonly startsAt: Date;
  readonly dueAt: Date;
  readonly dueOn: string;
  readonly state: string;
}
/** The clocks of a family as they are stored, but for that of the first response, which runs by the hour. */
async function storedClocks(journey: Pick<Journey, 'id'>): Promise<readonly StoredClock[]> {
  const { rows } = await hub.database.owner.query<StoredClock>(`SELECT rule, started_at AS "startsAt", due_at AS "dueAt", due_on::text AS "dueOn", state FROM clocks WHERE journey_id = $1 AND rule <> 'first_response' ORDER BY rule, id`, [journey.id]);
  return rows;
}
const shown = ({ startsAt, dueAt, dueOn }: { readonly startsAt: Date | number; readonly dueAt: Date | number; readonly dueOn: string }) => `${new Date(startsAt).toISOString()} to ${new Date(dueAt).toISOString()}, ${dueOn}`;
const timesOf = (clocks: readonly StoredClock[]) => Object.fromEntries(clocks.map((clock) => [clock.rule, shown(clock)]));
const reckoned = (starts: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(starts).map(([rule, start]) => [rule, shown(referenceClock(rule, start))]));

describe('the other computation itself', () => {
  it.each([
    ['2026-04-02', 10, '2026-04-20'],
    ['2024-03-28', 2, '2024-04-03'],
    ['2026-12-21', 10, '2027-01-07'],
    ['2027-12-24', 1, '2027-12-29'],
    ['2027-12-31', 1, '2028-01-04'],
    ['2026-01-08', -5, '2025-12-31'],
  ])('makes of %s and %i working days the %s, as somebody looked it up', (from, days, to) => {
    expect(workingDaysFrom(from, days)).toBe(to);
  });

  it.each([
    ['2026-03-29', '2026-03-29T00:00:00.000Z'],
    ['2026-03-30', '2026-03-29T23:00:00.000Z'],
    ['2026-10-25', '2026-10-24T23:00:00.000Z'],
    ['2026-10-26', '2026-10-26T00:00:00.000Z'],
  ])('begins the %s in London at %s', (date, instant) => {
    expect(new Date(midnightOf(date)).toISOString()).toBe(instant);
  });
});

describe('every clock of an assessment', () => {
  it.each(Object.keys(REFERENCE_CLOCKS) as Exclude<TimeLimitRule, 'first_response'>[])('%s is due at the same instant by both computations, from every day of 2024 to 2027', async (rule) => {
    const { limits, calendars } = await hub.database.transactions.run(team.worker, async (tx) => ({ limits: await timeLimits(tx), calendars: await loadCalendars(tx) }));
    const differing = everyDay.flatMap((startOn) => {
      const clock = shown(planClock(limits, { journeyId: 'any', authority: 'derby', calendars, rule, startOn }));
      const reference = shown(referenceClock(rule, startOn));
      return clock === reference ? [] : [{ startOn, clock, reference }];
    });
    expect(differing).toEqual([]);
  });

  it('papers are due by the same day, for panels around Easter, Christmas, New Year and both clock changes', async () => {
    const around = ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2024-12-28', '2025-12-28', '2026-12-28', '2027-12-29', '2024-10-27', '2025-03-30', '2025-10-26', '2026-10-25', '2027-10-31'];
    const differing = await hub.database.transactions.run(team.administrator, async (tx) => {
      const found: object[] = [];
      for (const middle of around) {
        for (let day = -2; day <= 11; day += 1) {
          const meetsOn = localDate(calendarDaysFrom(middle, day));
          const due = await papersDueOn(tx, 'derby', meetsOn);
          if (due !== workingDaysFrom(meetsOn, -5)) found.push({ meetsOn, due, reference: workingDaysFrom(meetsOn, -5) });
        }
      }
      return found;
    });
    expect(differing).toEqual([]);
  });
});

/** A family that applies at a moment (by London's date), whose checks are all in on that day, and whose panel meets three weeks later. */
async function carriedFrom(at: string, recommendation: 'approve' | 'not_approve'): Promise<{ readonly journey: Journey; readonly meetsOn: LocalDate; readonly panelId: string }> {
  hub.clock.set(new Date(at));
  const meetsOn = addDays(localDateOf(hub.clock.now()), 21);
  const journey = await applied(hub, team, 'Clocked');
  await assessed(hub, team, journey);
  const panelId = await withPapers(hub, team, journey);
  await recommended(hub, team, journey, panelId, recommendation);
  return { journey, meetsOn, panelId };
}

describe('through the work itself', () => {
  it.each([
    ['2024-03-28T10:00:00Z', '2024-03-28', 'the Thursday before Easter, and the change to summer time'],
    ['2025-10-25T23:30:00Z', '2025-10-26', 'past midnight on the Sunday of the change to winter time'],
    ['2026-12-21T10:00:00Z', '2026-12-21', 'the Monday before Christmas'],
  ])('a family that applies at %s has the clocks that the other computation gives from %s: %s', async (at, start) => {
    const { journey, meetsOn, panelId } = await carriedFrom(at, 'not_approve');
    const panelOn = calendarDaysFrom(start, 21);
    expect(meetsOn).toBe(panelOn);
    const { rows } = await hub.database.owner.query<{ due: string }>('SELECT papers_due_on::text AS due FROM panels WHERE id = $1', [panelId]);
    expect(rows).toEqual([{ due: workingDaysFrom(panelOn, -5) }]);
    const request = { journeyId: journey.id, on: meetsOn };
    done(await hub.get(MakeDecision).determine(team.decisionMaker, { ...request, reasons: 'As the minutes say' }));
    done(await hub.get(MakeDecision).represent(team.administrator, { ...request, way: 'irm' }));
    const ofTheStart = { home_visit: start, turnaround: start, stage_1_outcome: start, recommendation: start };
    const ofThePanel = { decision: panelOn, told_orally: panelOn, told_in_writing: panelOn, representations: panelOn, irm_papers: panelOn };
    expect(timesOf(await storedClocks(journey))).toEqual(reckoned({ ...ofTheStart, ...ofThePanel }));
  });

  it('a family that is approved has its first review within twelve months of that day', async () => {
    const { journey, meetsOn } = await carriedFrom('2027-03-07T10:00:00Z', 'approve');
    expect(meetsOn).toBe('2027-03-28');
    done(await hub.get(MakeDecision).approve(team.decisionMaker, { journeyId: journey.id, on: meetsOn, reasons: 'As recommended', terms }));
    const registered = await hub.get(RegisterCarer).run(team.worker, { journeyId: journey.id, agreementSignedOn: meetsOn, supervisorId: null, beds: 2, terms });
    expect(registered.ok).toBe(true);
    const { rows } = await hub.database.owner.query<{ due: string }>('SELECT r.due_on::text AS due FROM carer_reviews r JOIN carer_households c ON c.id = r.carer_id WHERE c.journey_id = $1', [journey.id]);
    expect(rows).toEqual([{ due: referenceClock('first_review', '2027-03-28').dueOn }]);
  });
});

describe('a hold', () => {
  it('of either track moves no clock and silences none; of the whole journey it silences all and moves none', async () => {
    hub.clock.set(new Date('2026-03-20T10:00:00Z'));
    const journey = await applied(hub, team, 'Held');
    const { id: journeyId } = journey;
    await passChecks(hub, team, journey);
    const before = await storedClocks(journey);
    const running = before.filter(({ state }) => state === 'running').map(({ rule }) => rule);
    expect(running).toEqual(['recommendation', 'stage_1_outcome', 'turnaround']);
    const on = localDate('2026-03-20');
    done(await hub.get(HoldTrack).begin(team.worker, { journeyId, track: 'stage_1', from: on, reason: 'Moving house' }));
    expect(await storedClocks(journey)).toEqual(before);
    hub.clock.set(new Date('2026-04-20T10:00:00Z'));
    done(await hub.get(HoldTrack).end(team.worker, { journeyId, track: 'stage_1', on: localDate('2026-04-20') }));
    expect(await storedClocks(journey)).toEqual(before);

    done(await hub.get(HoldJourney).run(team.worker, { journeyId, until: localDate('2026-09-01'), reason: 'A bereavement' }));
    expect(await storedClocks(journey)).toEqual(before.map((clock) => (clock.state === 'running' ? { ...clock, state: 'paused' } : clock)));
    hub.clock.set(new Date('2026-08-31T10:00:00Z'));
    done(await hub.get(ResumeJourney).run(team.worker, { journeyId }));
    expect(await storedClocks(journey)).toEqual(before);
  });
});
