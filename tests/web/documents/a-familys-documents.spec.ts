import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssignJourney } from '@app/journeys';
import { loadStaffActor } from '@app/access';
import { eventually } from '../../support/eventually';
import { type FakeClamd, startFakeClamd } from '../../support/fake-clamd';
import { aPdf } from '../../support/made-files';
import { receiveFamily, type ReceivedFamily } from '../../support/received-family';
import { createTestApp, type TestApp, type TestBrowser } from '../../support/test-app';

let app: TestApp;
let clamd: FakeClamd;
let folder: string;
let worker: TestBrowser & { readonly staff: { readonly staffId: string } };
let family: ReceivedFamily;
let path: string;

beforeAll(async () => {
  clamd = await startFakeClamd();
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  app = await createTestApp({ env: { DATA_DIR: folder, DOCUMENT_LIMIT_MB: '1', CLAMAV_URL: clamd.url } });
  worker = await app.signedInAs('social_worker', 'derby');
  family = await receiveFamily(app.database, app.clock.now());
  path = `/staff/families/${family.reference}/documents`;
  const manager = await app.signedInAs('team_manager', 'derby');
  const actor = await app.database.transactions.read({ kind: 'gate' }, (tx) => loadStaffActor(tx, manager.staff.staffId));
  await app.web.nest.get(AssignJourney, { strict: false }).run(actor!, { journeyId: family.journeyId, socialWorkerId: worker.staff.staffId });
});
afterAll(async () => {
  await app.close();
  await clamd.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => { clamd.mood = 'well'; });

const fields = { title: '', part: 'journey', about: 'family' };
const files = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /[0-9a-f]{48}$/.test(file));
const addressOf = (html: string, fileName: string): string => new RegExp(`href="([^"]+/versions/\\d+)">${fileName}`).exec(html)?.[1] ?? '';

describe('documents on a family’s page', () => {
  it('are linked from the family', async () => {
    expect((await worker.get(`/staff/families/${family.reference}`)).text).toContain(`href="${path}"`);
    expect((await worker.get(path)).text).toContain('No documents yet');
  });

  it('are added, listed, and come back byte for byte as something to save', async () => {
    const content = aPdf();
    const answer = await worker.upload(path, fields, { name: 'Zoë "report".pdf', content });
    expect([answer.status, answer.headers['location']]).toEqual([303, path]);
    const { text } = await worker.get(path);
    expect(text).toContain('“Zoë -report-” is added.');
    expect(text).toContain('No virus found');
    const opened = await worker.get(addressOf(text, 'Zoë -report-.pdf'));
    expect(opened.status).toBe(200);
    expect(opened.body).toEqual(content);
    expect(opened.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'content-disposition': expect.stringMatching(/^attachment; filename="Zo.* -report-\.pdf"; filename\*=UTF-8''Zo%C3%AB%20-report-\.pdf$/) as string,
    });
    expect((await worker.get(path)).text).toMatch(/Test social worker \w+, version 1, Wednesday 18 November 2026/);
  });

  it('say in words what is wrong, and keep what was typed', async () => {
    const missing = await worker.upload(path, { ...fields, title: 'A reference' }, null);
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('Choose the file');
    expect(missing.text).toContain('value="A reference"');
    const wrong = await worker.upload(path, { ...fields, about: 'nobody' }, { name: 'a.pdf', content: aPdf() });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Choose whom the document is about');
    expect(wrong.text).toContain('Choose the file again');
    const program = await worker.upload(path, { ...fields, title: 'A reference' }, { name: 'innocent.pdf', content: Buffer.from('MZ a program') });
    expect(program.status).toBe(422);
    expect(program.text).toContain('What is in the file decides, not its name');
    expect(program.text).toContain('value="A reference"');
  });

  it('that are too large are answered with 413 and words', async () => {
    const before = files();
    const answer = await worker.upload(path, fields, { name: 'large.pdf', content: aPdf('large', 12_000_000) });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('The file is larger than 1 MB');
    expect(files()).toEqual(before);
  });

  it('get newer versions, and can be removed with a reason', async () => {
    await worker.upload(path, { ...fields, title: 'Home safety' }, { name: 'safety.pdf', content: aPdf() });
    const versions = /action="([^"]+\/versions)"/.exec((await worker.get(path)).text)?.[1] ?? '';
    expect((await worker.upload(versions, {}, null)).text).toContain('Choose the file');
    expect((await worker.upload(versions, {}, { name: 'safety.pdf', content: aPdf() })).status).toBe(303);
    expect((await worker.get(path)).text).toContain('Version 2 of “Home safety” is added.');
    const remove = versions.replace('/versions', '/remove');
    expect((await worker.post(remove, { why: '' })).text).toContain('Say why it is removed');
    expect((await worker.post(remove, { why: 'Another family’s' })).status).toBe(303);
    expect((await worker.get(path)).text).not.toContain('Home safety');
  });

  it('without a verdict say so, and stay shut for others', async () => {
    clamd.mood = 'hangs_up';
    await worker.upload(path, fields, { name: 'waiting.pdf', content: aPdf() });
    const { text } = await worker.get(path);
    expect(text).toContain('It was not scanned for viruses yet');
    const address = addressOf(text, 'waiting.pdf');
    expect((await worker.get(address)).status).toBe(200);
    const officer = await app.signedInAs('recruitment_officer');
    const refused = await officer.get(address);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('No scanner has looked at this document yet');
    expect(addressOf((await officer.get(path)).text, 'waiting.pdf')).toBe('');
  });

  it('are shut for everybody when infected', async () => {
    await worker.upload(path, fields, { name: 'bad.pdf', content: aPdf('VIRUS') });
    const { text } = await worker.get(path);
    expect(text).toContain('Virus found');
    expect(addressOf(text, 'bad.pdf')).toBe('');
  });

  it('are not there for others: another council, analysts, nobody', async () => {
    const address = addressOf((await worker.get(path)).text, 'Zoë -report-.pdf');
    const [neighbour, analyst, administrator] = [await app.signedInAs('team_manager', 'nottingham'), await app.signedInAs('analyst'), await app.signedInAs('administrator')];
    for (const other of [neighbour, analyst, administrator]) {
      expect((await other.get(path)).status).toBe(404);
      expect((await other.get(address)).status).toBe(404);
      expect((await other.upload(path, fields, { name: 'a.pdf', content: aPdf() })).status).toBe(404);
    }
    expect((await app.visitor().get(address)).status).toBe(303);
    expect((await worker.get(`${path}/not-an-id/versions/1`)).status).toBe(404);
    expect((await worker.get(`${path}/01890000-0000-7000-8000-000000000000/versions/x`)).status).toBe(404);
  });

  it('are taken only from a page of ours', async () => {
    const before = files();
    const foreign = await worker.upload(path, { ...fields, _csrf: 'no token' }, { name: 'a.pdf', content: aPdf() });
    expect(foreign.status).toBe(403);
    expect(foreign.text).toContain('Please send that once more');
    const visitor = await app.visitor().upload(path, fields, { name: 'a.pdf', content: aPdf() });
    expect(visitor.status).toBe(401);
    expect(visitor.text).toContain('You were signed out');
    expect(files()).toEqual(before);
  });

  it('of the assessment are for those who open its file', async () => {
    await app.database.owner.query(`UPDATE journeys SET application_on = '2026-11-18', stage = 'assessment', stage_since = '2026-11-18' WHERE id = $1`, [family.journeyId]);
    const officer = await app.signedInAs('recruitment_officer');
    const asked = (await worker.get(path)).text;
    expect(asked).toContain('The assessment file');
    expect((await officer.get(path)).text).not.toContain('The assessment file');
    await worker.upload(path, { ...fields, part: 'assessment', about: 'third_party' }, { name: 'reference.pdf', content: aPdf() });
    expect((await worker.get(path)).text).toContain('Told in confidence');
    expect((await officer.get(path)).text).not.toContain('reference.pdf');
    expect((await officer.upload(path, { ...fields, part: 'assessment' }, { name: 'a.pdf', content: aPdf() })).status).toBe(404);
  });

  it('of a check are added from it, in confidence when somebody else answers it, and listed with it', async () => {
    const checkPath = `/staff/families/${family.reference}/assessment/checks`;
    await worker.get(`/staff/families/${family.reference}/assessment`);
    const { rows } = await app.database.owner.query<{ id: string; type: string }>(`SELECT id, type FROM checks WHERE journey_id = $1 AND type IN ('medical', 'family_referee')`, [family.journeyId]);
    const idOf = (type: string) => rows.find((check) => check.type === type)?.id ?? '';
    const check = await worker.get(`${checkPath}/${idOf('family_referee')}`);
    const adding = /href="([^"]+)#add"/.exec(check.text)?.[1]?.replace(/&amp;/g, '&') ?? '';
    const form = await worker.get(adding);
    expect(form.text).toContain('Add a document to this check');
    expect(form.text).toMatch(/value="third_party" checked/);
    const typed = { title: 'What the aunt says', part: 'assessment', about: 'third_party', check: idOf('family_referee') };
    const added = await worker.upload(path, typed, { name: 'aunt.pdf', content: aPdf('aunt') });
    expect(added.headers['location']).toBe(`${checkPath}/${idOf('family_referee')}`);
    expect((await worker.get(added.headers['location'] ?? '')).text).toContain('What the aunt says</a>');
    expect((await worker.get(`${checkPath}/${idOf('medical')}`)).text).not.toContain('What the aunt says');
    expect((await worker.upload(path, { ...typed, check: family.journeyId }, { name: 'aunt.pdf', content: aPdf('other') })).status).toBe(404);
  });

  it('leave nothing when the line goes dead half-way', async () => {
    const server = createServer(app.web.express).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const before = files();
    // The same session, by hand: its cookie and token.
    const signIn = await fetchSession(port);
    const head = `--b\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${signIn.token}\r\n--b\r\nContent-Disposition: form-data; name="part"\r\n\r\njourney\r\n--b\r\nContent-Disposition: form-data; name="about"\r\n\r\nfamily\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7`;
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nCookie: ${signIn.cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n${head}${'x'.repeat(100_000)}`);
    await eventually('half a file is there', () => files().length === before.length + 1);
    socket.destroy();
    await eventually('nothing is left of it', () => files().length === before.length);
    server.close();
    server.closeAllConnections();
  });

  async function fetchSession(port: number): Promise<{ cookie: string; token: string }> {
    const { staff } = await app.signedInAs('social_worker', 'derby');
    const origin = `http://127.0.0.1:${String(port)}`;
    const tokenIn = (html: string) => /name="_csrf" value="([0-9a-f]+)"/.exec(html)?.[1] ?? '';
    const cookieOf = (answer: Response) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
    const first = await fetch(`${origin}/staff/sign-in`);
    const signedIn = await fetch(`${origin}/staff/sign-in`, { method: 'POST', redirect: 'manual', headers: { cookie: cookieOf(first) }, body: new URLSearchParams({ _csrf: tokenIn(await first.text()), email: staff.email, password: 'kettle-violin-harbour' }) });
    const cookie = cookieOf(signedIn);
    return { cookie, token: tokenIn(await (await fetch(`${origin}${path}`, { headers: { cookie } })).text()) };
  }
});
