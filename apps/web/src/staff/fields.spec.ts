import { momentOf, momentValues, optionalDate, optionalPhone, optionalPostcode, parseTypedDate, parseTypedTime, requiredNote } from './fields';

describe('what staff type', () => {
  it('is a date as the browser sends it or as people write it', () => {
    expect(['2026-11-24', '24/11/2026', '24 11 2026', '24.11.2026', '1-2-2026'].map(parseTypedDate)).toEqual(['2026-11-24', '2026-11-24', '2026-11-24', '2026-11-24', '2026-02-01']);
    expect(['31/02/2026', 'Tuesday', '11/24/2026', ''].map(parseTypedDate)).toEqual([null, null, null, null]);
  });

  it('is no date in a year that no deadline can be counted from', () => {
    expect(['0026-11-24', '9999-12-31', '1/1/1899', '1/1/1900', '2199-12-31'].map(parseTypedDate)).toEqual([null, null, null, '1900-01-01', '2199-12-31']);
  });

  it('is a time with or without its dot', () => {
    expect(['09:30', '9.30', '930', '16:05', '4:05pm', '12am', '12pm', '9'].map(parseTypedTime)).toEqual(['09:30', '09:30', '09:30', '16:05', '16:05', '00:00', '12:00', '09:00']);
    expect(['25:00', '9:75', '13pm', 'noon', ''].map(parseTypedTime)).toEqual([null, null, null, null, null]);
  });

  it('is a moment in London, or now when nothing was typed', () => {
    expect(momentOf('', '')).toEqual({ ok: true, at: null });
    expect(momentOf('2026-07-01', '10:00')).toEqual({ ok: true, at: new Date('2026-07-01T09:00:00Z') });
    expect(momentOf('2026-03-29', '01:30')).toMatchObject({ ok: false, field: 'at' });
    expect(momentOf('2026-07-01', '')).toMatchObject({ ok: false, field: 'at', text: 'Enter the time as well as the date' });
    expect(momentOf('', '10:00')).toMatchObject({ ok: false, field: 'on' });
  });

  it('stands in the controls again as it was', () => {
    expect(momentValues(new Date('2026-07-01T23:30:00Z'))).toEqual({ on: '2026-07-02', at: '00:30' });
  });

  it('may be left empty where it is not needed', () => {
    expect(optionalDate.parse(undefined)).toBeNull();
    expect(optionalPhone.parse('')).toBeNull();
    expect(optionalPhone.parse('(0115) 496 0123')).toBe('+441154960123');
    expect(optionalPostcode.parse('de13ae')).toBe('DE1 3AE');
    expect(optionalPostcode.safeParse('DE').success).toBe(false);
  });

  it('loses control characters, not line breaks', () => {
    expect(requiredNote('Write').parse('a\u0000b\r\nc')).toBe('ab\nc');
    expect(requiredNote('Write the note').safeParse('  ').error?.issues[0]?.message).toBe('Write the note');
  });
});
