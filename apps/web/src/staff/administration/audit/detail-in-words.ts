import { ROLE_NAMES } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import type { ImpossibleStateCount } from '@app/journeys';

/** Codes that stand in details, in words. */
const VALUES: Readonly<Record<string, string>> = { ...ROLE_NAMES, ...AUTHORITY_NAMES };

/** What a line of the trail says besides, a line each. `names` are the names of staff by id. */
export function detailInWords(detail: Readonly<Record<string, unknown>>, names: ReadonlyMap<string, string>): readonly string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    if (name === 'found' && Array.isArray(value)) return value.length === 0 ? ['nothing wrong'] : (value as readonly ImpossibleStateCount[]).map(foundInWords);
    const text = valueInWords(value, names);
    return text === '' ? [] : [`${nameInWords(name)}: ${text}`];
  });
}

/** "staffId" and "asked_for" as people write them: "staff", "asked for". */
const nameInWords = (name: string): string => name.replace(/Id$/, '').replace(/_/g, ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function valueInWords(value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => valueInWords(one, names)).join(', ');
  if (typeof value === 'string') return names.get(value) ?? VALUES[value] ?? value;
  return JSON.stringify(value);
}

const foundInWords = ({ what, journeys, references }: ImpossibleStateCount): string =>
  `${what}: ${references.join(', ')}${journeys > references.length ? ` and ${String(journeys - references.length)} more` : ''}`;
