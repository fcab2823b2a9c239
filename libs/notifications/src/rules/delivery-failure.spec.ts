import { afterFailure, readFailure } from './delivery-failure';

const day = 24 * 60 * 60 * 1000;

describe('a mail that did not arrive', () => {
  it('is refused where the server says so of its recipient or of itself', () => {
    expect(readFailure({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 })).toBe('refused');
    expect(readFailure({ code: 'EMESSAGE', command: 'DATA', responseCode: 554 })).toBe('refused');
    expect(readFailure({ code: 'EENVELOPE', command: 'API' })).toBe('refused');
  });

  it('is put off where the server wants it later', () => {
    expect(readFailure({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 })).toBe('put_off');
    expect(readFailure({ code: 'EMESSAGE', command: 'DATA', responseCode: 451 })).toBe('put_off');
  });

  it('had no chance where the trouble lies between us and the server', () => {
    expect(readFailure({ code: 'ESOCKET' })).toBe('server_out_of_reach');
    expect(readFailure({ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 })).toBe('server_out_of_reach');
    expect(readFailure({ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553 })).toBe('server_out_of_reach');
    expect(readFailure({ code: 'EPROTOCOL', responseCode: 554 })).toBe('server_out_of_reach');
    expect(readFailure({})).toBe('server_out_of_reach');
  });

  it('is given up when it is refused, and when it was put off for more than five days', () => {
    expect(afterFailure('refused', 1, 0)).toEqual({ kind: 'give_up' });
    expect(afterFailure('put_off', 20, 5 * day + 1)).toEqual({ kind: 'give_up' });
    expect(afterFailure('put_off', 20, 5 * day)).toMatchObject({ kind: 'again' });
  });

  it('is never given up for a server that is out of reach', () => {
    expect(afterFailure('server_out_of_reach', 30_000, 400 * day)).toEqual({ kind: 'again', afterMs: 300_000 });
  });

  it('waits longer after each attempt, up to hours', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((attempts) => afterFailure('put_off', attempts, 0)).map((next) => (next.kind === 'again' ? next.afterMs : 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(0)).toBe(60_000);
    expect(pauses.at(-1)).toBe(6 * 60 * 60_000);
  });
});
