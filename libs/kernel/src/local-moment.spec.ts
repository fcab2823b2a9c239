import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays, dayNumberOf, localDate } from './local-date';
import { endOfLocalDay, localDateOf, minutesOfLocalDay, momentAt, parseLocalMoment, startOfLocalDay, toMinute } from './local-moment';

const at = (iso: string): Date => new Date(iso);
const iso = (text: string): string => {
  const read = parseLocalMoment(text);
  return read.ok ? read.value.toISOString() : read.refusal;
};
const minute = 60_000;

describe('moments and the London clock', () => {
  it('agrees with Temporal about the local date and time of any moment', () => {
    const moments = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });
    fc.assert(
      fc.property(moments, (time) => {
        const there = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO('Europe/London');
        expect(localDateOf(new Date(time))).toBe(there.toPlainDate().toString());
        expect(minutesOfLocalDay(new Date(time))).toBe(there.hour * 60 + there.minute);
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with Temporal about the moment of any local time', () => {
    const days = fc.integer({ min: dayNumberOf(localDate('1900-01-01')), max: dayNumberOf(localDate('2200-01-01')) });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), (day, minutes) => {
        const date = addDays(localDate('1970-01-01'), day);
        const there = Temporal.PlainDate.from(date)
          .toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour: Math.floor(minutes / 60), minute: minutes % 60 } });
        expect(momentAt(date, minutes).getTime()).toBe(there.epochMilliseconds);
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with Temporal in every minute of every day of clock change, skipped and doubled times included', () => {
    for (const day of ['2024-03-31', '2024-10-27', '2025-03-30', '2025-10-26', '2026-03-29', '2026-10-25', '2027-03-28', '1947-04-13', '1947-08-10', '1971-10-31']) {
      const date = localDate(day);
      for (let minutes = 0; minutes < 1440; minutes += 1) {
        const there = Temporal.PlainDate.from(date)
          .toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour: Math.floor(minutes / 60), minute: minutes % 60 } });
        expect(momentAt(date, minutes).getTime()).toBe(there.epochMilliseconds);
      }
    }
  });

  it('moves a time that the clocks skip forward, and takes the first of a time that comes twice', () => {
    expect(momentAt(localDate('2026-03-29'), 90)).toEqual(at('2026-03-29T01:30:00Z'));
    expect(minutesOfLocalDay(momentAt(localDate('2026-03-29'), 90))).toBe(150);
    expect(momentAt(localDate('2026-10-25'), 90)).toEqual(at('2026-10-25T00:30:00Z'));
    expect(momentAt(localDate('2026-10-25'), 120)).toEqual(at('2026-10-25T02:00:00Z'));
  });

  it('shows the new time from the very moment at which the clocks change', () => {
    expect(minutesOfLocalDay(at('2026-03-29T00:59:59.999Z'))).toBe(59);
    expect(minutesOfLocalDay(at('2026-03-29T01:00:00Z'))).toBe(120);
    expect(minutesOfLocalDay(at('2026-10-25T00:59:59.999Z'))).toBe(119);
    expect(minutesOfLocalDay(at('2026-10-25T01:00:00Z'))).toBe(60);
  });

  it('knows days of 23, 24 and 25 hours', () => {
    const hours = (date: string): number => (endOfLocalDay(localDate(date)).getTime() - startOfLocalDay(localDate(date)).getTime()) / (60 * minute);
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-06-01')).toBe(24);
    expect(hours('2026-10-25')).toBe(25);
  });

  it('starts a summer day at 23:00 UTC of the day before', () => {
    expect(startOfLocalDay(localDate('2026-07-01'))).toEqual(at('2026-06-30T23:00:00Z'));
    expect(localDateOf(at('2026-06-30T23:00:00Z'))).toBe('2026-07-01');
    expect(localDateOf(at('2026-06-30T22:59:59.999Z'))).toBe('2026-06-30');
    expect(endOfLocalDay(localDate('2026-12-31'))).toEqual(at('2027-01-01T00:00:00Z'));
  });

  it('every moment of a local day lies between its start and its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }), (time) => {
        const date = localDateOf(new Date(time));
        expect(startOfLocalDay(date).getTime()).toBeLessThanOrEqual(time);
        expect(endOfLocalDay(date).getTime()).toBeGreaterThan(time);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses minutes that no day has, and Dates that are no moment', () => {
    for (const wrong of [-1, 1441, 0.5, Number.NaN]) expect(() => momentAt(localDate('2026-01-01'), wrong)).toThrow(RangeError);
    expect(() => localDateOf(new Date('nonsense'))).toThrow(RangeError);
    expect(() => minutesOfLocalDay(new Date(Number.NaN))).toThrow(RangeError);
  });

  it('cuts seconds, before 1970 as well', () => {
    expect(toMinute(at('2026-04-07T16:05:59.999Z'))).toEqual(at('2026-04-07T16:05:00Z'));
    expect(toMinute(at('1969-12-31T23:58:01Z'))).toEqual(at('1969-12-31T23:58:00Z'));
  });
});

describe('reading a moment', () => {
  it('reads local time in summer and in winter', () => {
    expect(iso('2024-05-02T10:15')).toBe('2024-05-02T09:15:00.000Z');
    expect(iso('2024-12-02T10:15')).toBe('2024-12-02T10:15:00.000Z');
    expect(iso('2024-05-02T00:00')).toBe('2024-05-01T23:00:00.000Z');
  });

  it('reads seconds and fractions, cut to the millisecond', () => {
    expect(iso('2024-12-02T10:15:30')).toBe('2024-12-02T10:15:30.000Z');
    expect(iso('2024-12-02T10:15:30.5')).toBe('2024-12-02T10:15:30.500Z');
    expect(iso('2024-12-02T10:15:30.123999Z')).toBe('2024-12-02T10:15:30.123Z');
  });

  it('takes an offset at its word', () => {
    expect(iso('2024-05-02T10:15Z')).toBe('2024-05-02T10:15:00.000Z');
    expect(iso('2024-05-02T10:15+01:00')).toBe('2024-05-02T09:15:00.000Z');
    expect(iso('2024-05-02T10:15+0530')).toBe('2024-05-02T04:45:00.000Z');
    expect(iso('2024-05-02T10:15-05')).toBe('2024-05-02T15:15:00.000Z');
  });

  it('refuses what the clocks skip in spring, unless an offset says what is meant', () => {
    expect(iso('2026-03-29T00:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(iso('2026-03-29T01:00')).toBe('skipped_by_clock_change');
    expect(iso('2026-03-29T01:59:59')).toBe('skipped_by_clock_change');
    expect(iso('2026-03-29T02:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(iso('2026-03-29T01:30Z')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('means the first of a time that comes twice in autumn, unless an offset says the second', () => {
    expect(iso('2026-10-25T01:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(iso('2026-10-25T01:30+00:00')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('says when the time is missing', () => {
    expect(iso('2024-05-02')).toBe('date_only');
  });

  it.each([
    '', ' ', '2024-05-02T', '2024-05-02T10', '2024-05-02T1:15', '2024-05-02 10:15', '2024-02-30T10:15', '2024-13-01T10:15', '2024-05-02T24:00', '2024-05-02T10:60',
    '2024-05-02T10:15:60', '02/05/2024 10:15', '2024-05-02T10:15 BST', '2024-05-02T10:15+25:00', '0001-01-01T00:00+01:00', '9999-12-31T23:30-01:00', '2024-05-02T10:15+01:75', '2024-05-02T10:15Z\n', '24-05-02T10:15', '2023-02-29', 'tomorrow',
  ])('refuses %j', (text) => {
    expect(iso(text)).toBe('not_a_moment');
  });

  it('reads back every moment that a machine writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (moment) => {
        expect(iso(moment.toISOString())).toBe(moment.toISOString());
      }),
    );
  });

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => { expect(typeof parseLocalMoment(text).ok).toBe('boolean'); }));
  });
});
