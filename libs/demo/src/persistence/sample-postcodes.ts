import { join } from 'node:path';
import { ImportPostcodes, routePostcodes } from '@app/authorities';
import { projectRoot, system, type Transactions } from '@app/database';
import { type Clock, parsePostcode } from '@app/kernel';
import { rowsOfFile } from '@app/spreadsheets';
import { type Places, placesOf } from '../rules/places';

const ACTOR = system('demonstration');
const SAMPLE = 'samples/onspd.csv';

/** Where the made-up families live: the postcodes of the sample file, which are taken in first where they are missing. */
export async function samplePlaces(transactions: Transactions, clock: Clock): Promise<Places> {
  const file = join(projectRoot(), SAMPLE);
  const postcodes = await postcodesOf(file);
  const routes = () => transactions.run(ACTOR, (tx) => routePostcodes(tx, postcodes));
  let known = await routes();
  if ([...known.values()].some(({ why }) => why === 'unknown')) {
    const mistakes: string[] = [];
    const imported = await new ImportPostcodes(transactions, clock).run(ACTOR, { rows: rowsOfFile(file), onMistake: (row, what) => mistakes.push(`row ${String(row)}: ${what}`) });
    if (!imported.ok) throw new Error(`${SAMPLE} could not be imported: ${mistakes.join('; ')}`);
    known = await routes();
  }
  return placesOf(known);
}

/** Every cell of a row that is a postcode as people write it, once. */
async function postcodesOf(file: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const { cells } of rowsOfFile(file)) {
    const [canonical] = cells.flatMap((cell) => parsePostcode(cell) ?? []);
    if (canonical) found.add(canonical);
  }
  return [...found];
}
