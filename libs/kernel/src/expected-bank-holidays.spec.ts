import { holidays } from './england.fixture';
import { expectedBankHolidays } from './expected-bank-holidays';

const published = (year: number): string[] => holidays.map(({ date }) => date).filter((date) => date.startsWith(String(year)));

describe('bank holidays that England has by rule', () => {
  it.each([2016, 2017, 2018, 2019, 2021, 2024, 2025, 2026, 2027, 2028])('are those that were published for %i', (year) => {
    expect(expectedBankHolidays(year)).toEqual(published(year));
  });

  it('differ where one was proclaimed or moved for that year alone', () => {
    const differing = (year: number): string[] => [...published(year).filter((date) => !expectedBankHolidays(year).some((expected) => expected === date)), ...expectedBankHolidays(year).filter((date) => !published(year).includes(date)).map((date) => `not ${date}`)];
    expect(differing(2020)).toEqual(['2020-05-08', 'not 2020-05-04']);
    expect(differing(2022)).toEqual(['2022-06-02', '2022-06-03', '2022-09-19', 'not 2022-05-30']);
    expect(differing(2023)).toEqual(['2023-05-08']);
  });

  it('find Easter where it is earliest and latest', () => {
    expect(expectedBankHolidays(2008)).toContain('2008-03-24');
    expect(expectedBankHolidays(2038)).toContain('2038-04-26');
    expect(expectedBankHolidays(2285)).toContain('2285-03-23');
  });

  it('keep Christmas on the weekdays after, whichever of its days falls on a weekend', () => {
    expect(expectedBankHolidays(2032).slice(-2)).toEqual(['2032-12-27', '2032-12-28']);
    expect(expectedBankHolidays(2033).slice(-2)).toEqual(['2033-12-26', '2033-12-27']);
    expect(expectedBankHolidays(2037).slice(-2)).toEqual(['2037-12-25', '2037-12-28']);
  });
});
