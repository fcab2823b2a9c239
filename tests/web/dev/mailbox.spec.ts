import { queueEmail } from '@app/notifications';
import { createTestApp, type TestApp } from '../../support/test-app';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
  await app.database.transactions.run({ kind: 'public' }, (tx) =>
    queueEmail(tx, { kind: 'invitation', to: 'new@example.org', subject: 'Choose your password', body: 'Open http://127.0.0.1:3000/staff/links/abc\n<b>not bold</b>', demonstration: false, now: app.clock.now() }),
  );
});
afterAll(() => app.close());

describe('the local mailbox', () => {
  it('shows what was mailed, its links to follow and nothing as markup', async () => {
    const answer = await app.visitor().get('/dev/mailbox');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Choose your password');
    expect(answer.text).toContain('href="http://127.0.0.1:3000/staff/links/abc"');
    expect(answer.text).toContain('&lt;b&gt;not bold');
  });

  it('finds the mail of one reader', async () => {
    expect((await app.visitor().get('/dev/mailbox?to=nobody@example.org')).text).toContain('No mail yet');
    expect((await app.visitor().get('/dev/mailbox?to=new@example.org')).text).toContain('Choose your password');
  });

  it('is not there where a mail server is set', async () => {
    const served = await createTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:2525' } });
    expect((await served.visitor().get('/dev/mailbox')).status).toBe(404);
    await served.close();
  });
});
