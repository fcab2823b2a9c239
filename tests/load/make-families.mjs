/** Makes families by many-families.sql. */
import { readFileSync } from 'node:fs';

const STATEMENTS = readFileSync(new URL('many-families.sql', import.meta.url), 'utf8');

/**
 * @param {import('pg').Client} client the owner's
 * @param {{ journeys: number, years: number, forgotten: number, papers: 'all' | 'open', seed?: number }} asked `forgotten` is the share that nobody closes; `papers` says whose timeline and clocks are made
 */
export async function makeFamilies(client, { seed = 0.42, ...asked }) {
  for (const [name, value] of Object.entries({ seed, ...asked })) await client.query('SELECT set_config($1, $2, false)', [`load.${name}`, String(value)]);
  await client.query(STATEMENTS);
}
