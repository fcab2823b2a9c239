import { receiveEnquiry } from '@app/enquiries';
import { anEnquiry } from '../../support/hub-world';
import { named } from '../../support/received-family';
import { createTestApp, type TestApp } from '../../support/test-app';
import { wordsOf } from '../../support/page-text';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

async function hold(lastName: string): Promise<{ id: string; reference: string }> {
  const { reference } = await app.database.transactions.run({ kind: 'public' }, (tx) => receiveEnquiry(tx, { kind: 'public' }, app.clock.now(), anEnquiry({ applicants: named('Sam', lastName), suspicions: ['honeypot'], message: 'Buy now' })));
  const { rows } = await app.database.owner.query<{ id: string }>('SELECT id FROM contacts WHERE reference = $1', [reference]);
  return { id: rows[0]?.id ?? '', reference };
}

describe('suspected spam', () => {
  it('is announced in the worklist and shown with what made it look wrong', async () => {
    await hold('Suspect');
    const officer = await app.signedInAs('recruitment_officer');
    expect(wordsOf((await officer.get('/staff/worklist')).text)).toContain('1 enquiry looks like spam and waits for a decision. Look at it');
    const words = wordsOf((await officer.get('/staff/held')).text);
    expect(words).toContain('Sam Suspect due tomorrow');
    expect(words).toContain('A field that people cannot see was filled in');
    expect(words).toContain('Buy now');
  });

  it('keeps its time when it is let in', async () => {
    const received = app.clock.now();
    const held = await hold('Released');
    app.clock.advance(3_600_000);
    const officer = await app.signedInAs('recruitment_officer');
    const answer = await officer.post(`/staff/held/${held.id}/release`);
    expect(answer.headers.location).toBe(`/staff/families/${held.reference}`);
    const { rows } = await app.database.owner.query('SELECT enquiry_received_at FROM journeys WHERE reference = $1', [held.reference]);
    expect(rows).toEqual([{ enquiry_received_at: received }]);
  });

  it('is decided once, and only by those who may', async () => {
    const officer = await app.signedInAs('recruitment_officer');
    const held = await hold('Refused');
    expect((await (await app.signedInAs('social_worker', 'derby')).post(`/staff/held/${held.id}/release`)).status).toBe(404);
    expect((await (await app.signedInAs('recruitment_officer', 'nottingham')).post(`/staff/held/${held.id}/refuse`)).status).toBe(404);
    expect((await officer.post(`/staff/held/${held.id}/refuse`)).status).toBe(303);
    await officer.post(`/staff/held/${held.id}/release`);
    expect(wordsOf((await officer.get('/staff/held')).text)).toContain('A colleague had decided about that enquiry already.');
    expect((await officer.post('/staff/held/not-a-number/release')).status).toBe(404);
  });
});
