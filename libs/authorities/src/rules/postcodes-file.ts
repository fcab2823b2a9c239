import { type LocalDate, ok, parseLocalDate, refused, type Result } from '@app/kernel';

/** A postcode as the Office for National Statistics lists it. */
export interface ListedPostcode {
  readonly postcode: string;
  /** Empty for postcodes outside any district, as on the Isle of Man. */
  readonly districtCode: string;
  readonly wardCode: string | null;
  /** The first of the month in which it was given up; null while it is in use. */
  readonly terminatedOn: LocalDate | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Where in a row to find what is read, as an index from 0; null where the file does not have it. */
export interface PostcodeColumns {
  readonly postcode: number;
  readonly district: number;
  readonly terminated: number;
  readonly ward: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly cells: number;
}

/**
 * The columns by which ONSPD and NSPL files of any year are recognised, the better name first: their order differs between
 * releases, and names carry the year of the boundaries since 2025 (`lad25cd`).
 */
const NAMES = {
  postcode: [/^pcds$/, /^pcd\d?$/],
  district: [/^(oslaua|laua|lad\d\dcd)$/],
  terminated: [/^doterm$/],
  ward: [/^(osward|ward|wd\d\dcd)$/],
  latitude: [/^lat$/],
  longitude: [/^long$/],
} as const;

/** Finds the columns in the header row. Refuses a file without a postcode, a district or a date of termination. */
export function postcodeColumns(header: readonly string[]): Result<PostcodeColumns, string> {
  const names = header.map((name) => name.trim().toLowerCase());
  const find = (patterns: readonly RegExp[]): number | null => {
    for (const pattern of patterns) {
      const at = names.findIndex((name) => pattern.test(name));
      if (at >= 0) return at;
    }
    return null;
  };
  const [postcode, district, terminated] = [find(NAMES.postcode), find(NAMES.district), find(NAMES.terminated)];
  if (postcode === null || district === null || terminated === null) {
    const missing = [postcode === null ? 'pcds' : '', district === null ? 'oslaua, laua or ladYYcd' : '', terminated === null ? 'doterm' : ''].filter((name) => name !== '');
    return refused(`there is no column ${missing.join(', and none ')}: import an ONSPD or NSPL file as the Office for National Statistics publishes it`);
  }
  return ok({ postcode, district, terminated, ward: find(NAMES.ward), latitude: find(NAMES.latitude), longitude: find(NAMES.longitude), cells: header.length });
}

/** What these files write for a postcode without a place on the map. */
const NO_PLACE = 99.999999;

/** Reads one row, or says what is wrong in it. */
export function listedPostcode(columns: PostcodeColumns, cells: readonly string[]): Result<ListedPostcode, string> {
  if (cells.length !== columns.cells) return refused(`the row has ${String(cells.length)} cells and the header ${String(columns.cells)}`);
  const cell = (at: number | null): string => (at === null ? '' : (cells[at] ?? '').trim());
  const shape = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(cell(columns.postcode).replace(/\s/g, '').toUpperCase());
  if (!shape) return refused(`"${cell(columns.postcode)}" is not a postcode`);
  const districtCode = cell(columns.district).toUpperCase();
  if (!/^([A-Z]\d{8})?$/.test(districtCode)) return refused(`"${districtCode}" is not the code of a district`);
  const month = cell(columns.terminated);
  const terminatedOn = month === '' ? null : parseLocalDate(`${month.slice(0, 4)}-${month.slice(4)}-01`);
  if (month !== '' && terminatedOn === null) return refused(`"${month}" in doterm is not a month written as 202403`);
  const place = placeOf(cell(columns.latitude), cell(columns.longitude));
  if (place === null) return refused(`"${cell(columns.latitude)}" and "${cell(columns.longitude)}" are not a latitude and a longitude`);
  return ok({ postcode: `${shape[1] ?? ''} ${shape[2] ?? ''}`, districtCode, wardCode: cell(columns.ward).toUpperCase() || null, terminatedOn, ...place });
}

function placeOf(latitude: string, longitude: string): { readonly latitude: number | null; readonly longitude: number | null } | null {
  if (latitude === '' || longitude === '' || Number(latitude) === NO_PLACE) return { latitude: null, longitude: null };
  const place = { latitude: Number(latitude), longitude: Number(longitude) };
  return Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180 ? place : null;
}
