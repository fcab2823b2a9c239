import { type LocalDate, ok, parseLocalDate, refused, type Result } from '@app/kernel';
import { z } from 'zod';

/** A bank holiday as it is published. */
export interface PublishedHoliday {
  readonly on: LocalDate;
  readonly title: string;
}

/** England has no fewer in any year; fewer in a file mean that the year is not all there. */
const FEWEST_A_YEAR = 8;

const file = z.object(
  {
    'england-and-wales': z.object(
      {
        events: z.array(z.object({ title: z.string('has no title').trim().min(1, 'has no title').max(200, 'has a title of more than 200 characters'), date: z.string('has no date') }, 'is no bank holiday with title and date'), 'there is no list of events'),
      },
      'there is nothing under "england-and-wales"',
    ),
  },
  'there is nothing under "england-and-wales"',
);

/** Reads the file that GOV.UK publishes at www.gov.uk/bank-holidays.json. Refuses with one line for each mistake. */
export function readBankHolidays(text: string): Result<readonly PublishedHoliday[], readonly string[]> {
  const content = parsedJson(text);
  if (!content.ok) return refused(['This is no JSON file: take the one that GOV.UK publishes at https://www.gov.uk/bank-holidays.json.']);
  const parsed = file.safeParse(content.value);
  if (!parsed.success) return refused(parsed.error.issues.map(mistakeInWords));
  const mistakes: string[] = [];
  const holidays = new Map<LocalDate, PublishedHoliday>();
  for (const [index, { title, date }] of parsed.data['england-and-wales'].events.entries()) {
    const on = parseLocalDate(date);
    if (on) holidays.set(on, { on, title });
    else mistakes.push(`event ${String(index + 1)}: "${date}" is no date such as 2029-01-01.`);
  }
  for (const [year, count] of countsByYear([...holidays.keys()])) {
    if (count < FEWEST_A_YEAR) mistakes.push(`${year} has ${String(count)} bank ${count === 1 ? 'holiday' : 'holidays'}, and England has at least ${String(FEWEST_A_YEAR)}: the year is not complete.`);
  }
  if (holidays.size === 0 && mistakes.length === 0) mistakes.push('There is no bank holiday in it.');
  return mistakes.length > 0 ? refused(mistakes) : ok([...holidays.values()].sort((one, other) => (one.on < other.on ? -1 : 1)));
}

function mistakeInWords({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const [, , index] = path;
  return typeof index === 'number' ? `event ${String(index + 1)} ${message}.` : `Not a file of bank holidays: ${message}. GOV.UK publishes it at https://www.gov.uk/bank-holidays.json.`;
}

function countsByYear(dates: readonly LocalDate[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const date of dates) counts.set(date.slice(0, 4), (counts.get(date.slice(0, 4)) ?? 0) + 1);
  return counts;
}

function parsedJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return { ok: false };
  }
}
