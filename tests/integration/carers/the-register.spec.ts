import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StaffActor } from '@app/access';
import { AssessmentsModule } from '@app/assessments';
import { carerPage, CarersModule, ethnicityOfCarers, ImportCarers, KeepCarer, carerBlockerInWords, type CarerBlocker, register, RegisterCarer, registerCounts, TellOfReviews } from '@app/carers';
import { system } from '@app/database';
import { AssignJourney, mistakeInWords, MoveJourney } from '@app/journeys';
import { localDate, type LocalDate, localDateOf, type Result } from '@app/kernel';
import { rowsOfFile } from '@app/spreadsheets';
import { createHubWorld, type HubWorld } from '../../support/hub-world';
import { makeCarer } from '../../support/registered-carer';
import { makeStaffActor } from '../../support/staff';
import { named, receiveFamily } from '../../support/received-family';

const TERMS = { children: 2, ageFrom: 0, ageTo: 8, care: ['short_term'], namedChild: null, aboveLimit: null } as const;
type Outcome = Result<unknown, { readonly blockers: readonly CarerBlocker[] }>;
const inWords = (outcome: Outcome): string => (outcome.ok ? 'done' : outcome.refusal.blockers.map(carerBlockerInWords).join(' '));

describe('the register of approved carers', () => {
  let world: HubWorld;
  let worker: StaffActor;
  let folder: string;
  beforeAll(async () => {
    world = await createHubWorld('2026-11-18T10:00:00Z', [AssessmentsModule, CarersModule]);
    worker = await makeStaffActor(world.database, 'social_worker', 'derby');
    folder = mkdtempSync(join(tmpdir(), 'carers-'));
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });
  const on = (text: string): LocalDate => localDate(text);
  const today = (): LocalDate => localDateOf(world.clock.now());
  const pageOf = (reference: string, actor: StaffActor = worker) => world.database.transactions.run(actor, (tx) => carerPage(tx, reference));

  async function approvedFamily(lastName: string): Promise<{ readonly journeyId: string; readonly reference: string }> {
    const family = await receiveFamily(world.database, new Date('2026-03-02T10:00:00Z'), { applicants: named('Ann', lastName, { email: `ann.${lastName.toLowerCase()}@example.org` }) });
    const manager = await makeStaffActor(world.database, 'hub_manager');
    const assigned = await world.get(AssignJourney).run(manager, { journeyId: family.journeyId, socialWorkerId: worker.staffId });
    if (!assigned.ok) throw new Error(JSON.stringify(assigned.refusal));
    for (const [milestone, day] of [['initial_application', '2026-03-05'], ['home_visit', '2026-03-12'], ['application', '2026-03-20'], ['stage_1', '2026-05-01'], ['stage_2', '2026-05-02'], ['panel', '2026-09-01'], ['approved', '2026-09-08']] as const) {
      const moved = await world.get(MoveJourney).run(manager, { journeyId: family.journeyId, milestone, on: on(day) });
      if (!moved.ok) throw new Error(JSON.stringify(moved.refusal));
    }
    return family;
  }

  it('takes an approved family once, with its people, terms and the clock of the first review', async () => {
    const family = await approvedFamily('Register');
    const registration = { journeyId: family.journeyId, agreementSignedOn: on('2026-09-10'), supervisorId: worker.staffId, beds: 2, terms: TERMS };
    expect(inWords(await world.get(RegisterCarer).run(worker, { ...registration, agreementSignedOn: on('2026-09-01') }))).toContain('lies before the approval');
    expect(inWords(await world.get(RegisterCarer).run(worker, { ...registration, terms: { ...TERMS, children: 4 } }))).toContain('usual fostering limit');
    expect(inWords(await world.get(RegisterCarer).run(worker, registration))).toBe('done');
    expect(inWords(await world.get(RegisterCarer).run(worker, registration))).toContain('on the register already');
    const page = await pageOf(family.reference);
    expect(page).toMatchObject({ carer: { kind: 'foster', approvedOn: '2026-09-08', agreementSignedOn: '2026-09-10' }, people: [{ name: 'Ann Register' }], terms: [{ children: 2, holdsFrom: '2026-09-08' }], reviews: [{ number: 1, dueOn: '2027-09-08', heldOn: null }] });
  });

  it('plans yearly reviews, and keeps the terms that held before', async () => {
    const { id, reference } = await makeCarer(world.database, 'derby');
    const keep = world.get(KeepCarer);
    expect(inWords(await keep.holdReview(worker, { carerId: id, on: on('2025-02-20'), outcome: 'continue', note: null }))).toContain('No review is to come');
    await world.database.owner.query(`INSERT INTO carer_reviews (id, carer_id, number, limit_id, due_on) SELECT gen_random_uuid(), $1, 1, id, '2025-03-01' FROM time_limits WHERE rule = 'first_review'`, [id]);
    expect(inWords(await keep.holdReview(worker, { carerId: id, on: on('2025-02-20'), outcome: 'continue', note: null }))).toBe('done');
    expect(inWords(await keep.changeTerms(worker, { carerId: id, on: on('2025-02-20'), terms: { ...TERMS, children: 3 }, reason: 'After the review' }))).toBe('done');
    expect(inWords(await keep.changeTerms(worker, { carerId: id, on: on('2025-02-20'), terms: TERMS, reason: 'Again' }))).toContain('Other terms hold');
    const page = await pageOf(reference);
    expect(page?.reviews.map(({ number, dueOn }) => [number, dueOn])).toEqual([[2, '2026-02-20'], [1, '2025-03-01']]);
    expect(page?.terms.map(({ children }) => children)).toEqual([3, 2]);
    await expect(world.database.transactions.run(system('tests'), (tx) => tx.query('UPDATE carer_terms SET children = 9'))).rejects.toThrow(/append-only|permission denied/);
  });

  it('ends what is open when a household leaves, and counts vacancies until then', async () => {
    const { id } = await makeCarer(world.database, 'derby');
    const keep = world.get(KeepCarer);
    const counts = () => world.database.transactions.run(worker, (tx) => registerCounts(tx, 'derby', today()));
    const before = await counts();
    expect(inWords(await keep.place(worker, { carerId: id, on: on('2026-10-01'), childReference: 'CH-1001' }))).toBe('done');
    expect(await counts()).toMatchObject({ free: before.free - 1 });
    expect(inWords(await keep.leave(worker, { carerId: id, on: today(), by: 'resignation', reason: 'standards_of_care' }))).toContain('reason that fits');
    expect(inWords(await keep.leave(worker, { carerId: id, on: today(), by: 'resignation', reason: 'health' }))).toContain('Children are placed there after that day');
    const [placement] = (await world.database.owner.query<{ id: string }>('SELECT id FROM carer_placements WHERE carer_id = $1', [id])).rows;
    expect(inWords(await keep.endPlacement(worker, { carerId: id, on: today(), placementId: placement?.id ?? '', ending: 'planned' }))).toBe('done');
    expect(inWords(await keep.leave(worker, { carerId: id, on: today(), by: 'resignation', reason: 'health' }))).toBe('done');
    expect(inWords(await keep.rest(worker, { carerId: id, on: today(), until: null, reason: 'x' }))).toContain('left fostering');
    expect(inWords(await keep.exitInterview(worker, { carerId: id, on: today(), feedback: 'Glad to have done it' }))).toBe('done');
  });

  it('counts what carers tell of their ethnicity, and lets nobody look it up', async () => {
    const { id, reference } = await makeCarer(world.database, 'derby');
    const [person] = (await world.database.owner.query<{ id: string }>(`INSERT INTO carer_people (id, carer_id, position, name) VALUES (gen_random_uuid(), $1, 2, 'Sam Second') RETURNING id`, [id])).rows;
    const personId = person?.id ?? '';
    const tell = (actor: StaffActor, ethnicity: 'asian' | 'mixed' | null, of = personId) => world.get(KeepCarer).tellEthnicity(actor, { carerId: id, personId: of, ethnicity });
    const counted = async (ethnicity: string, day = today()) => (await world.database.transactions.run(worker, (tx) => ethnicityOfCarers(tx, day))).find((count) => count.authority === 'derby' && count.ethnicity === ethnicity)?.people ?? 0;
    const silent = await counted('not_told');
    expect(inWords(await tell(worker, 'asian'))).toBe('done');
    expect(inWords(await tell(worker, 'mixed'))).toBe('done');
    expect([await counted('asian'), await counted('mixed'), await counted('not_told')]).toEqual([0, 1, silent - 1]);
    expect(await counted('mixed', on('2026-11-17'))).toBe(0);
    expect((await pageOf(reference))?.people.find(({ name }) => name === 'Sam Second')).toMatchObject({ toldEthnicity: true });
    for (const actor of [worker, system('tests')]) await expect(world.database.transactions.run(actor, (tx) => tx.query('SELECT ethnicity FROM carer_ethnicity'))).rejects.toThrow('permission denied');
    expect(inWords(await tell(await makeStaffActor(world.database, 'social_worker', 'nottingham'), 'asian'))).toContain('not on the register');
    expect(inWords(await tell(worker, 'asian', id))).toContain('not on the register');
    expect(inWords(await tell(worker, null))).toBe('done');
    expect(await counted('not_told')).toBe(silent);
  });

  it('is seen and changed in its own authority only', async () => {
    const { id, reference } = await makeCarer(world.database, 'nottingham');
    expect(await pageOf(reference)).toBeNull();
    expect(inWords(await world.get(KeepCarer).rest(worker, { carerId: id, on: today(), until: null, reason: 'x' }))).toContain('not on the register');
    const liaison = await makeStaffActor(world.database, 'liaison_worker', 'nottingham');
    expect(await pageOf(reference, liaison)).toBeNull();
    const { listed } = await world.database.transactions.run(worker, (tx) => register(tx, { authority: null, standing: 'fostering', text: '', care: null, age: null }, today()));
    expect(new Set(listed.map(({ authority }) => authority))).toEqual(new Set(['derby']));
  });

  it('tells the supervising social worker once of a review that comes near', async () => {
    const { id } = await makeCarer(world.database, 'derby', { supervisor_id: worker.staffId });
    await world.database.owner.query(`INSERT INTO carer_reviews (id, carer_id, number, limit_id, due_on) SELECT gen_random_uuid(), $1, 1, id, '2026-12-10' FROM time_limits WHERE rule = 'first_review'`, [id]);
    await world.get(TellOfReviews).run();
    await world.get(TellOfReviews).run();
    const mails = await world.database.owner.query(`SELECT subject FROM emails WHERE kind = 'review_due' AND staff_id = $1`, [worker.staffId]);
    expect(mails.rows).toHaveLength(1);
  });

  it('tells the team manager of a review when the supervising social worker has left', async () => {
    const manager = await makeStaffActor(world.database, 'team_manager', 'derby');
    const gone = await makeStaffActor(world.database, 'social_worker', 'derby');
    const { id, reference } = await makeCarer(world.database, 'derby', { supervisor_id: gone.staffId });
    await world.database.owner.query(`INSERT INTO carer_reviews (id, carer_id, number, limit_id, due_on) SELECT gen_random_uuid(), $1, 1, id, '2026-12-10' FROM time_limits WHERE rule = 'first_review'`, [id]);
    await world.database.owner.query(`UPDATE staff SET state = 'left', left_at = now() WHERE id = $1`, [gone.staffId]);
    await world.get(TellOfReviews).run();
    const mails = await world.database.owner.query<{ staff_id: string }>(`SELECT staff_id FROM emails WHERE kind = 'review_due' AND subject LIKE '%' || $1`, [reference]);
    expect(mails.rows.map(({ staff_id }) => staff_id)).toEqual(expect.arrayContaining([manager.staffId]));
    expect(mails.rows.map(({ staff_id }) => staff_id)).not.toContain(gone.staffId);
  });

  describe('is filled from a file', () => {
    const header = 'reference,authority,kind,first_name,last_name,second_first_name,email,phone,approved_on,agreement_on,children,age_from,age_to,care,above_limit,last_review_on,left_on,left_by,left_reason';
    const good = 'OLD-1,derby,foster,Jo,Example,Kim,jo@example.org,0115 496 0101,2019-05-01,2019-05-09,3,0,10,short_term;long_term,,2026-04-02,,,';
    const gone = 'OLD-2,E06000015,kinship,Pat,Example,,,,2018-01-10,,1,3,3,long_term,,,2024-06-30,resignation,retired';
    async function importFile(lines: readonly string[], more: { dryRun?: boolean; skipInvalid?: boolean } = {}) {
      const file = join(folder, 'carers.csv');
      writeFileSync(file, `${lines.join('\n')}\n`);
      const said: string[] = [];
      const outcome = await world.get(ImportCarers).run(system('import'), { rows: rowsOfFile(file), dryRun: false, skipInvalid: false, onMistake: (row, mistake) => void said.push(mistakeInWords(row, mistake)), ...more });
      return { outcome, said };
    }

    it('all of it or nothing, with every mistake named', async () => {
      const bad = 'OLD-3,leeds,foster,,,,not-mail,12,2031-01-01,,0,9,3,baking,,,2020-01-01,,';
      const { outcome, said } = await importFile([header, good, bad]);
      expect(outcome.ok).toBe(false);
      expect(said.map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['row 3, authority', 'row 3, approved_on', 'row 3, care', 'row 3, email', 'row 3, phone', 'row 3, last_name', 'row 3, left_on']));
      expect((await world.database.owner.query(`SELECT 1 FROM carer_households WHERE reference = 'OLD-1'`)).rows).toEqual([]);
    });

    it('with what to do, about terms too when other cells are wrong', async () => {
      const { said } = await importFile([header, 'OLD-4,derby,foster,Jo,Example,,,,2019-05-01,2019-04-30,4,9,3,,,,,,', 'OLD-5,derby,foster,Jo,Example,,not-mail,,2019-05-01,,2,0,30,named_child,,,,,']);
      for (const mistake of ['row 2, agreement_on: 2019-04-30 is before the approval on 2019-05-01: correct one of the two', 'row 2, care: is empty: give at least one of short_term', 'row 2, age_from: ', 'row 2, children: ', 'row 3, age_to: "30" is not a whole number up to 18: correct it']) expect(said.filter((line) => line.startsWith(mistake))).toHaveLength(1);
      expect((await importFile([header, 'OLD-5,derby,foster,Jo,Example,,,,2019-05-01,,2,0,9,named_child,,,,,'])).said).toEqual([expect.stringContaining('needs the reference of the child, which a file cannot give')]);
    });

    it('and knows rows that it had before', async () => {
      expect((await importFile([header, good, gone], { dryRun: true })).outcome).toMatchObject({ ok: true, value: { imported: 2 } });
      expect((await importFile([header, good, gone])).outcome).toMatchObject({ ok: true, value: { imported: 2, unchanged: 0 } });
      expect((await importFile([header, gone, good])).outcome).toMatchObject({ ok: true, value: { imported: 0, unchanged: 2 } });
      const other = await importFile([header, good.replace('2019-05-01', '2019-05-02')]);
      expect(other.outcome.ok).toBe(false);
      expect(other.said[0]).toContain('imported before with other values');
      expect(await pageOf('OLD-1')).toMatchObject({ reviews: [{ number: 2, dueOn: '2027-04-02' }], carer: { name: 'Jo and Kim Example' } });
      expect(await pageOf('OLD-2')).toMatchObject({ reviews: [], carer: { leftOn: '2024-06-30', leftReason: 'retired' } });
    });
  });
});
