import { listedPostcode, postcodeColumns } from './postcodes-file';

const classic = ['pcd', 'pcd2', 'pcds', 'dointr', 'doterm', 'oscty', 'ced', 'oslaua', 'osward', 'lat', 'long'];

function columnsOf(header: readonly string[]) {
  const columns = postcodeColumns(header);
  if (!columns.ok) throw new Error(columns.refusal);
  return columns.value;
}

describe('the columns of a postcode file', () => {
  it('are found by name in the files of every year', () => {
    expect(columnsOf(classic)).toEqual({ postcode: 2, district: 7, terminated: 4, ward: 8, latitude: 9, longitude: 10, cells: 11 });
    expect(columnsOf(['pcd7', 'pcd8', 'pcds', 'doterm', 'wd25cd', 'lad25cd', 'long', 'lat'])).toMatchObject({ postcode: 2, district: 5, ward: 4, latitude: 7, longitude: 6 });
    expect(columnsOf(['PCD', ' DOTERM ', 'laua', 'ward'])).toMatchObject({ postcode: 0, terminated: 1, district: 2, ward: 3, latitude: null });
  });

  it('are never guessed: a file of something else is refused', () => {
    expect(postcodeColumns(['reference', 'received_at'])).toEqual({ ok: false, refusal: expect.stringMatching(/^there is no column pcds, and none oslaua, laua or ladYYcd, and none doterm: /) as string });
    expect(postcodeColumns(['pcds', 'doterm', 'laua_name'])).toMatchObject({ ok: false, refusal: expect.stringContaining('oslaua') as string });
  });
});

describe('a row of a postcode file', () => {
  const columns = columnsOf(['pcds', 'doterm', 'oslaua', 'osward', 'lat', 'long']);

  it('is read', () => {
    expect(listedPostcode(columns, ['DE91 1AA', '', 'E06000015', 'E05999001', '52.92', '-1.47'])).toEqual({
      ok: true,
      value: { postcode: 'DE91 1AA', districtCode: 'E06000015', wardCode: 'E05999001', terminatedOn: null, latitude: 52.92, longitude: -1.47 },
    });
  });

  it('is read in any spacing of the postcode', () => {
    for (const written of ['DE911AA', 'DE91 1AA', 'de91  1aa']) expect(listedPostcode(columns, [written, '', 'E06000015', '', '', ''])).toMatchObject({ value: { postcode: 'DE91 1AA', wardCode: null } });
    for (const written of ['B1  1AA', 'B11AA']) expect(listedPostcode(columns, [written, '', 'E08000025', '', '', ''])).toMatchObject({ value: { postcode: 'B1 1AA' } });
  });

  it('has the month of its end, and no place where the file has none', () => {
    expect(listedPostcode(columns, ['DE91 9ZZ', '201906', 'E06000015', '', '99.999999', '0'])).toMatchObject({ value: { terminatedOn: '2019-06-01', latitude: null, longitude: null } });
    expect(listedPostcode(columns, ['IM1 1AA', '', '', '', '', ''])).toMatchObject({ value: { districtCode: '' } });
  });

  it.each([
    [['DE91', '', 'E06000015', '', '', ''], '"DE91" is not a postcode'],
    [['DE91 1AA', '', 'Derby', '', '', ''], '"DERBY" is not the code of a district'],
    [['DE91 1AA', '2019-06', 'E06000015', '', '', ''], '"2019-06" in doterm is not a month written as 202403'],
    [['DE91 1AA', '201913', 'E06000015', '', '', ''], '"201913" in doterm is not a month written as 202403'],
    [['DE91 1AA', '', 'E06000015', '', 'north', '1'], '"north" and "1" are not a latitude and a longitude'],
    [['DE91 1AA', ''], 'the row has 2 cells and the header 6'],
  ])('is refused with what is wrong in it: %j', (cells, mistake) => {
    expect(listedPostcode(columns, cells)).toEqual({ ok: false, refusal: mistake });
  });
});
