import { localDate, type OpeningHours } from '@app/kernel';
import { openingHoursInWords } from './opening-hours-in-words';

const nineToFive = { opensAtMinute: 540, closesAtMinute: 1020 };
const closed = null;
const office: OpeningHours = { holdsFrom: localDate('2016-01-01'), week: { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive, 6: closed, 7: closed } };

test('a run of days with the same hours is one line', () => {
  expect(openingHoursInWords([office], localDate('2026-11-21'))).toEqual(['Monday to Friday, 9am to 5pm']);
});

test('a day with hours of its own, or after a gap, has a line of its own', () => {
  const late = { opensAtMinute: 540, closesAtMinute: 1200 };
  const week = { 1: nineToFive, 2: nineToFive, 3: late, 4: closed, 5: nineToFive, 6: { opensAtMinute: 570, closesAtMinute: 720 }, 7: closed };
  expect(openingHoursInWords([{ holdsFrom: localDate('2026-01-01'), week }], localDate('2026-11-21'))).toEqual([
    'Monday to Tuesday, 9am to 5pm',
    'Wednesday, 9am to 8pm',
    'Friday, 9am to 5pm',
    'Saturday, 9:30am to midday',
  ]);
});

test('the week that holds on the date counts, not one that is to come', () => {
  const everyDay: OpeningHours = { holdsFrom: localDate('2027-01-04'), week: { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive, 6: nineToFive, 7: nineToFive } };
  expect(openingHoursInWords([everyDay, office], localDate('2027-01-03'))).toEqual(['Monday to Friday, 9am to 5pm']);
  expect(openingHoursInWords([everyDay, office], localDate('2027-01-04'))).toEqual(['Monday to Sunday, 9am to 5pm']);
  expect(openingHoursInWords([office], localDate('2015-12-31'))).toEqual([]);
});
