/** A hub's own list of many years, as `hub import journeys` takes it: made up, and the same for the same seed. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const COLUMNS = [
  'reference', 'received_at', 'channel', 'source', 'first_name', 'last_name', 'email', 'phone', 'postcode', 'authority',
  'first_response_at', 'initial_application_on', 'home_visit_on', 'application_on', 'stage_1_on', 'stage_2_on', 'panel_on',
  'approved_on', 'closed_on', 'closed_by', 'closed_reason',
];
const MILESTONES = COLUMNS.slice(11, 18);
/** The days that a milestone comes after the one before it: at least, at most. */
const WAITS = [[2, 25], [4, 25], [15, 60], [20, 70], [0, 20], [60, 140], [3, 21]];
const AUTHORITIES = [['derby', 0.22], ['derbyshire', 0.54], ['nottingham', 0.7], ['nottinghamshire', 1]];
const ENDS = [['applicant', 'changed_mind'], ['applicant', 'household_circumstances'], ['service', 'no_spare_room'], ['no_contact', 'no_response']];
const CHANNELS = ['web', 'web', 'web', 'web', 'phone', 'phone', 'email', 'event', 'social', 'referral'];
const SOURCES = ['Search engine', 'Facebook', 'Radio', 'Leaflet', 'A foster carer', 'Bus advertisement', 'Council magazine', ''];
const FIRST_NAMES = 'Aaliyah Abdul Adam Agnieszka Aisha Alice Amara Andrew Anita Anthony Arjun Barbara Ben Beth Brian Callum Carol Chidi Chloe Claire Daniel David Dawn Deborah Dorota Eleanor Emily Fatima Fiona Gareth George Grace Hannah Hassan Helen Ian Imran Irene Jack James Jane Jennifer John Joseph Julie Karen Kate Keith Kwame Laura Leila Linda Lucy Margaret Mark Mary Megan Michael Monika Naomi Nathan Ngozi Nicola Olivia Pamela Patrick Paul Peter Priya Rachel Raj Rebecca Richard Ruth Ryan Sandra Sanjay Sarah Sean Sharon Simon Sophie Stephen Susan Tariq Thomas Tracey Victoria Wayne William Yasmin Yusuf Zainab Zoe'.split(' ');
const LAST_NAMES = "Adams Adeyemi Ahmed Akhtar Ali Allen Anderson Bailey Baker Barnes Begum Bell Bennett Booth Bradley Brown Burton Butler Campbell Carter Chapman Chaudhry Clarke Collins Cooper Davies Dixon Edwards Ellis Evans Fisher Fletcher Foster Gill Graham Green Hall Harris Hill Hughes Hunt Hussain Iqbal Jackson Jenkins Jones Kaur Khan King Kowalski Lee Lewis Lloyd Marsh Mason Miller Moore Morgan Murphy Nowak O'Brien Okafor Owen Palmer Patel Pearce Phillips Powell Rahman Reid Roberts Robinson Rose Shah Sharma Shaw Singh Smith Taylor Thomas Turner Walker Ward Watson Webb White Wilson Wood Wright Young".split(' ');
const NAME_ENDS = ['', '', '', '', 'worth', 'by', 'ley', 'ton', 'croft', 'field', 'wood', 'stone', 'well', 'man', 'ham', 'gate', 'more', 'land'];
const DAY_MS = 86_400_000;

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Writes `rows` journeys that were received over the `years` before `today` ('YYYY-MM-DD'). Telephone numbers come from the
 * range kept for drama, postcodes from districts that were never allocated.
 */
export async function writeJourneysFile(path, { rows, years, today, seed = 1 }) {
  const random = seededRandom(seed);
  const from = (low, high) => low + Math.floor(random() * (high - low + 1));
  const one = (items) => items[Math.floor(random() * items.length)];
  const end = Date.parse(`${today}T00:00:00Z`);
  const day = (moment) => new Date(moment).toISOString().slice(0, 10);

  const row = (number) => {
    const received = end - Math.floor((1 - number / (rows + 1)) * years * 365.25) * DAY_MS - DAY_MS;
    const first = one(FIRST_NAMES);
    const last = `${one(LAST_NAMES)}${one(NAME_ENDS)}`;
    const chance = random();
    const cells = {
      reference: `OLD-${String(number).padStart(7, '0')}`,
      received_at: `${day(received)}T${String(from(7, 21)).padStart(2, '0')}:${String(from(0, 59)).padStart(2, '0')}`,
      channel: one(CHANNELS),
      source: one(SOURCES),
      first_name: first,
      last_name: last,
      email: `${first}.${last}.${number}@example.org`.toLowerCase().replace("'", ''),
      phone: number % 20 === 0 ? `07700 900${String(from(0, 999)).padStart(3, '0')}` : '',
      postcode: `${one(['DE', 'NG'])}${from(91, 98)} ${from(0, 9)}${one('ABDEFGHJLNPQRSTUWXYZ')}${one('ABDEFGHJLNPQRSTUWXYZ')}`,
      authority: AUTHORITIES.find(([, upTo]) => chance <= upTo)[0],
    };
    if (random() < 0.93 && received + 4 * DAY_MS < end) cells.first_response_at = `${day(received + from(1, 3) * DAY_MS)}T${String(from(9, 16)).padStart(2, '0')}:${String(from(0, 59)).padStart(2, '0')}`;
    const fate = random();
    const depth = fate < 0.085 ? 7 : [0.66, 0.79, 0.9, 0.94, 0.95, 0.985, 1].findIndex((upTo) => random() <= upTo);
    let at = received;
    for (const [index, milestone] of MILESTONES.slice(0, depth).entries()) {
      const next = at + from(...WAITS[index]) * DAY_MS;
      if (next >= end) break;
      at = next;
      cells[milestone] = day(at);
    }
    const closing = at + from(3, 90) * DAY_MS;
    if (cells.approved_on === undefined && fate >= 0.085 && fate < 0.75 && closing < end) [cells.closed_on, [cells.closed_by, cells.closed_reason]] = [day(closing), one(ENDS)];
    return COLUMNS.map((column) => cells[column] ?? '').join(',');
  };

  await pipeline(function* () {
    yield `${COLUMNS.join(',')}\r\n`;
    for (let number = 1; number <= rows; number += 1) yield `${row(number)}\r\n`;
  }, createWriteStream(path));
}
