import type { StaffActor } from '@app/access';
import { assignableStaff, openJourneysMatching, pipeline, searchFamilies, sidesOf, staffLoads, timeline, type WorklistFilters, worklist, worklistCounts, worklistOverview } from '@app/journeys';
import { AssignJourney, CloseJourney, HoldJourney, LogConversation, MoveJourney } from '@app/journeys';
import { localDate } from '@app/kernel';
import { createHubWorld, type HubWorld } from '../../support/hub-world';
import { named, receiveFamily } from '../../support/received-family';
import { makeStaffActor } from '../../support/staff';

let hub: HubWorld;
let officer: StaffActor;
let derby: StaffActor;
let nottingham: StaffActor;
let analyst: StaffActor;
const people = ['Ahmed', 'Baker', 'Clarke', 'Davies', 'Evans', 'Foster', 'Green', 'Hall', 'Iqbal', 'Jones', 'Khan', 'Lewis'];

beforeAll(async () => {
  hub = await createHubWorld('2026-11-02T09:00:00Z');
  officer = await makeStaffActor(hub.database, 'recruitment_officer');
  derby = await makeStaffActor(hub.database, 'social_worker', 'derby');
  nottingham = await makeStaffActor(hub.database, 'social_worker', 'nottingham');
  analyst = await makeStaffActor(hub.database, 'analyst');
  for (const [index, lastName] of people.entries()) {
    hub.clock.advance(3_600_000);
    const family = await receiveFamily(hub.database, hub.clock.now(), { applicants: named('Robin', lastName), askedForAuthority: index % 3 === 0 ? 'nottingham' : 'derby', channel: index % 2 === 0 ? 'web' : 'phone' });
    const journey = { journeyId: family.journeyId };
    const today = localDate(hub.clock.now().toISOString().slice(0, 10));
    if (index % 4 > 0) await hub.get(LogConversation).run(officer, { ...journey, kind: 'conversation', answers: true, note: 'Spoke' });
    if (index % 4 > 1) await hub.get(MoveJourney).run(officer, { ...journey, milestone: 'initial_application', on: today });
    if (index === 6) await hub.get(HoldJourney).run(officer, { ...journey, until: localDate('2026-11-10'), reason: 'Moving' });
    if (index === 7) await hub.get(HoldJourney).run(officer, { ...journey, until: localDate('2026-12-24'), reason: 'Moving' });
    if (index === 11) await hub.get(CloseJourney).run(officer, { ...journey, on: today, by: 'applicant', reason: 'changed_mind' });
    if (index === 1) await hub.get(AssignJourney).run(officer, { ...journey, officerId: officer.staffId });
    if (index === 2) await hub.get(AssignJourney).run(officer, { ...journey, officerId: officer.staffId, socialWorkerId: derby.staffId });
  }
  hub.clock.set(new Date('2026-11-11T10:00:00Z'));
});
afterAll(() => hub.close());

const read = <T>(actor: StaffActor, query: Parameters<typeof hub.database.transactions.read<T>>[1]): Promise<T> => hub.database.transactions.read(actor, query);
const readerOf = (actor: StaffActor) => ({ staffId: actor.staffId, sides: sidesOf(actor), now: hub.clock.now() });
const everybodys: WorklistFilters = { whose: 'everybodys' };

describe('the worklist', () => {
  it('counts exactly what its groups list, under every filter', async () => {
    const filters: WorklistFilters[] = [everybodys, { whose: 'mine' }, { whose: 'nobodys' }, { whose: 'mine_or_nobodys' }, { ...everybodys, authority: 'derby' }, { ...everybodys, stage: 'enquiry' }, { ...everybodys, channel: 'phone', authority: 'nottingham' }, { ...everybodys, text: 'robin a' }, { whose: { staffId: derby.staffId } }];
    for (const actor of [officer, derby, nottingham]) {
      for (const filter of filters) {
        const { counts, listed } = await read(actor, async (tx) => {
          const among = await openJourneysMatching(tx, filter.text ?? '');
          const found: Record<string, number> = {};
          for (const group of ['overdue', 'today', 'next', 'waiting', 'back', 'held'] as const) found[group] = (await worklist(tx, readerOf(actor), { group, filters: filter, among, atMost: 100 })).rows.length;
          return { counts: await worklistCounts(tx, readerOf(actor), filter, among), listed: found };
        });
        expect({ filter, groups: counts.groups }).toEqual({ filter, groups: listed });
      }
    }
  });

  it('counts behind a choice what choosing it shows', async () => {
    const onScreen = (groups: Readonly<Record<string, number>>): number => Object.entries(groups).reduce((sum, [group, families]) => (group === 'held' ? sum : sum + families), 0);
    await read(officer, async (tx) => {
      const counted = (filters: WorklistFilters) => worklistCounts(tx, readerOf(officer), filters, null);
      const given: WorklistFilters = { whose: 'nobodys', stage: 'enquiry' };
      const counts = await counted(given);
      for (const authority of ['derby', 'nottingham'] as const) expect(counts.authorities.get(authority) ?? 0).toBe(onScreen((await counted({ ...given, authority })).groups));
      for (const stage of ['enquiry', 'initial_application'] as const) expect(counts.stages.get(stage) ?? 0).toBe(onScreen((await counted({ ...given, stage })).groups));
      for (const channel of ['web', 'phone'] as const) expect(counts.channels.get(channel) ?? 0).toBe(onScreen((await counted({ ...given, channel })).groups));
      for (const whose of ['mine', 'nobodys', 'mine_or_nobodys', 'everybodys'] as const) expect(counts.whose[whose]).toBe(onScreen((await counted({ ...given, whose })).groups));
    });
  });

  it('gives an officer of the hub the enquiries and a social worker what follows', async () => {
    const stages = async (actor: StaffActor): Promise<string[]> => read(actor, async (tx) => (await worklist(tx, readerOf(actor), { group: 'overdue', filters: everybodys, among: null, atMost: 100 })).rows.map(({ stage }) => stage));
    expect(new Set(await stages(officer))).toEqual(new Set(['enquiry']));
    hub.clock.set(new Date('2026-12-01T10:00:00Z'));
    expect(new Set(await stages(derby))).toEqual(new Set(['initial_application']));
    hub.clock.set(new Date('2026-11-11T10:00:00Z'));
  });

  it('has a family back from hold on its day, and not before', async () => {
    const { groups } = await read(officer, (tx) => worklistOverview(tx, readerOf(officer), everybodys));
    const back = groups.find(({ group }) => group === 'back')?.page.rows.map(({ familyName }) => familyName);
    expect(back).toEqual(['Robin Green']);
    expect(groups.flatMap(({ page }) => page.rows.map(({ familyName }) => familyName))).not.toContain('Robin Hall');
  });

  it('pages through everything once, in the order in which it is due', async () => {
    const seen: { name: string; dueAt: number }[] = [];
    await read(officer, async (tx) => {
      let after;
      do {
        const page: Awaited<ReturnType<typeof worklist>> = await worklist(tx, readerOf(officer), { group: 'overdue', filters: everybodys, among: null, atMost: 2, ...(after ? { after } : {}) });
        seen.push(...page.rows.map(({ familyName, dueAt }) => ({ name: familyName, dueAt: dueAt.getTime() })));
        after = page.next;
      } while (after);
    });
    expect(new Set(seen.map(({ name }) => name)).size).toBe(seen.length);
    expect(seen.map(({ dueAt }) => dueAt)).toEqual(seen.map(({ dueAt }) => dueAt).sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(2);
  });

  it('shows nobody to those who only count', async () => {
    const { groups, counts } = await read(analyst, (tx) => worklistOverview(tx, readerOf(analyst), everybodys));
    expect(groups).toEqual([]);
    expect(Object.values(counts.groups).every((families) => families === 0)).toBe(true);
  });
});

describe('searching', () => {
  it('stays within the actor’s councils, even for a text that fits everybody', async () => {
    const names = async (actor: StaffActor): Promise<string[]> => (await read(actor, (tx) => searchFamilies(tx, 'robin'))).found.map(({ authority }) => authority);
    expect(new Set(await names(officer))).toEqual(new Set(['derby', 'nottingham']));
    expect(new Set(await names(nottingham))).toEqual(new Set(['nottingham']));
    expect(await names(analyst)).toEqual([]);
    expect(await read(nottingham, (tx) => openJourneysMatching(tx, 'robin baker'))).toEqual([]);
  });

  it('takes words in any order and case, with or without accents', async () => {
    for (const text of ['KHAN robin', 'róbin khan', 'kha']) {
      const { found } = await read(officer, (tx) => searchFamilies(tx, text));
      expect(found.map(({ familyName }) => familyName)).toContain('Robin Khan');
    }
    expect((await read(officer, (tx) => searchFamilies(tx, '   '))).found).toEqual([]);
  });

  it('finds a journey by a part of its reference', async () => {
    const { rows } = await hub.database.owner.query<{ reference: string }>(`SELECT reference FROM journeys WHERE authority = 'derby' LIMIT 1`);
    const reference = rows[0]?.reference ?? '';
    expect((await read(derby, (tx) => searchFamilies(tx, reference.slice(0, 9)))).found.map((family) => family.reference)).toContain(reference);
    expect((await read(nottingham, (tx) => searchFamilies(tx, reference))).found).toEqual([]);
  });
});

describe('the pipeline', () => {
  it('counts the same as the journeys there are, with the median of the days', async () => {
    const cells = await read(analyst, (tx) => pipeline(tx, hub.clock.now()));
    const { rows } = await hub.database.owner.query<{ stage: string; journeys: number; days: number }>(
      `SELECT stage, count(*)::int AS journeys, percentile_cont(0.5) WITHIN GROUP (ORDER BY '2026-11-11'::date - stage_since) AS days FROM journeys WHERE status IN ('open', 'on_hold') GROUP BY stage`,
    );
    for (const { stage, journeys, days } of rows) expect(cells.find((cell) => cell.stage === stage && cell.authority === null)).toMatchObject({ journeys, medianDays: days });
    const one = await read(nottingham, (tx) => pipeline(tx, hub.clock.now()));
    expect(new Set(one.map(({ authority }) => authority))).toEqual(new Set(['nottingham', null]));
  });
});

test('loads count what is assigned and what somebody has to act on', async () => {
  const loads = await read(officer, (tx) => staffLoads(tx, hub.clock.now()));
  expect(loads.find(({ staffId }) => staffId === derby.staffId)).toMatchObject({ assigned: 1, toActOn: 1 });
  expect(loads.find(({ staffId }) => staffId === officer.staffId)).toMatchObject({ assigned: 2, toActOn: 1 });
});

test('families can be given to those who work for their council or the hub', async () => {
  const names = (await read(officer, (tx) => assignableStaff(tx, 'derby'))).map(({ staffId, as }) => `${staffId} ${as}`);
  expect(names).toContain(`${derby.staffId} social_worker`);
  expect(names).toContain(`${officer.staffId} officer`);
  expect(names.join()).not.toContain(nottingham.staffId);
  expect(names.join()).not.toContain(analyst.staffId);
});

test('a timeline pages without losing or repeating anything, however much happened in one minute', async () => {
  const family = await receiveFamily(hub.database, hub.clock.now(), { applicants: named('Tim', 'Line') });
  for (let note = 0; note < 12; note += 1) await hub.get(LogConversation).run(officer, { journeyId: family.journeyId, kind: 'conversation', answers: true, note: `Note ${String(note)}` });
  const question = { journeyId: family.journeyId, filter: 'everything', staffId: officer.staffId, confidential: false } as const;
  const all = await read(officer, (tx) => timeline(tx, { ...question, atMost: 100 }));
  const paged: string[] = [];
  await read(officer, async (tx) => {
    let before;
    do {
      const page: Awaited<ReturnType<typeof timeline>> = await timeline(tx, { ...question, atMost: 3, ...(before ? { before } : {}) });
      paged.push(...page.items.map(({ key }) => key));
      before = page.next;
    } while (before);
  });
  expect(paged).toEqual(all.items.map(({ key }) => key));
  expect(paged.length).toBeGreaterThan(12);
});
