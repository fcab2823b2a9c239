/** What a random file is made of; the same seed gives the same file. */
export interface RandomFile {
  readonly rows: number;
  readonly seed: number;
  /** Enquiries are received from this local date on … */
  readonly from: string;
  /** … over so many days. */
  readonly days: number;
  /** No date lies after this one. */
  readonly until: string;
}

const COLUMNS = [
  'reference', 'received_at', 'channel', 'source', 'first_name', 'last_name', 'email', 'phone', 'postcode', 'authority',
  'first_response_at', 'initial_application_on', 'home_visit_on', 'application_on', 'stage_1_on', 'stage_2_on', 'panel_on',
  'approved_on', 'closed_on', 'closed_by', 'closed_reason',
];
const STEPS = COLUMNS.slice(11, 18);
const REASONS: readonly (readonly [string, readonly string[]])[] = [
  ['applicant', ['fostering_not_as_expected', 'assessment_not_as_expected', 'household_circumstances', 'financial', 'allegation_risk', 'changed_mind', 'chose_ifa', 'chose_other_authority', 'adoption_instead', 'not_now', 'other']],
  ['service', ['no_spare_room', 'out_of_area', 'age', 'health', 'housing', 'immigration', 'safeguarding', 'kinship', 'stage_1_refused', 'not_approved', 'duplicate', 'not_an_enquiry', 'other']],
  ['no_contact', ['no_response']],
];

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * An import file with every kind of journey that the contract allows: gaps in history, overlapping stages,
 * enquiries at night, on bank holidays and around both changes of the clocks, moments with offsets, dates alone,
 * answers before the clock starts, late and never, closes everywhere and for every reason.
 */
export function randomImportFile({ rows, seed, from, days, until }: RandomFile): string {
  const random = seededRandom(seed);
  const whole = (most: number): number => Math.floor(random() * (most + 1));
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const time = (first: number, last: number): string => {
    const minute = first + whole(last - first);
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  };

  const row = (index: number): Record<string, string> => {
    const cells: Record<string, string> = { reference: `R${String(seed)}-${String(index)}` };
    const receivedOn = dayAfter(from, whole(days - 1));
    // From 03:00 on a local time is neither skipped nor doubled; before, only an offset makes it plain.
    const receivedTime = random() < 0.1 ? '' : random() < 0.7 ? time(510, 1050) : time(180, 1439);
    cells.received_at = receivedTime === '' ? receivedOn : `${receivedOn}T${receivedTime}${random() < 0.2 ? ':30' : ''}`;
    if (random() < 0.1) cells.received_at = `${receivedOn}T${time(120, 1300)}${pick(['Z', '+01:00'])}`;
    cells.channel = pick(['web', 'phone', 'email', 'event', 'social', 'referral', 'other']);
    cells.source = pick(['', 'Radio', 'A friend', 'Facebook, spring "campaign"']);
    cells.first_name = pick(['Ama', 'Joe', 'Zoë', '']);
    cells.last_name = pick(['Okafor', 'O’Neill', "D'Souza", 'Smith-Jones']);
    cells.email = random() < 0.6 ? `person${String(index)}@example.org` : '';
    cells.phone = random() < 0.5 ? `07700 900${String(whole(999)).padStart(3, '0')}` : '';
    cells.authority = pick(['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'E06000015', 'E10000024', '']);

    let last = receivedOn;
    const place = (column: string, wait: number): boolean => {
      const date = dayAfter(last, wait);
      if (date > until) return false;
      cells[column] = date;
      last = date;
      return true;
    };
    if (random() < 0.85) {
      const answeredOn = dayAfter(receivedOn, pick([0, 0, 1, 1, 1, 2, 3, 4, 9]));
      const sameDay = answeredOn === receivedOn;
      if (answeredOn <= until) cells.first_response_at = `${answeredOn}T${sameDay ? '23:59' : random() < 0.1 ? '17:00' : time(180, 1439)}`;
    }
    const reach = pick([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 7]);
    const swapStages = random() < 0.3;
    for (const step of STEPS.slice(0, reach)) {
      if (step !== STEPS[reach - 1] && random() < 0.12) continue;
      if (!place(step, whole(random() < 0.15 ? 200 : 45))) break;
    }
    if (swapStages && cells.stage_1_on && cells.stage_2_on) [cells.stage_1_on, cells.stage_2_on] = [cells.stage_2_on, cells.stage_1_on];
    if (!cells.approved_on && random() < 0.7 && place('closed_on', whole(120))) {
      const [by, reasons] = pick(REASONS);
      cells.closed_by = by;
      cells.closed_reason = pick(reasons);
    }
    return cells;
  };

  const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = Array.from({ length: rows }, (_, index) => {
    const cells = row(index);
    return COLUMNS.map((column) => quoted(cells[column] ?? '')).join(',');
  });
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}
