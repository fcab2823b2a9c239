import { count, countOf, errorFor, listInWords, percent } from './words';

test('numbers are written as people write them', () => {
  expect(count(1774)).toBe('1,774');
  expect(count(0)).toBe('0');
  expect(count(null)).toBe('–');
});

test('one is singular, everything else is plural', () => {
  expect([0, 1, 2, 1774].map((n) => countOf(n, 'family', 'families'))).toEqual(['0 families', '1 family', '2 families', '1,774 families']);
});

test('a share without a base is a dash, not nought', () => {
  expect(percent(0.1545, 2)).toBe('15.45%');
  expect(percent(0)).toBe('0.0%');
  expect(percent(null)).toBe('–');
});

test('a list ends with "and"', () => {
  expect(listInWords([])).toBe('');
  expect(listInWords(['Derby'])).toBe('Derby');
  expect(listInWords(['Derby', 'Derbyshire'])).toBe('Derby and Derbyshire');
  expect(listInWords(['Derby', 'Derbyshire', 'Nottingham'])).toBe('Derby, Derbyshire and Nottingham');
});

test('an error is found by its control', () => {
  const errors = [{ field: 'postcode', text: 'Enter a postcode' }];
  expect(errorFor(errors, 'postcode')).toEqual({ text: 'Enter a postcode' });
  expect(errorFor(errors, 'name')).toBe(false);
  expect(errorFor(undefined, 'name')).toBe(false);
});
