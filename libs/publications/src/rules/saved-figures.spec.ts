import { localDate, type WorkingCalendar } from '@app/kernel';
import { canonicalJson } from './canonical-json';
import { duePeriods, savedOn } from './due-periods';
import { sha256Of } from './saved-figures';

const calendar: WorkingCalendar = { bankHolidays: new Set(['2026-12-25', '2026-12-28', '2027-01-01'].map(localDate)), loadedFrom: localDate('2026-01-01'), loadedUntil: localDate('2027-12-31') };

describe('when reports are saved', () => {
  it('is the third working day after the period, weekends and bank holidays left out', () => {
    expect(savedOn(localDate('2026-10-31'), calendar)).toBe('2026-11-04');
    expect(savedOn(localDate('2026-12-31'), calendar)).toBe('2027-01-06');
  });

  it('has the month and the quarter due from that day on, and months that were slept through', () => {
    const due = (today: string): string[] => duePeriods(localDate(today), calendar).map(({ cadence, from, to }) => `${cadence} ${from} ${to}`);
    expect(due('2027-01-05')[0]).toBe('month 2026-11-01 2026-11-30');
    expect(due('2027-01-05')).toContain('quarter 2026-07-01 2026-09-30');
    expect(due('2027-01-06')).toEqual(['month 2026-12-01 2026-12-31', 'month 2026-11-01 2026-11-30', 'month 2026-10-01 2026-10-31', 'quarter 2026-10-01 2026-12-31']);
  });
});

describe('the text that is hashed', () => {
  it('is the same whatever the order of its keys, and keeps every digit', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 0.1 + 0.2 }], a: 'ä"' })).toBe('{"a":"ä\\"","b":[1,{"c":0.30000000000000004,"d":null}]}');
    expect(canonicalJson({ b: 1, a: 2 })).toBe(canonicalJson({ a: 2, b: 1 }));
  });

  it('has the hash that the standard gives (FIPS 180-4, "abc")', () => {
    expect(sha256Of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
