import { expectedBankHolidays } from '@app/kernel';
import { readBankHolidays } from './bank-holidays-file';

const year2029 = expectedBankHolidays(2029).map((date) => ({ title: 'Some day', date, notes: '', bunting: true }));
const fileOf = (events: unknown): string => JSON.stringify({ 'england-and-wales': { division: 'england-and-wales', events }, scotland: { division: 'scotland', events: [] } });
const mistakesOf = (text: string): readonly string[] => {
  const read = readBankHolidays(text);
  return read.ok ? [] : read.refusal;
};

describe('a file of bank holidays as GOV.UK publishes it', () => {
  it('gives the days of England and Wales, in order and each once', () => {
    const read = readBankHolidays(`\uFEFF${fileOf([...year2029].reverse().concat(year2029))}`);
    expect(read).toMatchObject({ ok: true });
    expect(read.ok && read.value.map(({ on }) => on)).toEqual(expectedBankHolidays(2029));
  });

  it.each([
    ['<html>', 'This is no JSON file'],
    ['[]', 'there is nothing under "england-and-wales"'],
    ['{"scotland":{}}', 'there is nothing under "england-and-wales"'],
    ['{"england-and-wales":{}}', 'there is no list of events'],
    [fileOf([]), 'There is no bank holiday in it.'],
    [fileOf([...year2029, { date: '2029-02-30', title: 'Leap' }]), 'event 9: "2029-02-30" is no date such as 2029-01-01.'],
    [fileOf([...year2029, { date: '2029-02-03' }]), 'event 9 has no title.'],
    [fileOf([...year2029, { date: '2030-01-01', title: 'New Year' }]), '2030 has 1 bank holiday, and England has at least 8: the year is not complete.'],
  ])('is refused with what is wrong: %s', (text, mistake) => {
    expect(mistakesOf(text)).toEqual([expect.stringContaining(mistake)]);
  });
});
