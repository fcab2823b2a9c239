import type { StaffActor } from '@app/access';
import { AssessmentsModule } from '@app/assessments';
import { CarersModule, KeepCarer } from '@app/carers';
import { ChangeConstellationLimits, ChangeFamilies, type ConstellationBlocker, constellationBlockerInWords, ConstellationsModule, RunConstellation } from '@app/constellations';
import { addDays, localDate, type LocalDate, newId, type Result } from '@app/kernel';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createHubWorld, type HubWorld } from '../../support/hub-world';
import { makeCarer } from '../../support/registered-carer';
import { makeStaffActor } from '../../support/staff';

type Outcome = Result<unknown, { readonly blockers: readonly ConstellationBlocker[] }>;
const inWords = (outcome: Outcome): string => (outcome.ok ? 'done' : outcome.refusal.blockers.map(constellationBlockerInWords).join(' '));
const START = localDate('2025-01-01');
const on = (text: string): LocalDate => localDate(text);

/** What no history may ever show, asked of the tables themselves: each row is one breach. */
const BREACHES = `
  WITH m AS (SELECT m.*, c.authority, c.started_on, c.ended_on FROM constellation_memberships m JOIN constellations c ON c.id = m.constellation_id WHERE m.voided_why IS NULL)
  SELECT 'two places at once' AS breach FROM m a JOIN m b ON a.id < b.id AND a.carer_id = b.carer_id AND a.held && b.held
  UNION ALL SELECT 'two hub homes' FROM m a JOIN m b ON a.id < b.id AND a.constellation_id = b.constellation_id AND a.held && b.held AND a.role = 'hub_home' AND b.role = 'hub_home'
  UNION ALL SELECT 'more than ten' FROM m a WHERE (SELECT count(*) FROM m b WHERE b.constellation_id = a.constellation_id AND b.role = 'satellite' AND b.held @> lower(a.held)) > 10
  UNION ALL SELECT 'outside the constellation' FROM m WHERE NOT held <@ daterange(started_on, ended_on)
  UNION ALL SELECT 'of another authority' FROM m JOIN carer_households h ON h.id = m.carer_id WHERE h.authority <> m.authority
  UNION ALL SELECT 'not fostering' FROM m JOIN carer_households h ON h.id = m.carer_id WHERE NOT m.held <@ daterange(h.approved_on, h.left_on)
  UNION ALL SELECT 'a hub home without its beds' FROM m JOIN carer_households h ON h.id = m.carer_id
     WHERE m.role = 'hub_home' AND EXISTS (SELECT FROM generate_series(lower(m.held), coalesce(upper(m.held), '2026-12-31') - 1, interval '1 day') day
           WHERE h.beds - (SELECT count(*) FROM carer_placements p WHERE p.carer_id = h.id AND p.started_on <= day AND (p.ended_on IS NULL OR p.ended_on > day)) < 2)`;

describe('who belongs to which constellation', () => {
  let world: HubWorld;
  let manager: StaffActor;
  let liaison: StaffActor;
  beforeAll(async () => {
    world = await createHubWorld('2026-11-18T10:00:00Z', [AssessmentsModule, CarersModule, ConstellationsModule]);
    manager = await makeStaffActor(world.database, 'team_manager', 'derby');
    liaison = await makeStaffActor(world.database, 'liaison_worker', 'derby');
  });
  afterAll(() => world.close());

  let named = 0;
  async function start(hubHomeId: string | null = null): Promise<string> {
    named += 1;
    const started = await world.get(RunConstellation).start(liaison, { authority: 'derby', name: `Constellation ${String(named)}`, area: 'Allestree', liaisonId: liaison.staffId, startedOn: START, hubHomeId });
    if (!started.ok) throw new Error(inWords(started));
    return started.value.id;
  }
  const homes = async (count: number, more: Readonly<Record<string, unknown>> = {}): Promise<string[]> => {
    const made: string[] = [];
    for (let index = 0; index < count; index += 1) made.push((await makeCarer(world.database, 'derby', more)).id);
    return made;
  };
  const join = (constellationId: string, carerId: string, role: 'hub_home' | 'satellite' = 'satellite', from: LocalDate = START, until: LocalDate | null = null): Promise<Outcome> => world.get(ChangeFamilies).join(liaison, { constellationId, carerId, role, from, until });
  const breaches = async (): Promise<readonly string[]> => (await world.database.owner.query<{ breach: string }>(BREACHES)).rows.map(({ breach }) => breach);

  it('refuses each thing with its reason', async () => {
    const [hub, other, kin, crowded, family] = [...(await homes(2)), ...(await homes(1, { kind: 'kinship' })), ...(await homes(1, { beds: 1 })), ...(await homes(1))] as [string, string, string, string, string];
    const [here, there] = [await start(hub), await start()];
    expect(inWords(await join(here, hub))).toContain('belongs to a constellation on some of these days already');
    expect(inWords(await join(there, hub))).toContain('belongs to a constellation on some of these days already');
    expect(inWords(await join(here, other, 'hub_home'))).toContain('has a hub home on some of these days already');
    expect(inWords(await join(there, kin, 'hub_home'))).toContain('A hub home is an approved fostering household');
    expect(inWords(await join(there, crowded, 'hub_home'))).toContain('keeps two beds free');
    expect(inWords(await join(here, family, 'satellite', on('2024-12-31')))).toContain('does not run on all of these days');
    expect(inWords(await join(here, family, 'satellite', START, START))).toContain('last day lies after the first');
    const [late] = await homes(1, { approved_on: '2026-01-01' });
    expect(inWords(await join(here, late ?? '', 'satellite', on('2025-12-31')))).toContain('was not approved yet');
    const neighbour = await makeCarer(world.database, 'nottingham');
    expect(inWords(await join(here, neighbour.id))).toContain('different authorities');
    expect(inWords(await join(here, kin))).toBe('done');
    const [placed] = await homes(1, { beds: 2 });
    const third = await start(placed);
    expect(await world.get(KeepCarer).place(manager, { carerId: placed ?? '', on: on('2025-02-01'), childReference: 'CH-1' })).toMatchObject({ ok: false, refusal: { blockers: [{ kind: 'rule', rule: 'hub_home_has_spare_beds' }] } });
    expect(third).toBeTruthy();
    expect(await breaches()).toEqual([]);
  });

  it('takes ten satellites and refuses the eleventh, also when many add at the same moment', async () => {
    const constellation = await start();
    const families = await homes(14);
    const outcomes = await Promise.all(families.map((family) => join(constellation, family)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10);
    for (const outcome of outcomes.filter(({ ok }) => !ok)) expect(inWords(outcome)).toContain('as many satellite families as it may have on Wednesday 1 January 2025');
    expect(await breaches()).toEqual([]);
  });

  it('puts a family into one of two constellations that want it at the same moment', async () => {
    const [one, two] = [await start(), await start()];
    for (const family of await homes(5)) {
      const outcomes = await Promise.all([join(one, family), join(two, family, 'hub_home', START, on('2025-02-01')), join(two, family)]);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    }
    expect(await breaches()).toEqual([]);
  });

  it('follows the setting that holds on each day, and takes none that families break already', async () => {
    const administrator = await makeStaffActor(world.database, 'administrator');
    const elsewhere = await makeStaffActor(world.database, 'liaison_worker', 'derbyshire');
    const { value } = (await world.get(RunConstellation).start(elsewhere, { authority: 'derbyshire', name: 'Peak', area: 'Matlock', liaisonId: null, startedOn: START, hubHomeId: null })) as { value: { id: string } };
    const families: string[] = [];
    for (let index = 0; index < 3; index += 1) families.push((await makeCarer(world.database, 'derbyshire')).id);
    const joins = (family: number, until: LocalDate | null = null): Promise<Outcome> => world.get(ChangeFamilies).join(elsewhere, { constellationId: value.id, carerId: families[family] ?? '', role: 'satellite', from: START, until });
    const limit = (from: string, amount: number, rule: 'most_satellites' | 'hub_spare_beds' = 'most_satellites') => world.get(ChangeConstellationLimits).run(administrator, { rule, authority: 'derbyshire', holdsFrom: on(from), amount, source: 'A test' });
    expect(await limit('2027-01-01', 2)).toMatchObject({ ok: true });
    expect(await limit('2027-01-01', 3)).toEqual({ ok: false, refusal: 'already_set_from_that_date' });
    expect(await limit('2026-11-17', 3)).toEqual({ ok: false, refusal: 'not_before_today' });
    expect([inWords(await joins(0)), inWords(await joins(1))]).toEqual(['done', 'done']);
    expect(inWords(await joins(2))).toContain('on Friday 1 January 2027');
    expect(inWords(await joins(2, on('2027-01-01')))).toBe('done');
    expect(await limit('2026-12-01', 2)).toEqual({ ok: false, refusal: 'constellations_have_more' });
    expect(await limit('2026-12-01', 3)).toMatchObject({ ok: true });
    expect(await limit('2027-02-01', 1)).toEqual({ ok: false, refusal: 'constellations_have_more' });
    const hub = await makeCarer(world.database, 'derbyshire', { beds: 2 });
    expect(inWords(await world.get(ChangeFamilies).join(elsewhere, { constellationId: value.id, carerId: hub.id, role: 'hub_home', from: START, until: on('2027-06-01') }))).toBe('done');
    expect(await limit('2027-05-01', 3, 'hub_spare_beds')).toEqual({ ok: false, refusal: 'hub_homes_have_fewer' });
    expect(await limit('2027-06-01', 3, 'hub_spare_beds')).toMatchObject({ ok: true });
    expect(await world.get(ChangeConstellationLimits).run(elsewhere, { rule: 'most_satellites', authority: null, holdsFrom: on('2027-07-01'), amount: 10, source: 'A test' })).toEqual({ ok: false, refusal: 'not_permitted' });
  });

  it('lets a lower limit and a family that joins at the same moment not both have their way', async () => {
    const administrator = await makeStaffActor(world.database, 'administrator');
    const elsewhere = await makeStaffActor(world.database, 'liaison_worker', 'nottingham');
    const { value } = (await world.get(RunConstellation).start(elsewhere, { authority: 'nottingham', name: 'Lace', area: 'Basford', liaisonId: null, startedOn: START, hubHomeId: null })) as { value: { id: string } };
    for (let count = 1; count <= 4; count += 1) {
      const { id } = await makeCarer(world.database, 'nottingham');
      const [joined, lowered] = await Promise.all([
        world.get(ChangeFamilies).join(elsewhere, { constellationId: value.id, carerId: id, role: 'satellite', from: START, until: null }),
        world.get(ChangeConstellationLimits).run(administrator, { rule: 'most_satellites', authority: 'nottingham', holdsFrom: addDays(on('2027-01-01'), count), amount: 1, source: 'A test' }),
      ]);
      expect([joined.ok, lowered.ok]).toEqual(count === 1 ? [true, true] : [expect.any(Boolean), expect.any(Boolean)]);
    }
    const { rows } = await world.database.owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM constellation_memberships m WHERE constellation_id = $1 AND held @> '2027-02-01'::date`, [value.id]);
    const limits = await world.database.owner.query<{ amount: number }>(`SELECT constellation_limit('most_satellites', 'nottingham', '2027-02-01') AS amount`);
    expect(rows[0]?.count).toBeLessThanOrEqual(limits.rows[0]?.amount ?? 0);
  });

  it('lets a limit wait for a child who is being placed, and for a constellation that is being started', async () => {
    const [left, right] = await Promise.all([0, 1].map(async () => { const client = new Client({ connectionString: world.database.ownerUrl }); await client.connect(); return client; })) as [Client, Client];
    const HELD = "INSERT INTO constellation_memberships (id, constellation_id, carer_id, role, held, recorded_at, recorded_by) VALUES (uuidv7(), $1, $2, 'hub_home', daterange('2026-01-01', NULL), now(), 'system:tests')";
    const begins = (id: string) => left.query(`INSERT INTO constellations (id, authority, name, area, started_on) VALUES ($1::uuid, 'nottinghamshire', $1::uuid::text, 'Retford', '2026-01-01')`, [id]);
    const limit = (from: string, amount: number): Promise<string> =>
      right.query(`INSERT INTO constellation_limits (rule, authority, holds_from, amount, source, recorded_by) VALUES ('hub_spare_beds', 'nottinghamshire', $1, $2, 'A test', 'system:tests')`, [from, amount]).then(() => 'taken', (error: unknown) => (error as { constraint?: string }).constraint ?? String(error));
    try {
      const [first, second] = [await makeCarer(world.database, 'nottinghamshire', { beds: 4 }), await makeCarer(world.database, 'nottinghamshire', { beds: 3 })];
      const [one, two] = [newId(), newId()];
      await begins(one);
      await left.query(HELD, [one, first.id]);
      await left.query('BEGIN');
      await left.query(`INSERT INTO carer_placements (id, carer_id, child_reference, started_on, recorded_at, recorded_by) VALUES (uuidv7(), $1, 'CH-4711', '2026-03-01', now(), 'system:tests')`, [first.id]);
      const whilePlacing = limit('2027-01-01', 4);
      expect(await Promise.race([whilePlacing, sleep(300)])).toBeUndefined();
      await left.query('COMMIT');
      expect(await whilePlacing).toBe('hub_homes_have_fewer');
      await left.query('UPDATE carer_households SET beds = 10 WHERE id = $1', [first.id]);
      await left.query('BEGIN');
      await begins(two);
      await left.query(HELD, [two, second.id]);
      const whileStarting = limit('2027-02-01', 5);
      expect(await Promise.race([whileStarting, sleep(300)])).toBeUndefined();
      await left.query('COMMIT');
      expect(await whileStarting).toBe('hub_homes_have_fewer');
    } finally {
      await Promise.all([left.end(), right.end()]);
    }
    expect(await breaches()).toEqual([]);
  });

  it('places no child with a household that has left, also past the pages', async () => {
    const gone = await makeCarer(world.database, 'derby', { left_on: '2026-06-01', left_by: 'resignation', left_reason: 'retired' });
    const place = (until: string | null) => world.database.owner.query(`INSERT INTO carer_placements (id, carer_id, child_reference, started_on, ended_on, ending, recorded_at, recorded_by) VALUES (uuidv7(), $1, 'CH-4712', '2026-03-01', $2, CASE WHEN $2::date IS NOT NULL THEN 'planned' END, now(), 'system:tests')`, [gone.id, until]);
    await expect(place(null)).rejects.toMatchObject({ constraint: 'no_child_left_behind' });
    await expect(place('2026-06-02')).rejects.toMatchObject({ constraint: 'no_child_left_behind' });
    await place('2026-06-01');
  });

  it('lets a family that leaves fostering leave its constellation, and changes a part without a gap', async () => {
    const [hub, family] = (await homes(2)) as [string, string];
    const constellation = await start(hub);
    await join(constellation, family);
    const idOf = async (carer: string): Promise<string> => (await world.database.owner.query<{ id: string }>('SELECT id FROM constellation_memberships WHERE carer_id = $1 AND upper(held) IS NULL', [carer])).rows[0]?.id ?? '';
    const change = world.get(ChangeFamilies);
    expect(inWords(await change.changePart(liaison, { constellationId: constellation, membershipId: await idOf(hub), on: on('2026-01-01'), role: 'satellite' }))).toBe('done');
    expect(inWords(await change.changePart(liaison, { constellationId: constellation, membershipId: await idOf(family), on: on('2026-01-01'), role: 'hub_home' }))).toBe('done');
    expect(await world.get(KeepCarer).leave(manager, { carerId: hub, on: on('2026-06-01'), by: 'resignation', reason: 'retired' })).toMatchObject({ ok: true });
    const { rows } = await world.database.owner.query(`SELECT role, held::text, left_why FROM constellation_memberships WHERE constellation_id = $1 ORDER BY carer_id, lower(held)`, [constellation]);
    expect(rows).toEqual([
      { role: 'hub_home', held: '[2025-01-01,2026-01-01)', left_why: 'changed_part' },
      { role: 'satellite', held: '[2026-01-01,2026-06-01)', left_why: 'left_fostering' },
      { role: 'satellite', held: '[2025-01-01,2026-01-01)', left_why: 'changed_part' },
      { role: 'hub_home', held: '[2026-01-01,)', left_why: null },
    ]);
    expect(inWords(await world.get(RunConstellation).end(liaison, { constellationId: constellation, on: on('2026-10-01'), reason: 'Funding ended' }))).toBe('done');
    expect(await breaches()).toEqual([]);
  });

  it('is for its authority alone', async () => {
    const constellation = await start();
    const [family] = (await homes(1)) as [string];
    const stranger = await makeStaffActor(world.database, 'liaison_worker', 'nottingham');
    const worker = await makeStaffActor(world.database, 'social_worker', 'derby');
    expect(inWords(await world.get(ChangeFamilies).join(stranger, { constellationId: constellation, carerId: family, role: 'satellite', from: START, until: null }))).toContain('not there');
    expect(inWords(await world.get(ChangeFamilies).join(worker, { constellationId: constellation, carerId: family, role: 'satellite', from: START, until: null }))).toContain('may not');
  });

  it('holds every rule whatever several people do at once, and says why it refuses', async () => {
    const families = await homes(13);
    families.push(...(await homes(2, { kind: 'kinship' })), ...(await homes(2, { approved_on: '2025-06-01', beds: 2 })));
    const constellations = [await start(), await start(), await start()];
    const day = fc.integer({ min: -5, max: 120 }).map((days) => addDays(START, days * 5));
    const pick = <T>(from: readonly T[]) => fc.constantFrom(...from);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('join' as const), constellation: pick(constellations), carer: pick(families), role: fc.constantFrom('satellite' as const, 'satellite' as const, 'satellite' as const, 'hub_home' as const), from: day, until: fc.option(day, { nil: null, freq: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), which: fc.nat(1000), on: day }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct' as const), which: fc.nat(1000), from: day, until: fc.option(day, { nil: null }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('changePart' as const), which: fc.nat(1000), on: day, role: fc.constantFrom('satellite' as const, 'hub_home' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('takeBack' as const), which: fc.nat(1000) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('place' as const), carer: pick(families), on: day, child: fc.integer({ min: 1, max: 9999 }) }) },
    );
    const change = world.get(ChangeFamilies);
    const known = async (which: number): Promise<{ membershipId: string; constellationId: string }> => {
      const rows = await world.database.transactions.run(liaison, (tx) => tx.query<{ id: string; constellation_id: string }[]>('SELECT id, constellation_id FROM constellation_memberships WHERE voided_why IS NULL AND constellation_id = ANY ($1) ORDER BY id', [constellations]));
      const chosen = rows[which % Math.max(rows.length, 1)];
      return { membershipId: chosen?.id ?? families[0]!, constellationId: chosen?.constellation_id ?? constellations[0]! };
    };
    const refusals = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 }), async (people) => {
        await Promise.all(
          people.map(async (steps) => {
            for (const each of steps) {
              if (each.kind === 'place') {
                await world.get(KeepCarer).place(manager, { carerId: each.carer, on: each.on, childReference: `CH-${String(each.child)}` });
                continue;
              }
              const outcome: Outcome =
                each.kind === 'join'
                  ? await join(each.constellation, each.carer, each.role, each.from, each.until)
                  : each.kind === 'leave'
                    ? await change.leave(liaison, { ...(await known(each.which)), on: each.on, why: 'own_wish' })
                    : each.kind === 'correct'
                      ? await change.correct(liaison, { ...(await known(each.which)), from: each.from, until: each.until, reason: 'Recorded wrongly' })
                      : each.kind === 'changePart'
                        ? await change.changePart(liaison, { ...(await known(each.which)), on: each.on, role: each.role })
                        : await change.takeBack(liaison, { ...(await known(each.which)), reason: 'Never was' });
              if (!outcome.ok) for (const blocker of outcome.refusal.blockers) { expect(constellationBlockerInWords(blocker)).toMatch(/^[A-Z].+\.$/); refusals.add(blocker.kind === 'rule' ? blocker.rule : blocker.kind); }
            }
          }),
        );
        expect(await breaches()).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect([...refusals]).toEqual(expect.arrayContaining(['one_constellation_at_a_time', 'within_the_constellation']));
  });
});
