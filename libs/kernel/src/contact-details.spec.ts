import fc from 'fast-check';
import { parseEmail } from './email';
import { normaliseName } from './person-name';
import { parsePhone } from './phone';
import { parsePostcode } from './postcode';

describe('a postcode', () => {
  it.each([
    ['DE1 3AE', 'DE1 3AE'], ['de13ae', 'DE1 3AE'], [' dE1  3aE ', 'DE1 3AE'], ['d e 1 3 a e', 'DE1 3AE'], ['NG1-5FS', 'NG1 5FS'], ['DE55 1AA', 'DE55 1AA'], ['S80 1AA', 'S80 1AA'],
    ['ec1a 1bb', 'EC1A 1BB'], ['W1A 0AX', 'W1A 0AX'], ['M1 1AE', 'M1 1AE'], ['gir0aa', 'GIR 0AA'], ['SW1A\u00a01AA', 'SW1A 1AA'],
  ])('%j is %s', (typed, canonical) => {
    expect(parsePostcode(typed)).toBe(canonical);
    expect(parsePostcode(canonical)).toBe(canonical);
  });

  it.each(['', 'DE1', 'DE1 3', 'DE1 3A', 'DE1 AE3', '1DE 3AE', 'DE1 3AEX', 'QE1 3AE', 'DE1 3AI', 'DE1 3CE', 'DE123 3AE', 'ZZZ 1AA', 'ＤＥ１ ３ＡＥ', 'D.E1_3AE', 'A'.repeat(9999)])(
    '%.20j is none',
    (typed) => {
      expect(parsePostcode(typed)).toBeNull();
    },
  );
});

describe('a telephone number', () => {
  it.each([
    ['0115 496 0123', '+441154960123', '0115 496 0123'],
    ['01154960123', '+441154960123', '0115 496 0123'],
    ['(0115) 496-0123', '+441154960123', '0115 496 0123'],
    ['+44 (0)115 496 0123', '+441154960123', '0115 496 0123'],
    ['+44 115 496 0123', '+441154960123', '0115 496 0123'],
    ['0044 115 496 0123', '+441154960123', '0115 496 0123'],
    ['07700 900123', '+447700900123', '07700 900123'],
    ['7700900123', '+447700900123', '07700 900123'],
    [' 01632-960.123 ', '+441632960123', '01632 960123'],
    ['0303 313 2950', '+443033132950', '0303 313 2950'],
    ['+353 1 234 5678', '+35312345678', '+353 1 234 5678'],
  ])('%j is %s', (typed, e164, national) => {
    expect(parsePhone(typed)).toEqual({ e164, national });
    expect(parsePhone(national)?.e164).toBe(e164);
  });

  it.each(['', '999', '0115 496', '0115 496 012', '0115 496 01234', 'none', 'ring 0115 496 0123', '0000 000 0000', '+44', '+999 123 456', 'o115 496 0123', '1'.repeat(3000)])(
    '%.20j is none',
    (typed) => {
      expect(parsePhone(typed)).toBeNull();
    },
  );
});

describe('an email address', () => {
  it.each([
    ['Jo.Bloggs@Example.ORG', 'Jo.Bloggs@example.org'],
    ['  jo@example.org\n', 'jo@example.org'],
    ["o'neil+fostering@mail.example.org", "o'neil+fostering@mail.example.org"],
    ['jo@exämple.org', 'jo@xn--exmple-cua.org'],
    ['a@b-c.example.org', 'a@b-c.example.org'],
  ])('%j is %s', (typed, address) => {
    expect(parseEmail(typed)).toBe(address);
    expect(parseEmail(address)).toBe(address);
  });

  it.each([
    '', 'jo', '@example.org', 'jo@', 'jo@example', 'jo@@example.org', 'jo@example..org', 'jo@.example.org', 'jo@example.org.', '.jo@example.org', 'jo.@example.org', 'j..o@example.org', 'jo bloggs@example.org',
    'jo@exam ple.org', 'jo@-example.org', 'jo@example-.org', 'jo@192.0.2.1', 'jo@[192.0.2.1]', 'jo@example.org\r\nBcc: all@example.org', 'Jo <jo@example.org>', 'jo@example.org,al@example.org', '"jo"@example.org',
    'jo@example.org/path', 'jo@example.org:25', 'jo@example.1', `${'a'.repeat(65)}@example.org`, `a@${'b'.repeat(300)}.org`, `a@${'bcd.'.repeat(63)}org`,
  ])('%.40j is none', (typed) => {
    expect(parseEmail(typed)).toBeNull();
  });
});

describe('a name for matching', () => {
  it.each([
    ["  Siobhán   O'Brien ", 'siobhan obrien'],
    ['O’Brien', 'obrien'],
    ['Smith-Jones', 'smith jones'],
    ['Łuczak', 'luczak'],
    ['Müller', 'muller'],
    ['Strauß', 'strauss'],
    ['J.R. Hartley', 'jr hartley'],
    ['İpek', 'ipek'],
    ['ＪＯ', 'jo'],
    ['Ngọc Trần', 'ngoc tran'],
    ['محمد', 'محمد'],
    ['--', ''],
  ])('of %j is %j', (typed, normalised) => {
    expect(normaliseName(typed)).toBe(normalised);
  });

  it('stays as it is when it is normalised again', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { expect(normaliseName(normaliseName(text))).toBe(normaliseName(text)); }), { numRuns: 3000 });
  });
});
