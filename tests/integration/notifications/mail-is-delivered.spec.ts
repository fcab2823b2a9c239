import { dataSourceOptions, rows, system, Transactions } from '@app/database';
import { MovableClock } from '@app/kernel';
import { DeliverEmail, emailsToDeliver, mailboxEntries, Mailer, outboxStanding, queueEmail, SmtpMailer } from '@app/notifications';
import { DataSource } from 'typeorm';
import { type MailServer, startMailServer } from '../../support/mail-server';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

const NOW = new Date('2026-11-18T10:00:00Z');
const minutes = (count: number): number => count * 60_000;

describe('mail in the outbox', () => {
  let database: TestDatabase;
  let server: MailServer;
  let mailer: SmtpMailer;
  let deliver: DeliverEmail;
  const clock = new MovableClock(NOW);

  beforeAll(async () => {
    database = await createTestDatabase(8);
    server = await startMailServer();
    mailer = new SmtpMailer(server.url, 'The hub <hub@example.org>');
    deliver = new DeliverEmail(database.transactions, mailer, clock);
  });
  afterAll(async () => {
    mailer.close();
    await server.stop();
    await database.drop();
  });
  beforeEach(async () => {
    clock.set(NOW);
    await database.owner.query('DELETE FROM emails');
  });

  /** Queues a mail as somebody who enquires would, and answers its id. */
  const queue = async (to: string, more: { readonly onceKey?: string; readonly demonstration?: boolean; readonly subject?: string } = {}): Promise<string> => {
    await database.transactions.run({ kind: 'public' }, (tx) => queueEmail(tx, { kind: 'test', to, subject: more.subject ?? 'Your enquiry – thank you', body: 'We will ring you.\n', onceKey: more.onceKey ?? null, demonstration: more.demonstration ?? false, now: clock.now() }));
    return (await database.owner.query<{ id: string }>('SELECT id FROM emails WHERE to_address = $1 ORDER BY id DESC LIMIT 1', [to])).rows[0]!.id;
  };
  const stateOf = async (id: string): Promise<object> => (await database.owner.query('SELECT state, attempts, last_error FROM emails WHERE id = $1', [id])).rows[0] as object;
  const deliveredTo = (to: string): number => server.delivered.filter((mail) => mail.to === to).length;

  it('arrives once, in plain words, with a Message-ID that is the row\'s own', async () => {
    const id = await queue('jo@example.org');
    expect(await deliver.run(id)).toBe('sent');
    expect(await deliver.run(id)).toBe('not_due');
    expect(deliveredTo('jo@example.org')).toBe(1);
    const [mail] = server.delivered.filter(({ to }) => to === 'jo@example.org');
    expect(mail).toMatchObject({ messageId: `<${id}@example.org>` });
    expect(mail?.source).toContain('Auto-Submitted: auto-generated');
    expect(mail?.source).toContain('We will ring you.');
    expect(await stateOf(id)).toEqual({ state: 'sent', attempts: 1, last_error: null });
  });

  it('is not there at all when the transaction that wrote it is undone', async () => {
    await expect(database.transactions.run(system('test'), async (tx) => {
      await queueEmail(tx, { kind: 'test', to: 'never@example.org', subject: 'Never', body: '', demonstration: false, now: NOW });
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await database.transactions.read(system('test'), (tx) => emailsToDeliver(tx, NOW, 10))).toEqual([]);
  });

  it('is one mail however often the same thing is told', async () => {
    await queue('twice@example.org', { onceKey: 'told' });
    await queue('twice@example.org', { onceKey: 'told' });
    expect(await database.transactions.read(system('test'), (tx) => emailsToDeliver(tx, NOW, 10))).toHaveLength(1);
  });

  it('cannot be given another header by what somebody typed', async () => {
    const id = await queue('header@example.org', { subject: 'Hello\r\nBcc: everybody@example.org' });
    await deliver.run(id);
    const [mail] = server.delivered.filter(({ to }) => to === 'header@example.org');
    expect(mail?.subject).toBe('Hello Bcc: everybody@example.org');
    expect(await database.transactions.read(system('test'), (tx) => mailboxEntries(tx, { to: 'header@example.org' }))).toMatchObject([{ subject: 'Hello Bcc: everybody@example.org' }]);
    expect(deliveredTo('everybody@example.org')).toBe(0);
  });

  it('is delivered once by eight workers that have it at the same moment', async () => {
    server.thinkFor(150);
    const id = await queue('eight@example.org');
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliver.run(id)));
    server.thinkFor(0);
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
    expect(deliveredTo('eight@example.org')).toBe(1);
  });

  it('waits while the server is out of reach, longer each time, and arrives when it is back', async () => {
    const id = await queue('patient@example.org');
    const { port } = server;
    await server.stop();
    expect(await deliver.run(id)).toBe('again_later');
    expect(await deliver.run(id)).toBe('not_due');
    clock.advance(5_000);
    expect(await deliver.run(id)).toBe('again_later');
    expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: 2 });
    server = await startMailServer(port);
    clock.advance(15_000);
    expect(await deliver.run(id)).toBe('sent');
    expect(deliveredTo('patient@example.org')).toBe(1);
  });

  it('is tried again when the server wants it later', async () => {
    server.answer('busy@example.org', 451);
    const id = await queue('busy@example.org');
    expect(await deliver.run(id)).toBe('again_later');
    server.answer('busy@example.org', null);
    clock.advance(minutes(1) - 1);
    expect(await deliver.run(id)).toBe('not_due');
    clock.advance(1);
    expect(await deliver.run(id)).toBe('sent');
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('is given up after five days of being put off', async () => {
    server.answer('always-busy@example.org', 451);
    const id = await queue('always-busy@example.org');
    clock.advance(minutes(5 * 24 * 60) + 1);
    expect(await deliver.run(id)).toBe('failed');
  });

  it('fails for all to see where the address is refused for good, without the address in the reason', async () => {
    server.answer('nobody@example.org', 550);
    const id = await queue('nobody@example.org');
    expect(await deliver.run(id)).toBe('failed');
    expect(await stateOf(id)).toMatchObject({ state: 'failed', attempts: 1 });
    expect(JSON.stringify(await stateOf(id))).not.toContain('nobody@example.org');
    expect(await database.transactions.read(system('test'), (tx) => outboxStanding(tx))).toMatchObject({ failed: 1, waiting: 0 });
    expect(await database.transactions.read(system('test'), (tx) => mailboxEntries(tx, { to: 'nobody@example.org' }))).toMatchObject([{ id, state: 'failed' }]);
  });

  it('of made-up people is kept, and never reaches a server', async () => {
    const id = await queue('made-up@example.org', { demonstration: true });
    expect(await database.transactions.read(system('test'), (tx) => emailsToDeliver(tx, NOW, 10))).toEqual([]);
    expect(await deliver.run(id)).toBe('kept');
    const others = [await queue('made-up@example.org', { demonstration: true }), await queue('real@example.org')];
    await deliver.keepForMailbox();
    expect(await Promise.all(others.map(stateOf))).toMatchObject([{ state: 'kept' }, { state: 'queued' }]);
    expect(deliveredTo('made-up@example.org')).toBe(0);
  });

  it('is kept in the mailbox, newest first and a page at a time, where no server is set', async () => {
    const mailboxOnly = new DeliverEmail(database.transactions, null, clock);
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.push(await queue(`reader${String(count)}@example.org`));
      clock.advance(1);
    }
    await mailboxOnly.keepForMailbox();
    const page = (before?: string) => database.transactions.read(system('test'), (tx) => mailboxEntries(tx, { atMost: 2, ...(before ? { before } : {}) }));
    const first = await page();
    const second = await page(first.at(-1)?.id);
    expect([...first, ...second].map(({ id }) => id)).toEqual(ids.reverse().slice(0, 4));
    expect(first[0]).toMatchObject({ state: 'kept', to: 'reader4@example.org' });
  });

  it('is free again the moment a worker that held it is gone', async () => {
    const id = await queue('freed@example.org');
    let held: () => void = () => undefined;
    const holding = new Promise<void>((isHeld) => { held = isHeld; });
    class Hanging extends Mailer {
      async send(): Promise<void> {
        held();
        await new Promise(() => undefined);
      }
      close(): void { /* nothing to close */ }
    }
    const victim = await new DataSource(dataSourceOptions(database.url, 1)).initialize();
    const [backend] = await victim.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
    void new DeliverEmail(new Transactions(victim), new Hanging(), clock).run(id).catch(() => undefined);
    await holding;
    expect(await deliver.run(id)).toBe('not_due');
    await database.owner.query('SELECT pg_terminate_backend($1, 2000)', [backend?.pid]);
    expect(await deliver.run(id)).toBe('sent');
    await victim.destroy();
  });

  it('can be read by nobody but the system', async () => {
    await queue('secret@example.org');
    const staff = { kind: 'staff', staffId: '00000000-0000-7000-8000-000000000000', name: 'A manager', people: 'hub', figures: 'hub', file: 'hub', carers: 'hub', constellations: 'hub', readsAudit: true } as const;
    for (const actor of [staff, { kind: 'public' }, { kind: 'gate' }] as const) {
      expect(await database.transactions.read(actor, (tx) => rows(tx, 'SELECT id FROM emails'))).toEqual([]);
    }
  });
});
