import { IMPORT_COLUMNS } from './columns';
import { readHeader } from './read-header';

const mistakesOf = (...cells: string[]): string[] => {
  const header = readHeader(cells);
  return header.ok ? [] : header.refusal.map(({ column, what }) => `${column}: ${what}`);
};

describe('the header of an import file', () => {
  it('may have its columns in any order, in any case and with spaces around', () => {
    expect(readHeader([...IMPORT_COLUMNS].reverse())).toEqual({ ok: true, value: [...IMPORT_COLUMNS].reverse() });
    expect(readHeader([' Received_At', 'REFERENCE '])).toEqual({ ok: true, value: ['received_at', 'reference'] });
  });

  it('needs the reference and the moment of the enquiry', () => {
    expect(mistakesOf('first_name')).toEqual(['reference: is missing: add a column with that name', 'received_at: is missing: add a column with that name']);
  });

  it('refuses unknown columns by name, and says which was probably meant', () => {
    expect(mistakesOf('reference', 'received_at', 'favourite colour')).toEqual([expect.stringMatching(/^favourite colour: is an unknown column: delete it, or give it one of the names reference, received_at, /)]);
    expect(mistakesOf('reference', 'recieved_at')).toEqual(['recieved_at: is an unknown column: should it be received_at?', 'received_at: is missing: add a column with that name']);
    expect(mistakesOf('reference', 'received_at', 'Home Visit On')).toEqual(['Home Visit On: is an unknown column: should it be home_visit_on?']);
    expect(mistakesOf('reference', 'received_at', 'stage1_on')).toEqual(['stage1_on: is an unknown column: should it be stage_1_on?']);
  });

  it('says what to do with the column that tells why rows were rejected', () => {
    expect(mistakesOf('reason', 'reference', 'received_at')).toEqual(['reason: is unknown: delete the column that says why these rows were left out, then import the corrected rows']);
  });

  it('refuses a column that is there twice, and one without a name, by its letter', () => {
    expect(mistakesOf('reference', 'received_at', 'phone', 'phone')).toEqual(['phone: is there twice: keep one column of that name']);
    expect(mistakesOf('reference', 'received_at', '', ' ')).toEqual(['column C: has no name: name it, or delete the whole column', 'column D: has no name: name it, or delete the whole column']);
    expect(mistakesOf('reference', 'received_at', ...Array.from({ length: 26 }, () => ''))).toContainEqual(expect.stringMatching(/^column AB: /));
  });

  it('recognises files whose columns are not separated by commas', () => {
    expect(mistakesOf('reference;received_at;phone')).toEqual(['header: the columns are separated by semicolons: save the file as CSV with commas']);
    expect(mistakesOf('reference\treceived_at')).toEqual(['header: the columns are separated by tabs: save the file as CSV with commas']);
  });

  it('keeps control characters of a name out of its message', () => {
    expect(mistakesOf('reference', 'received_at', 'x\u001b[31m')[0]).not.toContain('\u001b');
  });
});
