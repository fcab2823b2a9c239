import { localDate } from '@app/kernel';
import { asksTheSame, type AskedOfFile, endWithinAMonth } from './publication-copies';

const period = (from: string, to: string) => ({ from: localDate(from), to: localDate(to) });
const asked: AskedOfFile = { what: 'kpi', authorities: ['derby', 'nottingham'], period: period('2026-04-01', '2026-06-30'), asAt: localDate('2026-07-31'), knownAt: null };

describe('copies for publication', () => {
  it('ask the same whoever lists the authorities, and a saved report asks as the report does', () => {
    expect(asksTheSame(asked, { ...asked, what: 'saved', authorities: ['nottingham', 'derby'] })).toBe(true);
    expect(asksTheSame({ ...asked, knownAt: new Date('2026-08-01T00:00:00Z') }, { ...asked, knownAt: new Date('2026-08-01T00:00:00Z') })).toBe(true);
  });

  it.each<[string, Partial<AskedOfFile>]>([
    ['of other authorities', { authorities: ['derby'] }],
    ['as at another day', { asAt: localDate('2026-08-03') }],
    ['of another period', { period: period('2026-04-01', '2026-05-31') }],
    ['as it was known then', { knownAt: new Date('2026-08-01T00:00:00Z') }],
    ['as Ofsted counts it', { what: 'year' }],
  ])('do not ask the same %s', (_, other) => {
    expect(asksTheSame(asked, { ...asked, ...other })).toBe(false);
  });

  it('are of whole calendar months', () => {
    expect(endWithinAMonth(period('2028-02-01', '2028-02-29'))).toBeNull();
    expect(endWithinAMonth(period('2026-04-01', '2027-03-31'))).toBeNull();
    expect(endWithinAMonth(period('2026-10-07', '2026-10-31'))).toBe('from');
    expect(endWithinAMonth(period('2028-02-01', '2028-02-28'))).toBe('to');
  });
});
