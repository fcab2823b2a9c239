import { createTestApp, type TestApp } from '../../support/test-app';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ env: { DEMO: '1' } });
});
afterAll(() => app.close());

const PAGES = ['/', '/what-is-fostering', '/worried-about-a-child', '/privacy', '/cookies', '/accessibility'];

describe('the pages for everybody', () => {
  it.each(PAGES)('%s is there, says that people are made up, and sets no cookie', async (path) => {
    const answer = await app.visitor().get(path);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('made up');
    expect(answer.text).toMatch(/<title>[^<]+ – Foster for East Midlands<\/title>/);
    expect(answer.text.match(/<h1/g)).toHaveLength(1);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each(PAGES)('%s carries no inline script or style, which the policy would block', async (path) => {
    const { text } = await app.visitor().get(path);
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/i);
  });

  it.each(PAGES)('%s says where to turn when worried about a child, and how to ring the hub', async (path) => {
    const { text } = await app.visitor().get(path);
    expect(text).toContain('href="/worried-about-a-child"');
    expect(text).toContain('href="tel:+443033132950"');
    expect(text).toContain('Monday to Friday, 9am to 5pm');
  });

  it('promises what the time limits of today say', async () => {
    expect((await app.visitor().get('/')).text).toContain('By the end of the next working day');
    await app.database.owner.query(`INSERT INTO time_limits (rule, holds_from, amount, unit, source, recorded_by) VALUES ('first_response', '2026-11-18', 2, 'working_days', 'Test', 'test')`);
    expect((await app.visitor().get('/')).text).toContain('Within 2 working days');
  });

  it('names the councils with their districts', async () => {
    const { text } = await app.visitor().get('/');
    expect(text).toContain('Derby City Council');
    expect(text).toContain('Amber Valley, Bolsover, Chesterfield, Derbyshire Dales, Erewash, High Peak, North East Derbyshire and South Derbyshire');
  });

  it('says which cookies there are', async () => {
    const { text } = await app.visitor().get('/cookies');
    expect(text).toContain('hub-enquiry');
    expect(text).toContain('3 days');
  });

  it('serves what the pages link to, for ever', async () => {
    const { text } = await app.visitor().get('/');
    for (const [, address] of text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
      const asset = await app.visitor().get(address ?? '');
      expect([address, asset.status]).toEqual([address, 200]);
      expect(asset.headers['cache-control']).toContain('immutable');
    }
  });
});
