import {
  dateInWords,
  type LocalDate,
  localDateOf,
  momentInWords,
  ok,
  parseEmail,
  parseLocalDate,
  parseLocalMoment,
  parsePhone,
  parsePostcode,
  refused,
  type Result,
  startOfLocalDay,
  toMinute,
} from '@app/kernel';
import { quoted } from './columns';

/** Reads the text of a cell that is not empty: a value, or what is wrong with it and what to do. */
export type CellReader<T> = (text: string) => Result<T, string>;

/** The days on which an imported date can lie. */
export interface ImportBounds {
  readonly now: Date;
  /** The first day for which bank holidays and opening hours are known: response times are computed from it on. */
  readonly firstDay: LocalDate;
}

const LONGEST_CELL = 500;
const LONGEST_REFERENCE = 60;

/** Words as they are kept: trimmed, without characters that no text has. Line breaks stay only where `lines` allows them. */
export function words(text: string, lines: 'one_line' | 'many_lines' = 'one_line'): Result<string, string> {
  if (text.includes('\uFFFD')) return refused(`${quoted(text)} has letters that are not UTF-8 (shown as \uFFFD): save the file as "CSV UTF-8" and import it again`);
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.test(text)) return refused(`${quoted(text)} has characters that cannot be printed: type the cell again`);
  const kept = lines === 'one_line' ? text.replace(/\s+/g, ' ').trim() : text.replace(/\r\n?/g, '\n').trim();
  if (kept.length > LONGEST_CELL) return refused(`is ${String(kept.length)} characters long, and ${String(LONGEST_CELL)} is the most: shorten it, and look for a missing quotation mark`);
  return ok(kept);
}

/** The reference that the hub's own list gave to the household. */
export function reference(text: string): Result<string, string> {
  return text.length > LONGEST_REFERENCE ? refused(`${quoted(text)} is longer than ${String(LONGEST_REFERENCE)} characters: give the household a shorter reference`) : ok(text);
}

/** One of a list of codes, in any case. */
export function oneOf<const Code extends string>(codes: readonly Code[], what: string): CellReader<Code> {
  return (text) => {
    const code = codes.find((one) => one === text.toLowerCase());
    return code === undefined ? refused(`${quoted(text)} is not ${what}: use ${inAlternatives(codes)}`) : ok(code);
  };
}

/** "a, b or c". */
export function inAlternatives(codes: readonly string[]): string {
  return codes.length > 1 ? `${codes.slice(0, -1).join(', ')} or ${codes.at(-1) ?? ''}` : (codes[0] ?? '');
}

/** An email address, as the kernel reads it. */
export function email(text: string): Result<string, string> {
  const address = parseEmail(text);
  return address === null ? refused(`${quoted(text)} is not an email address such as name@example.org: correct it, give one only, or leave the cell empty`) : ok(address);
}

/** A telephone number in any way of writing, kept as E.164. */
export function phone(text: string): Result<string, string> {
  const number = parsePhone(text);
  if (number !== null) return ok(number.e164);
  const lost = /^[1-9]\d{9}$/.test(text) ? ' (has the spreadsheet dropped the 0 in front?)' : '';
  return refused(`${quoted(text)} is not a telephone number such as 0115 496 0123${lost}: correct it, give one only, or leave the cell empty`);
}

const shapedLikeAPostcode = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/;

/**
 * A postcode in any case and spacing. One with letters that Royal Mail does not use there is kept as it is: no file of postcodes
 * knows it, so an officer routes the household by hand.
 */
export function postcode(text: string): Result<string, string> {
  const canonical = parsePostcode(text);
  if (canonical !== null) return ok(canonical);
  const parts = shapedLikeAPostcode.exec(text.replace(/\s/g, '').toUpperCase());
  return parts ? ok(`${parts[1] ?? ''} ${parts[2] ?? ''}`) : refused(`${quoted(text)} is not a full postcode such as DE1 3AE: correct it, or leave the cell empty`);
}

/** A date of something that has happened. */
export function pastDate(bounds: ImportBounds): CellReader<LocalDate> {
  const today = localDateOf(bounds.now);
  return (text) => {
    const date = parseLocalDate(text);
    if (date === null) return refused(notADate(text));
    return date > today ? refused(`${text} is in the future (today is ${today}): correct it, or leave the cell empty until it has happened`) : ok(date);
  };
}

/** A moment that has passed, cut to the minute; `date_alone` says whether a date may stand for 00:00 of its day. */
export function pastMoment(bounds: ImportBounds, dateAlone: 'means_midnight' | 'refused'): CellReader<Date> {
  const latest = toMinute(bounds.now);
  return (text) => {
    const read = momentOf(text, dateAlone);
    if (!read.ok) return read;
    const moment = toMinute(read.value);
    return moment > latest ? refused(`${text} is in the future (it is ${momentInWords(latest)}): correct it`) : ok(moment);
  };
}

/** As `pastMoment`, and not before the first day that response times can be computed for. */
export function receivedMoment(bounds: ImportBounds): CellReader<Date> {
  const read = pastMoment(bounds, 'means_midnight');
  return (text) => {
    const moment = read(text);
    if (!moment.ok || localDateOf(moment.value) >= bounds.firstDay) return moment;
    return refused(`${text} is before ${dateInWords(bounds.firstDay)}, where the known bank holidays begin: correct the year, or leave the household out`);
  };
}

function momentOf(text: string, dateAlone: 'means_midnight' | 'refused'): Result<Date, string> {
  const moment = parseLocalMoment(text);
  if (moment.ok) return moment;
  switch (moment.refusal) {
    case 'date_only': {
      const date = parseLocalDate(text);
      if (dateAlone === 'means_midnight' && date !== null) return ok(startOfLocalDay(date));
      return refused(`${quoted(text)} has no time of day, and response times are measured to the minute: add the time, as in 2024-05-02T10:15, or leave the cell empty`);
    }
    case 'skipped_by_clock_change':
      return refused(`${quoted(text)} never was: the clocks went forward over it. Correct the time, or add the offset that it has, as in 2024-05-02T10:15+01:00`);
    case 'not_a_moment':
      return refused(notAMoment(text, dateAlone));
  }
}

function notADate(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${quoted(text)} is not a day that exists: correct it`;
  const day = parseLocalDate(text.slice(0, 10));
  if (day !== null && /^[T ]/.test(text.slice(10))) return `${quoted(text)} has a time of day: give the date alone, ${day}`;
  return `${quoted(text)} is not a date written as 2024-05-02: ${howToWrite(text)}`;
}

function notAMoment(text: string, dateAlone: 'means_midnight' | 'refused'): string {
  const day = text.slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) && parseLocalDate(day) === null) return `${quoted(text)} is not a day that exists: correct it`;
  const asMoment = text.replace(/^(\S{10}) +/, '$1T');
  if (asMoment !== text && parseLocalMoment(asMoment).ok) return `${quoted(text)} needs a T between date and time: write ${asMoment}`;
  const forms = dateAlone === 'means_midnight' ? '2024-05-02T10:15 or 2024-05-02' : '2024-05-02T10:15';
  return `${quoted(text)} is not a moment written as ${forms}: ${howToWrite(text)}`;
}

function howToWrite(text: string): string {
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/.exec(text);
  const meant = british ? parseLocalDate([british[3], british[2]?.padStart(2, '0'), british[1]?.padStart(2, '0')].join('-')) : null;
  if (meant !== null) return `if it means ${dateInWords(meant)}, write ${meant}`;
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return `that is a spreadsheet's own number for a date, so format the column as yyyy-mm-dd and save again`;
  return `correct it, year first`;
}
