import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, localDate } from '@app/kernel';
import { hubCommand } from '../../support/hub-command';
import { makeCarer } from '../../support/registered-carer';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

interface Side { households: number; leavers: number; at: { day: number; atRisk: number; left: number; low: number | null; high: number | null; byCause: Record<'resignation' | 'termination', { share: number }> }[] }
interface Answer { warning: string; total: { members: Side; nonMembers: Side }; authorities: Record<string, { members: Side; nonMembers: Side }> }

const PERIOD = ['--from', '2024-01-01', '--to', '2026-06-30'];
const DAYS = [0, 100, 365, 730];

/** The formulae as textbooks have them, over the distinct times: the product limit with Greenwood's variance on the log(-log) scale, and the sum of Aalen and Johansen. */
function textbook(times: readonly (readonly [days: number, ending: string])[], day: number) {
  let [free, greenwood] = [1, 0];
  const share: Record<string, number> = { resignation: 0, termination: 0 };
  for (const time of [...new Set(times.map(([days]) => days))].filter((each) => each <= day).sort((one, other) => one - other)) {
    const atRisk = times.filter(([days]) => days >= time).length;
    const events = (ending: string): number => times.filter((each) => each[0] === time && each[1] === ending).length;
    const all = events('resignation') + events('termination');
    for (const ending of ['resignation', 'termination']) share[ending] = (share[ending] ?? 0) + (free * events(ending)) / atRisk;
    free *= 1 - all / atRisk;
    if (all > 0) greenwood += all / (atRisk * (atRisk - all));
  }
  const spread = (1.959963984540054 * Math.sqrt(greenwood)) / Math.log(free);
  return { atRisk: times.filter(([days]) => days >= day).length, left: 1 - free, share, low: 1 - free ** Math.exp(spread), high: 1 - free ** Math.exp(-spread) };
}

describe('hub report retention', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'retention-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
  });
  const report = async (...more: string[]): Promise<Answer> => {
    const { code, output, errors } = await hubCommand(database.url, 'report', 'retention', ...PERIOD, ...more);
    expect({ code, errors }).toMatchObject({ code: 0 });
    return JSON.parse(output) as Answer;
  };
  const file = async (name: string, ...lines: string[]): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, `${lines.join('\n')}\n`);
    return path;
  };

  it('estimates from a file what the textbooks’ formulae give', async () => {
    const dice = ((state: number) => () => (state = (state * 48271) % 2147483647) / 2147483647)(20261121);
    const lines = Array.from({ length: 300 }, (_, index) => {
      const approved = addDays(localDate('2022-01-01'), Math.floor(dice() * 1400));
      const joined = index % 3 === 0 ? addDays(approved, Math.floor(dice() * 600)) : null;
      const left = dice() < 0.5 ? addDays(joined ?? approved, 1 + Math.floor(dice() * 500)) : null;
      return [dice() < 0.5 ? 'derby' : 'E06000018', approved, joined ?? '', left ?? '', left === null ? '' : dice() < 0.7 ? 'resignation' : 'termination', 'ignored'].join(',');
    });
    const path = await file('homes.csv', 'authority,approved_on,joined_on,left_on,left_by,other', ...lines);
    const answer = await report('--file', path, '--days', DAYS.join(','));
    const { output } = await hubCommand(database.url, 'report', 'retention', ...PERIOD, '--file', path, '--format', 'times');
    const times = output.trim().split('\r\n').slice(1).map((line) => line.split(','));
    for (const [key, side] of [['members', 'member'], ['nonMembers', 'non_member']] as const) {
      const own = times.filter((cells) => cells[1] === side).map((cells) => [Number(cells[2]), cells[3] ?? ''] as const);
      expect(answer.total[key]).toMatchObject({ households: own.length, leavers: own.filter(([, ending]) => ending !== 'censored').length });
      expect(answer.total[key].leavers).toBeGreaterThan(20);
      for (const { day, atRisk, left, low, high, byCause } of answer.total[key].at) {
        const expected = textbook(own, day);
        expect([side, day, atRisk]).toEqual([side, day, expected.atRisk]);
        expect(left).toBeCloseTo(expected.left, 12);
        for (const cause of ['resignation', 'termination'] as const) expect(byCause[cause].share).toBeCloseTo(expected.share[cause] ?? NaN, 12);
        if (low !== null && high !== null) expect([low, high].map((limit) => limit.toFixed(9))).toEqual([expected.low.toFixed(9), expected.high.toFixed(9)]);
      }
    }
    expect(Object.keys(answer.authorities)).toEqual(['derby', 'nottingham']);
    const again = await report('--file', await file('times.csv', output.trim()), '--days', DAYS.join(','));
    expect(again.total).toEqual(answer.total);
  });

  it('counts the register as the page does, leaves out authorities without members, and warns', async () => {
    const { rows } = await database.owner.query<{ id: string }>(`INSERT INTO constellations (id, authority, name, area, started_on) VALUES (uuidv7(), 'derby', 'Willow', 'Derby', '2024-01-01') RETURNING id`);
    const join = async (carer: { readonly id: string }, held: string): Promise<unknown> => database.owner.query(`INSERT INTO constellation_memberships (id, constellation_id, carer_id, role, held, recorded_at, recorded_by) VALUES (uuidv7(), $1, $2, 'satellite', $3, now(), 'system:tests')`, [rows[0]?.id, carer.id, held]);
    await join(await makeCarer(database, 'derby', { approved_on: '2023-01-01', left_on: '2025-01-01', left_by: 'resignation', left_reason: 'health' }), '[2024-07-01,2025-01-01)');
    await join(await makeCarer(database, 'derby', { approved_on: '2024-03-01' }), '[2024-03-01,2024-09-01)');
    await makeCarer(database, 'derby', { approved_on: '2020-01-01', left_on: '2024-12-31', left_by: 'termination', left_reason: 'other' });
    await makeCarer(database, 'nottingham');
    const { warning, total, authorities } = await report('--days', '0,200,365');
    expect(warning).toContain('not chosen at random');
    expect(Object.keys(authorities)).toEqual(['derby']);
    expect(total.members.at.map(({ day, atRisk, left }) => [day, atRisk, left])).toEqual([[0, 2, 0], [200, 1, 0.5], [365, 1, 0.5]]);
    expect(total.nonMembers).toMatchObject({ households: 2, leavers: 1 });
    const { output } = await hubCommand(database.url, 'report', 'retention', ...PERIOD, '--format', 'csv', '--days', '200');
    expect(output.split('\r\n').slice(0, 2)).toEqual(['authority,side,day,at_risk,left,left_low,left_high,resignation,resignation_low,resignation_high,termination,termination_low,termination_high', expect.stringMatching(/^total,member,200,1,0\.5,/)]);
  });

  it('tells every mistake of a file by its row, and refuses what is no period', async () => {
    const path = await file('wrong.csv', 'authority,approved_on,joined_on,left_on,left_by', 'leicester,2024-01-01,,,', 'derby,2024-13-01,,,', 'derby,2024-01-01,2023-01-01,2024-02-01,', 'derby,2024-01-01,2024-03-01,2024-02-01,resignation');
    const { code, errors } = await hubCommand(database.url, 'report', 'retention', ...PERIOD, '--file', path);
    expect(code).toBe(1);
    for (const line of ['row 2, authority: is no authority', 'row 3, approved_on: "2024-13-01" is not a date', 'row 4, left_on: left_on and left_by come together', 'row 5, joined_on: 2024-03-01 is not before']) expect(errors).toContain(line);
    expect(await hubCommand(database.url, 'report', 'retention', '--from', '2026-01-01', '--to', '2025-01-01')).toMatchObject({ code: 1 });
    expect(await hubCommand(database.url, 'report', 'retention', '--from', 'soon', '--to', '2025-01-01')).toMatchObject({ code: 2 });
  });
});
