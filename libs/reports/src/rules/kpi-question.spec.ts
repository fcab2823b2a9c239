import { readKpiQuestion } from './kpi-question';

const NOW = new Date('2026-11-21T16:30:40Z');
const YEAR = { from: '2024-04-01', to: '2025-03-31' };

describe('a written question', () => {
  it('needs a period only', () => {
    expect(readKpiQuestion({ ...YEAR, asAt: '', authority: '' }, NOW)).toEqual({ ok: true, value: { ...YEAR, asAt: null, knownAt: null, authority: null } });
    expect(readKpiQuestion({}, NOW)).toMatchObject({ ok: false, refusal: [{ part: 'from' }, { part: 'to' }] });
  });

  it('tells every part that cannot be read', () => {
    const read = readKpiQuestion({ from: '01/04/2024', to: '2025-02-29', asAt: 'today', knownAt: 'noon', authority: 'derby' }, NOW);
    expect(read).toMatchObject({ ok: false, refusal: [{ part: 'from' }, { part: 'to' }, { part: 'asAt' }, { part: 'knownAt' }] });
  });

  it.each([
    ['from', { from: '0001-01-01', to: '2025-03-31' }],
    ['to', { from: '2024-04-01', to: '9999-12-31' }],
    ['asAt', { ...YEAR, asAt: '0001-01-01' }],
    ['knownAt', { ...YEAR, knownAt: '9999-12-31' }],
  ])('refuses a day far outside of any family’s life as %s', (part, written) => {
    expect(readKpiQuestion(written, NOW)).toEqual({ ok: false, refusal: [{ part, text: expect.stringContaining('1900 to 2199') as string }] });
  });

  it.each([
    ['2026-07-01T10:15', '2026-07-01T09:15:00.000Z'],
    ['2026-07-01T10:15:30Z', '2026-07-01T10:15:30.000Z'],
    ['2026-07-01', '2026-07-01T23:00:00.000Z'],
    ['2026-11-21', '2026-11-21T16:30:40.000Z'],
  ])('takes known at %s as %s', (knownAt, moment) => {
    expect(readKpiQuestion({ ...YEAR, knownAt }, NOW)).toMatchObject({ ok: true, value: { knownAt: new Date(moment) } });
  });

  it('refuses a local time that the clocks skip', () => {
    expect(readKpiQuestion({ ...YEAR, knownAt: '2026-03-29T01:30' }, NOW)).toMatchObject({ ok: false, refusal: [{ part: 'knownAt', text: expect.stringContaining('skip') as string }] });
  });
});
