import { type HeldRole, type Role, type StaffActor } from '@app/access';
import { AUTHORITY_CODES, type AuthorityCode, type Council } from '@app/authorities';
import { type Actor, rows, system } from '@app/database';
import { ReceiveEnquiry } from '@app/enquiries';
import { AddNote } from '@app/journeys';
import { anEnquiry, createHubWorld, type HubWorld } from '../../support/hub-world';
import { makeStaffActor } from '../../support/staff';

/** Every query here leaves its WHERE out on purpose: what comes back is what row-level security lets through. */
const PEOPLE = {
  households: 'SELECT authority FROM households',
  applicants: 'SELECT h.authority FROM applicants a LEFT JOIN households h ON h.id = a.household_id',
  members: 'SELECT h.authority FROM household_members m LEFT JOIN households h ON h.id = m.household_id',
  contacts: 'SELECT authority FROM contacts',
  timeline: 'SELECT j.authority FROM timeline_entries t LEFT JOIN journeys j ON j.id = t.journey_id',
};
const FIGURES = {
  journeys: 'SELECT authority FROM journeys',
  events: 'SELECT j.authority FROM journey_events e LEFT JOIN journeys j ON j.id = e.journey_id',
  clocks: 'SELECT j.authority FROM clocks c LEFT JOIN journeys j ON j.id = c.journey_id',
  alerts: 'SELECT j.authority FROM alerts a LEFT JOIN journeys j ON j.id = a.journey_id',
};
const EVERYWHERE: readonly AuthorityCode[] = [...AUTHORITY_CODES, 'unrouted'];
const NOBODY: readonly AuthorityCode[] = [];

describe('row-level security', () => {
  let world: HubWorld;
  beforeAll(async () => {
    world = await createHubWorld('2026-11-18T10:00:00Z');
    for (const authority of EVERYWHERE) {
      await world.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry({ askedForAuthority: authority === 'unrouted' ? null : authority, message: `Words of ${authority}` }));
    }
    const journeys = await world.database.owner.query<{ id: string; household_id: string }>('SELECT id, household_id FROM journeys');
    for (const { id, household_id } of journeys.rows) {
      await world.get(AddNote).run({ kind: 'system', process: 'tests' }, { journeyId: id, note: 'A note', confidential: false });
      await world.database.owner.query(`INSERT INTO household_members (id, household_id, kind, name) VALUES (gen_random_uuid(), $1, 'child', 'Child Example')`, [household_id]);
    }
  });
  afterAll(() => world.close());

  const seenBy = async (actor: Actor, sql: string): Promise<string[]> =>
    [...new Set((await world.database.transactions.run(actor, (tx) => rows<{ authority: string | null }>(tx, sql))).map(({ authority }) => authority ?? 'hidden'))].sort();
  const countOf = async (actor: Actor): Promise<number> => (await world.database.transactions.run(actor, (tx) => rows(tx, PEOPLE.households))).length;
  const sorted = (codes: readonly string[]): string[] => [...codes].sort();

  const cases: readonly { readonly role: Role; readonly authority: Council | null; readonly people: readonly AuthorityCode[]; readonly figures: readonly AuthorityCode[] }[] = [
    { role: 'hub_manager', authority: null, people: EVERYWHERE, figures: EVERYWHERE },
    { role: 'recruitment_officer', authority: null, people: EVERYWHERE, figures: EVERYWHERE },
    { role: 'recruitment_officer', authority: 'derby', people: ['derby'], figures: ['derby'] },
    { role: 'social_worker', authority: 'derbyshire', people: ['derbyshire'], figures: ['derbyshire'] },
    { role: 'team_manager', authority: 'nottingham', people: ['nottingham'], figures: ['nottingham'] },
    { role: 'analyst', authority: null, people: NOBODY, figures: EVERYWHERE },
    { role: 'analyst', authority: 'derby', people: NOBODY, figures: ['derby'] },
    { role: 'liaison_worker', authority: 'nottinghamshire', people: NOBODY, figures: ['nottinghamshire'] },
    { role: 'panel_administrator', authority: 'derby', people: ['derby'], figures: ['derby'] },
    { role: 'agency_decision_maker', authority: 'nottingham', people: ['nottingham'], figures: ['nottingham'] },
    { role: 'administrator', authority: null, people: NOBODY, figures: NOBODY },
  ];

  describe.each(cases)('shows a $role of $authority', ({ role, authority, people, figures }) => {
    let actor: StaffActor;
    beforeAll(async () => {
      actor = await makeStaffActor(world.database, role, authority);
    });

    it.each(Object.entries(PEOPLE))(`%s of ${people.join(', ') || 'nobody'}`, async (_table, sql) => {
      expect(await seenBy(actor, sql)).toEqual(sorted(people));
    });

    it.each(Object.entries(FIGURES))(`%s of ${figures.join(', ') || 'nobody'}`, async (_table, sql) => {
      expect(await seenBy(actor, sql)).toEqual(sorted(figures));
    });

    it('families by search, in its scope alone', async () => {
      const found = await world.database.transactions.run(actor, (tx) => rows<{ id: string }>(tx, `SELECT household_id AS id FROM search_households(ARRAY['example'], 'FEM-%', 100)`));
      expect(found).toHaveLength(people.length);
    });

    it('no name of a neighbour as a possible duplicate', async () => {
      const known = await world.database.owner.query<{ email: string; authority: string }>('SELECT a.email, h.authority FROM applicants a JOIN households h ON h.id = a.household_id');
      const seen = await world.database.transactions.run(actor, (tx) =>
        rows<{ id: string | null; inScope: boolean }>(tx, `SELECT household_id AS id, in_scope AS "inScope" FROM possible_duplicates('{}', $1, '{}', NULL)`, [known.rows.map(({ email }) => email)]),
      );
      expect(seen.filter(({ id }) => id !== null)).toHaveLength(people.length);
      expect(seen.every(({ id, inScope }) => (id !== null) === inScope)).toBe(true);
    });

    it('changes nothing of a neighbour by an UPDATE without a WHERE', async () => {
      const touched = await world.database.transactions.run(actor, async (tx) => {
        const households = await tx.query<unknown[]>(`UPDATE households SET pets = pets`);
        const journeys = await tx.query<unknown[]>(`UPDATE journeys SET source = source`);
        return [households[1], journeys[1]];
      });
      expect(touched).toEqual([people.length, people.length]);
    });

    it('no mail, no password, no link and no draft', async () => {
      const seen = await world.database.transactions.run(actor, async (tx) => {
        const counts: number[] = [];
        for (const table of ['emails', 'staff_passwords', 'one_time_links', 'enquiry_drafts']) counts.push((await rows<{ n: number }>(tx, `SELECT count(*)::int AS n FROM ${table}`))[0]?.n ?? -1);
        return counts;
      });
      expect(seen).toEqual([0, 0, 0, 0]);
    });

    it(role === 'administrator' ? 'the audit trail' : 'nothing of the audit trail', async () => {
      const [entries] = await world.database.transactions.run(actor, (tx) => rows<{ n: number }>(tx, 'SELECT count(*)::int AS n FROM audit_entries'));
      if (role === 'administrator') expect(entries?.n).toBeGreaterThan(0);
      else expect(entries?.n).toBe(0);
    });
  });

  it('adds up the scopes of several roles', async () => {
    const more: HeldRole[] = [{ role: 'analyst', authority: 'nottingham' }, { role: 'panel_administrator', authority: 'derbyshire' }];
    const actor = await makeStaffActor(world.database, 'social_worker', 'derby', more);
    expect(await seenBy(actor, PEOPLE.households)).toEqual(['derby', 'derbyshire']);
    expect(await seenBy(actor, FIGURES.journeys)).toEqual(['derby', 'derbyshire', 'nottingham']);
    expect(await seenBy(actor, PEOPLE.timeline)).toEqual(['derby', 'derbyshire']);
  });

  it('lets an officer log an enquiry for a neighbour, who alone sees it then, and moves no family there', async () => {
    const [here, there] = [await makeStaffActor(world.database, 'team_manager', 'derby'), await makeStaffActor(world.database, 'team_manager', 'nottingham')];
    const before = [await countOf(here), await countOf(there)] as const;
    await world.database.transactions.run(here, (tx) => tx.query(`INSERT INTO households (id, authority, name, created_at) VALUES (gen_random_uuid(), 'nottingham', 'Elsewhere', now())`));
    expect([await countOf(here), await countOf(there)]).toEqual([before[0], before[1] + 1]);
    const readBack = world.database.transactions.run(here, (tx) => tx.query(`INSERT INTO households (id, authority, name, created_at) VALUES (gen_random_uuid(), 'nottingham', 'Elsewhere', now()) RETURNING name`));
    await expect(readBack).rejects.toThrow(/row-level security/);
    for (const table of ['journeys', 'households', 'contacts']) {
      await expect(world.database.transactions.run(here, (tx) => tx.query(`UPDATE ${table} SET authority = 'nottingham'`))).rejects.toThrow(/row-level security/);
    }
    await world.database.owner.query(`DELETE FROM households WHERE name = 'Elsewhere'`);
  });

  it('lets the public add and read nothing back', async () => {
    for (const sql of [...Object.values(PEOPLE), ...Object.values(FIGURES)]) expect(await seenBy({ kind: 'public' }, sql)).toEqual([]);
    for (const table of ['audit_entries', 'emails', 'kept_reports']) {
      expect(await world.database.transactions.run({ kind: 'public' }, (tx) => rows(tx, `SELECT 1 FROM ${table}`))).toEqual([]);
    }
  });

  it('shows nothing to a query outside a transaction of an actor', async () => {
    for (const sql of [...Object.values(PEOPLE), ...Object.values(FIGURES)]) expect(await world.database.source.query(sql)).toEqual([]);
    await expect(world.database.source.query(`INSERT INTO households (id, authority, name, created_at) VALUES (gen_random_uuid(), 'derby', 'Nobody', now())`)).rejects.toThrow(/row-level security/);
    await expect(world.database.source.query(`INSERT INTO audit_entries (at, actor_kind, action, subject_kind, subject_id) VALUES (now(), 'nobody', 'x', 'x', 'x')`)).rejects.toThrow(/row-level security/);
  });

  it('forgets the actor with the transaction, on the same connection', async () => {
    const actor = await makeStaffActor(world.database, 'hub_manager');
    const runner = world.database.source.createQueryRunner();
    try {
      await runner.startTransaction();
      await runner.query(`SELECT set_config('app.people', '*', true), set_config('app.figures', '*', true), set_config('app.actor_kind', 'staff', true), set_config('app.staff_id', $1, true)`, [actor.staffId]);
      expect((await runner.query(PEOPLE.households) as unknown[]).length).toBe(EVERYWHERE.length);
      await runner.commitTransaction();
      expect(await runner.query(PEOPLE.households)).toEqual([]);
    } finally {
      await runner.release();
    }
  });

  it('works as a role that owns nothing, bypasses nothing and cannot become somebody else', async () => {
    const [role] = await world.database.transactions.run(system('tests'), (tx) =>
      rows<{ user: string; super: boolean; bypass: boolean; owned: number }>(
        tx,
        `SELECT current_user AS user, rolsuper AS super, rolbypassrls AS bypass, (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned FROM pg_roles r WHERE rolname = current_user`,
      ),
    );
    expect(role).toEqual({ user: 'hub_app', super: false, bypass: false, owned: 0 });
    await expect(world.database.source.query('ALTER TABLE households DISABLE ROW LEVEL SECURITY')).rejects.toThrow(/must be owner/);
  });

  it('holds every table that has anything of families, people or secrets', async () => {
    const open = await world.database.owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity AND has_table_privilege('hub_app', oid, 'SELECT') ORDER BY relname`,
    );
    expect(open.rows.map(({ name }) => name).filter((name) => !WITHOUT_FAMILIES.includes(name))).toEqual([]);
  });

  it('keeps history as it was written', async () => {
    for (const sql of [`UPDATE audit_entries SET action = 'x'`, 'DELETE FROM audit_entries', `UPDATE journey_events SET happened_on = '2020-01-01'`, 'DELETE FROM journey_events', 'DELETE FROM timeline_entries', `UPDATE timeline_entries SET body = 'x'`, 'DELETE FROM households', 'DELETE FROM journeys']) {
      await expect(world.database.transactions.run(system('tests'), (tx) => tx.query(sql))).rejects.toThrow(/append-only|history|permission denied/);
    }
  });
});

/** The only tables that anybody may read: settings, calendars, staff, who sits on which panel, and what belongs to the machine: nothing here names a family. */
const WITHOUT_FAMILIES = ['assessment_rules', 'authorities', 'authority_details', 'bank_holidays', 'check_types', 'closure_days', 'districts', 'document_store', 'letter_templates', 'migrations', 'opening_hours', 'postcodes', 'progress', 'rate_limits', 'sessions', 'staff', 'staff_roles', 'targets', 'time_limits', 'websites'];
