import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { StaffActor } from '@app/access';
import { DatabaseModule } from '@app/database';
import { AddDocument, caseOfDocuments, documentRefusalInWords, type DocumentRefusal, DocumentsModule, documentsOf, type ListedDocument, type NewDocument, OpenDocument, RemoveDocument, ScanDocuments, SweepFiles } from '@app/documents';
import { AssignJourney, JourneysModule } from '@app/journeys';
import { MovableClock, newId, type Result } from '@app/kernel';
import { SettingsModule } from '@app/settings';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { type FakeClamd, startFakeClamd } from '../../support/fake-clamd';
import { aPdf, aPng, aWordDocument, anArchive } from '../../support/made-files';
import { receiveFamily, type ReceivedFamily } from '../../support/received-family';
import { makeStaffActor } from '../../support/staff';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { testSettings } from '../../support/test-settings';

const clock = new MovableClock(new Date('2026-11-18T10:00:00Z'));
const whole: NewDocument = { title: null, part: 'journey', about: 'family', applicantId: null, forPanel: false };

let database: TestDatabase;
let clamd: FakeClamd;
let folder: string;
let store: string;
let scanned: INestApplicationContext;
let unscanned: INestApplicationContext;
let officer: StaffActor;
let worker: StaffActor;
let colleague: StaffActor;
let manager: StaffActor;
let neighbour: StaffActor;

async function rooms(env: Readonly<Record<string, string>>): Promise<INestApplicationContext> {
  const settings = testSettings(database.url, { DATA_DIR: folder, DOCUMENT_LIMIT_MB: '1', ...env });
  const module = await Test.createTestingModule({ imports: [SettingsModule.forRoot(settings, clock), DatabaseModule.forRoot(database.url, 4), JourneysModule, DocumentsModule] }).compile();
  module.useLogger(false);
  return module.init();
}

beforeAll(async () => {
  database = await createTestDatabase();
  clamd = await startFakeClamd();
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  store = join(folder, 'documents', (await database.owner.query<{ id: string }>('SELECT id FROM document_store')).rows[0]!.id);
  mkdirSync(store, { recursive: true });
  scanned = await rooms({ CLAMAV_URL: clamd.url });
  unscanned = await rooms({});
  officer = await makeStaffActor(database, 'recruitment_officer');
  worker = await makeStaffActor(database, 'social_worker', 'derby');
  colleague = await makeStaffActor(database, 'social_worker', 'derby');
  manager = await makeStaffActor(database, 'team_manager', 'derby');
  neighbour = await makeStaffActor(database, 'team_manager', 'nottingham');
});
afterAll(async () => {
  await scanned.close();
  await unscanned.close();
  await clamd.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => { clamd.mood = 'well'; });

async function aFamily(): Promise<ReceivedFamily> {
  const family = await receiveFamily(database, clock.now());
  const assigned = await scanned.get(AssignJourney).run(manager, { journeyId: family.journeyId, socialWorkerId: worker.staffId });
  expect(assigned.ok).toBe(true);
  return family;
}

const add = (actor: StaffActor, family: ReceivedFamily, content: Buffer | Readable, more: Partial<NewDocument> = {}, name = 'letter.pdf', at = scanned) =>
  at.get(AddDocument).run(actor, family.journeyId, { ...whole, ...more }, { name, content: content instanceof Readable ? content : Readable.from([content.subarray(0, 7), content.subarray(7)].filter((part) => part.length > 0)) });
const list = (actor: StaffActor, { reference }: ReceivedFamily): Promise<ListedDocument[]> =>
  database.transactions.read(actor, async (tx) => {
    const ofCase = await caseOfDocuments(tx, { reference });
    return ofCase ? documentsOf(tx, actor, ofCase) : [];
  });
const open = (actor: StaffActor, { reference }: ReceivedFamily, documentId: string, number = 1) => scanned.get(OpenDocument).run(actor, { reference, documentId, number });
const refusal = <T>(result: Result<T, DocumentRefusal>): string | null => (result.ok ? null : result.refusal.kind);
const got = <T>(result: Result<T, DocumentRefusal>): T => {
  if (!result.ok) throw new Error(documentRefusalInWords(result.refusal));
  return result.value;
};
const files = (): string[] => readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((file) => /[0-9a-f]{48}$/.test(file)).sort();

describe('a document', () => {
  it('comes back as it went in, under a clean name, and who saw it is known', async () => {
    const family = await aFamily();
    const content = aPdf();
    const added = got(await add(worker, family, content, {}, '../../Medical_report.PDF'));
    expect(added).toMatchObject({ number: 1, title: 'Medical report', scan: 'clean' });
    expect(clamd.scanned.at(-1)).toBe(content.length);

    const opened = got(await open(colleague, family, added.documentId));
    expect(await buffer(opened.content)).toEqual(content);
    expect(opened.version).toMatchObject({ fileName: 'Medical_report.pdf', kind: 'pdf', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
    const [listed] = await list(worker, family);
    expect(listed).toMatchObject({ title: 'Medical report', openings: [{ name: colleague.name, number: 1, at: clock.now() }] });
    const { rows } = await database.owner.query<{ action: string }>(`SELECT action FROM audit_entries WHERE subject_id = $1 AND action LIKE 'document.%' ORDER BY id`, [family.journeyId]);
    expect(rows.map(({ action }) => action)).toEqual(['document.add', 'document.open']);
  });

  it('lies under a name that says nothing, readable by its owner alone', async () => {
    const before = files();
    const family = await aFamily();
    got(await add(worker, family, aPng(), {}, 'photo.png'));
    const [path] = files().filter((file) => !before.includes(file));
    expect(path).toMatch(/^kept\/([0-9a-f]{2})\/\1[0-9a-f]{46}$/);
    expect(statSync(join(store, path!)).mode & 0o077).toBe(0);
  });

  it('gets new versions beside the old ones', async () => {
    const family = await aFamily();
    const [first, second] = [aPdf(), aWordDocument()];
    const { documentId } = got(await add(worker, family, first));
    const newVersion = (content: Buffer) => scanned.get(AddDocument).newVersion(worker, family.journeyId, documentId, { name: 'later.docx', content: Readable.from([content]) });
    expect(got(await newVersion(second))).toMatchObject({ documentId, number: 2 });
    expect(await newVersion(first)).toEqual({ ok: false, refusal: { kind: 'same_file', title: 'letter', number: 1 } });
    expect((await list(worker, family))[0]?.versions.map(({ number, kind, fileName }) => [number, kind, fileName])).toEqual([[2, 'docx', 'later.docx'], [1, 'pdf', 'letter.pdf']]);
    expect(await buffer(got(await open(worker, family, documentId, 1)).content)).toEqual(first);
    expect(await buffer(got(await open(worker, family, documentId, 2)).content)).toEqual(second);
  });

  it('sent twice at once is there once', async () => {
    const family = await aFamily();
    const content = aPdf();
    const both = await Promise.all([add(worker, family, content), add(worker, family, content)]);
    expect(both.map(refusal).sort()).toEqual(['same_file', null].sort());
    expect(await list(worker, family)).toHaveLength(1);
  });
});

describe('what is not taken', () => {
  it('is judged by its content, said in words, and leaves nothing', async () => {
    const family = await aFamily();
    const before = files();
    const cases: readonly (readonly [Buffer, string])[] = [
      [Buffer.from('MZ this is a program'), 'Choose a PDF'],
      [Buffer.from('<html>'), 'Choose a PDF'],
      [anArchive(['a.txt']), 'archive'],
      [aWordDocument(['word/vbaProject.bin']), 'macros'],
      [Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(100)]), 'archive'],
      [Buffer.from('\x00\x00\x00\x18ftypheic....', 'latin1'), 'HEIC'],
      [Buffer.alloc(0), 'empty'],
    ];
    for (const [content, words] of cases) {
      const answer = await add(worker, family, content);
      expect(answer.ok ? '' : documentRefusalInWords(answer.refusal)).toContain(words);
    }
    expect(files()).toEqual(before);
    expect(await list(worker, family)).toEqual([]);
  });

  it('too large is stopped on the way, in constant memory', async () => {
    const family = await aFamily();
    const before = files();
    let sent = 0;
    const endless = Readable.from((function* () {
      yield aPdf();
      for (;;) yield Buffer.alloc(64 * 1024, (sent += 1) % 255);
    })());
    expect(await add(worker, family, endless)).toEqual({ ok: false, refusal: { kind: 'too_large', limitMegabytes: 1 } });
    expect(sent).toBeLessThan(40);
    expect(files()).toEqual(before);
  });

  it('broken off half-way leaves nothing', async () => {
    const family = await aFamily();
    const before = files();
    const broken = Readable.from((async function* () {
      yield aPdf();
      await Promise.resolve();
      throw new Error('the line went dead');
    })());
    expect(refusal(await add(worker, family, broken))).toBe('interrupted');
    expect(files()).toEqual(before);
  });

  it('for a case that is not theirs is refused before a byte is read', async () => {
    const family = await aFamily();
    let read = false;
    const content = (): Readable => Readable.from((function* () { read = true; yield aPdf(); })());
    expect(refusal(await add(neighbour, family, content()))).toBe('not_found');
    expect(refusal(await add(officer, family, content(), { part: 'assessment' }))).toBe('not_found');
    expect(read).toBe(false);
  });
});

describe('who sees it', () => {
  it('the hub sees what is on the family’s page, the council its assessment file too, the neighbour nothing', async () => {
    const family = await aFamily();
    const page = got(await add(officer, family, aPdf()));
    const file = got(await add(worker, family, aPdf(), { part: 'assessment', title: 'Reference' }));
    const titles = async (actor: StaffActor) => (await list(actor, family)).map(({ title }) => title).sort();
    expect(await titles(officer)).toEqual(['letter']);
    expect(await titles(colleague)).toEqual(['Reference', 'letter']);
    expect(await titles(neighbour)).toEqual([]);
    expect(refusal(await open(officer, family, file.documentId))).toBe('not_found');
    expect(refusal(await open(neighbour, family, page.documentId))).toBe('not_found');
    // The rows themselves are out of reach, whatever a query forgets.
    const seen = (actor: StaffActor) => database.transactions.read(actor, (tx) => tx.query<{ n: string }[]>(`SELECT (SELECT count(*) FROM documents)::text || ' ' || (SELECT count(*) FROM document_versions) AS n`));
    expect(await seen(neighbour)).toEqual([{ n: '0 0' }]);
    expect(await database.transactions.read({ kind: 'public' }, (tx) => tx.query('SELECT FROM documents'))).toEqual([]);
  });

  it('a panel member reads the panel’s papers, scanned ones, while the case is shared', async () => {
    const family = await aFamily();
    const member = await makeStaffActor(database, 'panel_member', 'derby');
    const panelId = newId();
    const run = (sql: string, parameters: unknown[]) => database.owner.query(sql, parameters);
    await run(`UPDATE journeys SET application_on = '2026-11-18', stage = 'assessment', stage_since = '2026-11-18' WHERE id = $1`, [family.journeyId]);
    await run(`INSERT INTO assessments (journey_id, opened_at, application_on, stage_1_started_on) VALUES ($1, now(), '2026-11-18', '2026-11-18')`, [family.journeyId]);
    await run(`INSERT INTO panels (id, authority, meets_at, meets_on, place, papers_due_on) VALUES ($1, 'derby', '2026-12-02T10:00:00Z', '2026-12-02', 'The Council House', '2026-11-25')`, [panelId]);
    await run(`INSERT INTO panel_members (panel_id, staff_id, capacity) VALUES ($1, $2, 'independent')`, [panelId, member.staffId]);
    await run(`INSERT INTO panel_cases (panel_id, journey_id, position) VALUES ($1, $2, 1)`, [panelId, family.journeyId]);
    const paper = got(await add(worker, family, aPdf(), { part: 'assessment', title: 'Report', forPanel: true }));
    const waiting = got(await add(worker, family, aPdf(), { part: 'assessment', title: 'Waiting', forPanel: true }, 'b.pdf', unscanned));
    got(await add(worker, family, aPdf(), { part: 'assessment', title: 'Certificate' }));
    const titles = async () => (await list(member, family)).map(({ title }) => title).sort();
    expect(await titles()).toEqual([]);
    await run(`UPDATE panel_cases SET papers_sent_on = '2026-11-25' WHERE panel_id = $1`, [panelId]);
    expect(await titles()).toEqual(['Report', 'Waiting']);
    expect(refusal(await open(member, family, paper.documentId))).toBeNull();
    expect(refusal(await open(member, family, waiting.documentId))).toBe('unscanned');
    expect(refusal(await add(member, family, aPdf(), { part: 'assessment' }))).toBe('not_found');
    await run(`UPDATE panels SET minutes_agreed_on = '2026-12-04' WHERE id = $1`, [panelId]);
    expect(await titles()).toEqual([]);
    expect(refusal(await open(member, family, paper.documentId))).toBe('not_found');
  });

  it('goes along when journeys are merged', async () => {
    const [one, other] = [await aFamily(), await aFamily()];
    got(await add(worker, other, aPdf()));
    await database.owner.query(`UPDATE journeys SET status = 'closed', closed_on = '2026-11-18', closed_by = 'service', closed_reason = 'duplicate', merged_into = $1 WHERE id = $2`, [one.journeyId, other.journeyId]);
    expect(await list(worker, one)).toHaveLength(1);
    expect(await list(worker, other)).toHaveLength(0);
  });

  it('not scanned: only the case’s own team opens it', async () => {
    const family = await aFamily();
    const { documentId, scan } = got(await add(worker, family, aPdf(), {}, 'a.pdf', unscanned));
    expect(scan).toBe('unscanned');
    expect(await Promise.all([worker, manager].map(async (actor) => refusal(await open(actor, family, documentId))))).toEqual([null, null]);
    expect(await Promise.all([colleague, officer].map(async (actor) => refusal(await open(actor, family, documentId))))).toEqual(['unscanned', 'unscanned']);
  });

  it('infected: nobody opens it, and it lies apart', async () => {
    const family = await aFamily();
    const { documentId, scan } = got(await add(worker, family, aPdf('VIRUS')));
    expect(scan).toBe('infected');
    expect(await Promise.all([worker, manager, officer].map(async (actor) => refusal(await open(actor, family, documentId))))).toEqual(['infected', 'infected', 'infected']);
    expect((await list(worker, family))[0]?.versions[0]).toMatchObject({ scan: 'infected', signature: 'Test-Signature' });
    expect(files().filter((file) => file.startsWith('quarantine/'))).toHaveLength(1);
  });

  it('removed with a reason: the file is gone, that it was there stays', async () => {
    const family = await aFamily();
    const before = files();
    const { documentId } = got(await add(worker, family, aPdf()));
    const remove = (actor: StaffActor) => scanned.get(RemoveDocument).run(actor, { reference: family.reference, documentId, why: 'Of another family' });
    expect(refusal(await remove(colleague))).toBe('not_found');
    expect(refusal(await remove(manager))).toBeNull();
    expect(refusal(await open(worker, family, documentId))).toBe('not_found');
    expect(files()).toEqual(before);
    expect((await database.owner.query('SELECT title, removed_why FROM documents WHERE id = $1', [documentId])).rows).toEqual([{ title: 'letter', removed_why: 'Of another family' }]);
  });
});

describe('when the scanner is away', () => {
  it.each(['hangs_up', 'too_large'] as const)('and %s, documents stay not scanned and are scanned later', async (mood) => {
    const family = await aFamily();
    clamd.mood = mood;
    const { documentId, scan } = got(await add(worker, family, aPdf('x', 500_000)));
    expect(scan).toBe('unscanned');
    clamd.mood = 'well';
    expect(await scanned.get(ScanDocuments).waiting()).toBeGreaterThanOrEqual(1);
    expect(refusal(await open(colleague, family, documentId))).toBeNull();
    expect(await scanned.get(ScanDocuments).waiting()).toBe(0);
  });
});

describe('the sweep', () => {
  it('deletes what no document names, a day later, and nothing else', async () => {
    const family = await aFamily();
    const { documentId } = got(await add(worker, family, aPdf()));
    const kept = files();
    const leftover = (place: string, age: number) => {
      const path = join(store, place, 'ab'.repeat(24).replace(/^../, String(age).padStart(2, '0')));
      writeFileSync(path, 'half');
      const at = new Date(clock.now().getTime() - age * 3_600_000);
      utimesSync(path, at, at);
    };
    leftover('incoming', 25);
    leftover('incoming', 23);
    expect(await scanned.get(SweepFiles).run()).toBe(1);
    expect(files().filter((file) => !kept.includes(file))).toEqual([expect.stringMatching(/^incoming\/23/)]);
    expect(refusal(await open(worker, family, documentId))).toBeNull();
  });
});
