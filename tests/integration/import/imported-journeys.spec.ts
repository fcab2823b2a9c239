import { clocksOf } from '@app/deadlines';
import { system } from '@app/database';
import { ReceiveEnquiry } from '@app/enquiries';
import { AssignJourney, CloseJourney, ImportJourneys, type ImportOutcome, type ImportRefusal, journeyByReference, LogConversation, type JourneyImport, mistakeInWords, MoveJourney } from '@app/journeys';
import { localDate, type Result } from '@app/kernel';
import type { FileRow } from '@app/spreadsheets';
import { anEnquiry, createHubWorld, type HubWorld, knowPostcode } from '../../support/hub-world';
import { makeStaffActor } from '../../support/staff';

/** A Monday morning after the clocks have gone back. */
const NOW = '2026-11-02T10:00:00Z';

let hub: HubWorld;
beforeAll(async () => {
  hub = await createHubWorld(NOW);
});
afterAll(() => hub.close());
beforeEach(() => hub.clock.set(new Date(NOW)));

type Cells = Readonly<Record<string, string>>;

/** Rows as they come out of a file, the header from all the columns that are given. */
async function* fileOf(rows: readonly Cells[]): AsyncGenerator<FileRow> {
  const header = [...new Set(['reference', 'received_at', ...rows.flatMap(Object.keys)])];
  yield { row: 1, cells: header, bytes: 0 };
  for (const [index, row] of rows.entries()) yield await Promise.resolve({ row: index + 2, cells: header.map((column) => row[column] ?? ''), bytes: 0 });
}

interface Answer {
  readonly result: Result<ImportOutcome, ImportRefusal>;
  readonly mistakes: readonly string[];
}

async function importRows(rows: readonly Cells[], more: Partial<JourneyImport> = {}): Promise<Answer> {
  const mistakes: string[] = [];
  const result = await hub.get(ImportJourneys).run(system('import'), { rows: fileOf(rows), dryRun: false, skipInvalid: false, onMistake: (row, mistake) => mistakes.push(mistakeInWords(row, mistake)), ...more });
  return { result, mistakes };
}

let made = 0;
const row = (cells: Cells = {}): Cells => ({ reference: `I-${String((made += 1))}`, received_at: '2026-10-30T11:00', first_name: 'Ama', last_name: `Importee${String(made)}`, authority: 'derby', ...cells });

async function imported(cells: Cells = {}): Promise<string> {
  const given = row(cells);
  const { result, mistakes } = await importRows([given]);
  expect({ mistakes, ok: result.ok }).toEqual({ mistakes: [], ok: true });
  return given['reference']!;
}

async function ask<Row extends object>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
  return (await hub.database.owner.query<Row>(sql, parameters)).rows;
}
const idOf = async (reference: string): Promise<string> => (await ask<{ id: string }>('SELECT id FROM journeys WHERE reference = $1', reference))[0]!.id;
const counts = async (): Promise<Record<string, number>> => {
  const tables = ['households', 'applicants', 'journeys', 'journey_events', 'contacts', 'clocks', 'alerts', 'timeline_entries', 'journey_imports', 'audit_entries'];
  const [row] = await ask<Record<string, number>>(`SELECT ${tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')}`);
  return row!;
};

describe('an imported journey', () => {
  it('is kept whole: household, applicant, contact, history, timeline', async () => {
    const postcode = await knowPostcode(hub.database, 'DE92 1AA', 'E07000032');
    const reference = await imported({ authority: '', postcode: 'de921aa', channel: 'phone', source: 'Radio', email: 'ama@EXAMPLE.org', phone: '0115 496 0123', last_name: 'Whole', first_response_at: '2026-10-30T11:45', initial_application_on: '2026-10-31' });
    const id = await idOf(reference);
    expect(await ask('SELECT h.name, h.authority, h.postcode, h.district_code, h.demonstration, h.search_text, a.position, a.first_name, a.last_name, a.email, a.phone FROM households h JOIN applicants a ON a.household_id = h.id JOIN journeys j ON j.household_id = h.id WHERE j.id = $1', id)).toEqual([
      { name: 'Ama Whole', authority: 'derbyshire', postcode, district_code: 'E07000032', demonstration: false, search_text: expect.stringContaining('ama@example.org') as string, position: 1, first_name: 'Ama', last_name: 'Whole', email: 'ama@example.org', phone: '+441154960123' },
    ]);
    expect(await ask('SELECT authority, channel, source, screening, reference, received_at, recorded_at, first_response_due_at FROM contacts WHERE journey_id = $1', id)).toEqual([
      { authority: 'derbyshire', channel: 'phone', source: 'Radio', screening: 'clear', reference, received_at: new Date('2026-10-30T11:00:00Z'), recorded_at: new Date(NOW), first_response_due_at: new Date('2026-11-02T17:00:00Z') },
    ]);
    expect(await ask('SELECT kind, title, happened_at FROM timeline_entries WHERE journey_id = $1', id)).toEqual([{ kind: 'contact', title: 'Enquiry', happened_at: new Date('2026-10-30T11:00:00Z') }]);
    const events = await ask<{ kind: string; milestone: string | null; happened_on: string; recorded_at: Date; recorded_by: string; detail: unknown }>('SELECT kind, milestone, happened_on::text, recorded_at, recorded_by, detail, working_minutes FROM journey_events WHERE journey_id = $1 ORDER BY id', id);
    expect(events.map(({ kind, milestone, happened_on }) => [kind, milestone, happened_on])).toEqual([
      ['milestone', 'enquiry', '2026-10-30'],
      ['routed', null, '2026-10-30'],
      ['first_response', null, '2026-10-30'],
      ['milestone', 'initial_application', '2026-10-31'],
      ['contact', null, '2026-10-30'],
    ]);
    expect(new Set(events.map(({ recorded_at }) => recorded_at.toISOString()))).toEqual(new Set([new Date(NOW).toISOString()]));
    expect(events[1]!.detail).toEqual({ why: 'postcode', districtCode: 'E07000032' });
    expect(events[2]).toMatchObject({ working_minutes: 45, recorded_by: 'system:import' });
    expect(await ask(`SELECT actor_kind, detail FROM audit_entries WHERE action = 'journeys.import' ORDER BY id DESC LIMIT 1`)).toEqual([{ actor_kind: 'system:import', detail: { imported: 1, unchanged: 0, rejected: 0 } }]);
  });

  it('belongs where the file says, else where its postcode lies, else to the queue', async () => {
    const inside = await knowPostcode(hub.database, 'NG92 1AA', 'E07000170');
    const outside = await knowPostcode(hub.database, 'LE91 1AA', 'E06000016');
    const gone = await knowPostcode(hub.database, 'DE91 9ZZ', 'E06000015', '2019-06-01');
    const rows = [
      row({ authority: 'derby', postcode: inside }),
      row({ authority: 'E10000007' }),
      row({ authority: '', postcode: inside }),
      row({ authority: '', postcode: outside }),
      row({ authority: '', postcode: gone }),
      row({ authority: '', postcode: 'DE91 9ZX' }),
      row({ authority: '', postcode: '' }),
    ];
    const { result } = await importRows(rows);
    expect(result).toMatchObject({ ok: true, value: { imported: 7, byAuthority: { derby: 1, derbyshire: 1, nottinghamshire: 1, unrouted: 4 } } });
    const routings = await ask<{ authority: string; why: string }>(
      `SELECT e.authority, e.detail ->> 'why' AS why FROM journey_events e JOIN journeys j ON j.id = e.journey_id WHERE e.kind = 'routed' AND j.reference = ANY ($1) ORDER BY array_position($1, j.reference)`,
      rows.map((one) => one['reference']),
    );
    expect(routings.map(({ authority, why }) => [authority, why])).toEqual([
      ['derby', 'file'],
      ['derbyshire', 'file'],
      ['nottinghamshire', 'postcode'],
      ['unrouted', 'outside'],
      ['unrouted', 'terminated'],
      ['unrouted', 'unknown'],
      ['unrouted', 'no_postcode'],
    ]);
    const worker = await makeStaffActor(hub.database, 'social_worker', 'derbyshire');
    const one = await hub.database.transactions.read(worker, (tx) => journeyByReference(tx, rows[0]!['reference']!));
    const other = await hub.database.transactions.read(worker, (tx) => journeyByReference(tx, rows[1]!['reference']!));
    expect([one, other?.authority]).toEqual([null, 'derbyshire']);
  });

  it('is called by its reference where the file names nobody', async () => {
    const silent = await imported({ first_name: '', last_name: '' });
    const reached = await imported({ first_name: '', last_name: '', phone: '07700 900123' });
    const households = await ask('SELECT h.name, a.last_name, a.phone FROM households h LEFT JOIN applicants a ON a.household_id = h.id JOIN journeys j ON j.household_id = h.id WHERE j.reference IN ($1, $2) ORDER BY j.reference = $2', silent, reached);
    expect(households).toEqual([
      { name: `Household ${silent}`, last_name: null, phone: null },
      { name: `Household ${reached}`, last_name: `Household ${reached}`, phone: '+447700900123' },
    ]);
  });

  it('keeps a close for kinship out of mainstream figures, as a close here does', async () => {
    const id = await idOf(await imported({ closed_on: '2026-10-31', closed_by: 'service', closed_reason: 'kinship' }));
    expect(await ask('SELECT kinship, status, next_step, next_due_at FROM journeys WHERE id = $1', id)).toEqual([{ kinship: true, status: 'closed', next_step: null, next_due_at: null }]);
    expect(await ask(`SELECT kind, happened_on::text FROM journey_events WHERE journey_id = $1 AND kind IN ('closed', 'kinship_marked') ORDER BY id`, id)).toEqual([{ kind: 'closed', happened_on: '2026-10-31' }, { kind: 'kinship_marked', happened_on: '2026-10-31' }]);
  });

  it('keeps gaps in its history, and waits for nothing that a later milestone has overtaken', async () => {
    const clocksIn = async (cells: Cells): Promise<string[]> => {
      const id = await idOf(await imported({ received_at: '2026-03-02T10:00', ...cells }));
      return (await ask<{ clock: string }>(`SELECT rule || ' ' || state || coalesce(to_char(ended_at AT TIME ZONE 'Europe/London', ' YYYY-MM-DD'), '') AS clock FROM clocks WHERE journey_id = $1 ORDER BY rule`, id)).map(({ clock }) => clock);
    };
    expect(await clocksIn({ initial_application_on: '2026-03-05', application_on: '2026-04-01' })).toEqual(['first_response running', 'home_visit stopped 2026-04-01', 'turnaround running']);
    expect(await clocksIn({ initial_application_on: '2026-03-05', approved_on: '2026-08-20' })).toEqual(['first_response stopped 2026-08-20', 'home_visit stopped 2026-08-20', 'turnaround met 2026-08-20']);
    expect(await clocksIn({ panel_on: '2026-08-11', first_response_at: '2026-09-01T10:00' })).toEqual(['first_response met 2026-09-01', 'turnaround running']);
    const id = await idOf(await imported({ received_at: '2026-03-02T10:00', stage_2_on: '2026-05-04', panel_on: '2026-08-11' }));
    expect(await ask('SELECT stage, stage_since::text, next_step, waiting_for FROM journeys WHERE id = $1', id)).toEqual([{ stage: 'decision', stage_since: '2026-08-11', next_step: 'record_decision', waiting_for: 'authority' }]);
  });

  it('plans no alert for what had passed before the import, and those still to come', async () => {
    // Due at 17:00 today: four working hours before is 13:00, the warning; then the breach, and the escalation tomorrow.
    const waiting = await idOf(await imported({ received_at: '2026-10-30T11:00' }));
    // Due on Friday: its escalation would come today, for a deadline that passed before the import.
    const late = await idOf(await imported({ received_at: '2026-10-29T11:00' }));
    const longLate = await idOf(await imported({ received_at: '2024-05-02T11:00' }));
    const answered = await idOf(await imported({ received_at: '2026-10-30T11:00', first_response_at: '2026-10-30T12:00' }));
    const alertsOf = async (id: string) => (await ask<{ rung: string; state: string; why_cancelled: string | null }>('SELECT rung, state, why_cancelled FROM alerts WHERE journey_id = $1 ORDER BY due_at', id)).map(({ rung, state, why_cancelled }) => [rung, state, why_cancelled]);
    expect(await alertsOf(waiting)).toEqual([['warning', 'planned', null], ['breach', 'planned', null], ['escalation', 'planned', null]]);
    expect(await alertsOf(late)).toEqual(['warning', 'breach', 'escalation'].map((rung) => [rung, 'cancelled', 'passed_before_import']));
    expect((await alertsOf(longLate)).map(([, state]) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await alertsOf(answered)).toEqual([]);
    expect(await ask(`SELECT count(*)::int AS emails FROM emails`)).toEqual([{ emails: 0 }]);
  });

  it('can be worked on like any other', async () => {
    const officer = await makeStaffActor(hub.database, 'recruitment_officer');
    const reference = await imported({ received_at: '2026-10-30T11:00' });
    const journeyId = await idOf(reference);
    expect(await hub.get(LogConversation).run(officer, { journeyId, kind: 'conversation', note: 'Talked', answers: true })).toMatchObject({ ok: true });
    expect(await hub.get(MoveJourney).run(officer, { journeyId, milestone: 'initial_application', on: localDate('2026-11-02') })).toMatchObject({ ok: true });
    expect(await ask('SELECT stage, next_step, first_response_at FROM journeys WHERE id = $1', journeyId)).toEqual([{ stage: 'initial_application', next_step: 'arrange_home_visit', first_response_at: new Date(NOW) }]);
    const clocks = await hub.database.transactions.read(officer, (tx) => clocksOf(tx, journeyId));
    expect(clocks.map(({ rule, state }) => `${rule} ${state}`).sort()).toEqual(['first_response met', 'home_visit running', 'turnaround running']);
  });
});

describe('an imported journey and one that was lived through here', () => {
  const COLUMNS = `channel, source, authority, enquiry_received_at, enquiry_on, first_response_at, initial_application_on, home_visit_on, application_on, stage_1_on, stage_2_on, panel_on, approved_on, stage, stage_since, status, closed_on, closed_by, closed_reason, kinship, next_step, CASE WHEN next_step IN ('ring_back', 'arrange_home_visit', 'complete_stage_1', 'start_stage_2', 'go_to_panel', 'record_decision') THEN next_due_at END AS due_by_clock, waiting_for, attempts, merged_into, demonstration`;

  const left = async (reference: string) => {
    const id = await idOf(reference);
    return {
      journey: await ask(`SELECT ${COLUMNS} FROM journeys WHERE id = $1`, id),
      events: await ask(`SELECT kind, milestone, happened_on, due_at, working_minutes, authority, closed_by, closed_reason FROM journey_events WHERE journey_id = $1 AND kind <> 'assigned' ORDER BY kind, milestone`, id),
      clocks: await ask(`SELECT c.rule, c.limit_id, c.started_at, c.due_at, c.due_on, c.state, c.working_minutes, CASE c.state WHEN 'met' THEN c.ended_at END AS met_at FROM clocks c WHERE journey_id = $1 ORDER BY rule`, id),
      contacts: await ask('SELECT authority, channel, source, received_at, first_response_due_at, screening FROM contacts WHERE journey_id = $1', id),
      household: await ask('SELECT h.authority, h.name, h.postcode, h.district_code FROM households h JOIN journeys j ON j.household_id = h.id WHERE j.id = $1', id),
    };
  };

  type Step = readonly [on: string, what: 'answer' | 'initial_application' | 'home_visit' | 'application' | 'stage_1' | 'stage_2' | 'panel' | 'approved' | 'close'];
  const lives: readonly (readonly [string, readonly Step[]])[] = [
    ['waits unanswered', []],
    ['was answered late', [['2026-03-06T09:30', 'answer']]],
    ['closed unanswered', [['2026-03-09T09:30', 'close']]],
    ['is to be visited', [['2026-03-03T09:30', 'answer'], ['2026-03-05T10:00', 'initial_application']]],
    ['was visited before it was answered', [['2026-03-05T10:00', 'initial_application'], ['2026-03-25T10:00', 'home_visit'], ['2026-03-26T10:00', 'answer']]],
    ['closed after the visit', [['2026-03-03T09:30', 'answer'], ['2026-03-05T10:00', 'initial_application'], ['2026-03-12T10:00', 'home_visit'], ['2026-04-01T10:00', 'close']]],
    ['is in assessment, stage 2 first', [['2026-03-03T09:30', 'answer'], ['2026-03-05T10:00', 'initial_application'], ['2026-03-12T10:00', 'home_visit'], ['2026-04-01T10:00', 'application'], ['2026-05-11T10:00', 'stage_2']]],
    ['waits for the decision', [['2026-03-03T09:30', 'answer'], ['2026-03-05T10:00', 'initial_application'], ['2026-03-12T10:00', 'home_visit'], ['2026-04-01T10:00', 'application'], ['2026-05-11T10:00', 'stage_2'], ['2026-05-12T10:00', 'stage_1'], ['2026-08-11T10:00', 'panel']]],
    ['was approved', [['2026-03-02T17:00', 'answer'], ['2026-03-05T10:00', 'initial_application'], ['2026-03-12T10:00', 'home_visit'], ['2026-04-01T10:00', 'application'], ['2026-05-11T10:00', 'stage_1'], ['2026-05-12T10:00', 'stage_2'], ['2026-08-11T10:00', 'panel'], ['2026-08-20T10:00', 'approved']]],
  ];

  it.each(lives)('leave the same behind when the family %s', async (_, steps) => {
    const manager = await makeStaffActor(hub.database, 'team_manager', 'derby', [{ role: 'recruitment_officer', authority: null }]);
    const worker = await makeStaffActor(hub.database, 'social_worker', 'derby');
    const postcode = await knowPostcode(hub.database, 'DE91 1AA', 'E06000015');
    hub.clock.set(new Date('2026-02-27T18:20:00Z'));
    const enquiry = anEnquiry({ channel: 'web', source: 'Radio', postcode, askedForAuthority: null });
    const { reference: lived } = await hub.get(ReceiveEnquiry).run({ kind: 'public' }, enquiry);
    const journeyId = await idOf(lived);
    const cells: Record<string, string> = {};
    const works = (result: Result<unknown, unknown>): void => expect(result).toMatchObject({ ok: true });
    for (const [at, what] of steps) {
      const moment = new Date(`${at}:00Z`);
      // The clocks are an hour ahead from 29 March on.
      hub.clock.set(at >= '2026-03-29' ? new Date(moment.getTime() - 3_600_000) : moment);
      const on = localDate(at.slice(0, 10));
      if (what === 'answer') works(await hub.get(LogConversation).run(manager, { journeyId, kind: 'conversation', note: 'Talked', answers: true }));
      else if (what === 'close') works(await hub.get(CloseJourney).run(manager, { journeyId, on, by: 'applicant', reason: 'not_now' }));
      else works(await hub.get(MoveJourney).run(manager, { journeyId, milestone: what, on }));
      if (what === 'application') works(await hub.get(AssignJourney).run(manager, { journeyId, socialWorkerId: worker.staffId }));
      if (what === 'answer') cells['first_response_at'] = at;
      else cells[what === 'close' ? 'closed_on' : `${what}_on`] = on;
      if (what === 'close') Object.assign(cells, { closed_by: 'applicant', closed_reason: 'not_now' });
    }
    hub.clock.set(new Date(NOW));
    const [applicant] = enquiry.applicants;
    const reference = await imported({ received_at: '2026-02-27T18:20', authority: '', postcode, channel: 'web', source: 'Radio', first_name: applicant!.firstName, last_name: applicant!.lastName, ...cells });
    expect(await left(reference)).toEqual(await left(lived));
  });
});

describe('importing again', () => {
  it('changes nothing, whatever became of the journey since', async () => {
    const cells = row({ received_at: '2026-10-30T11:00' });
    await importRows([cells]);
    const officer = await makeStaffActor(hub.database, 'recruitment_officer');
    await hub.get(MoveJourney).run(officer, { journeyId: await idOf(cells['reference']!), milestone: 'initial_application', on: localDate('2026-11-02') });
    const before = await counts();
    const { result } = await importRows([cells, row()]);
    expect(result).toMatchObject({ ok: true, value: { imported: 1, unchanged: 1 } });
    expect((await counts())['journeys']).toBe(before['journeys']! + 1);
    expect(await ask('SELECT initial_application_on::text AS "on" FROM journeys WHERE reference = $1', cells['reference'])).toEqual([{ on: '2026-11-02' }]);
  });

  it('takes the same meaning in another way of writing as unchanged', async () => {
    const cells = row({ received_at: '2026-07-01T10:00', phone: '0115 496 0123', authority: 'E06000015' });
    await importRows([cells]);
    const again = { ...cells, received_at: '2026-07-01T09:00:30Z', phone: '+44 115 496 0123', authority: 'Derby', channel: 'other', email: ' ' };
    expect((await importRows([again])).result).toMatchObject({ ok: true, value: { imported: 0, unchanged: 1 } });
  });

  it('refuses a row that differs from what was imported, and names the columns', async () => {
    const cells = row();
    await importRows([cells]);
    const before = await counts();
    const { result, mistakes } = await importRows([row(), { ...cells, phone: '0115 496 0123', closed_on: '2026-11-01', closed_by: 'no_contact', closed_reason: 'no_response' }]);
    expect(result).toEqual({ ok: false, refusal: { rejected: 1, mistakes: 1 } });
    expect(mistakes).toEqual([
      `row 3, reference: "${cells['reference']!}" was imported on 2 Nov 2026 with something else in phone, closed_on, closed_by, closed_reason: an import never changes a journey that is there, so change it on its own page, or take the row out`,
    ]);
    expect(await counts()).toEqual(before);
  });

  it('refuses the reference of a journey that came in another way', async () => {
    const { reference } = await hub.get(ReceiveEnquiry).run({ kind: 'public' }, anEnquiry());
    expect((await importRows([row({ reference })])).mistakes).toEqual([`row 2, reference: "${reference}" belongs to a journey that was not imported: give this household another reference`]);
  });
});

describe('an import', () => {
  it('finds a reference that is there twice, however far apart, and refuses the later row', async () => {
    const rows = Array.from({ length: 1_200 }, () => row());
    rows[1_100] = row({ reference: rows[3]!['reference']!, channel: 'nonsense' });
    rows[1_101] = row({ reference: rows[1_099]!['reference']! });
    const { result, mistakes } = await importRows(rows, { skipInvalid: true, dryRun: true });
    expect(result).toMatchObject({ ok: true, value: { imported: 1_198, rejected: 2, mistakes: 3 } });
    expect(mistakes).toEqual([
      expect.stringMatching(/^row 1102, channel: /) as string,
      expect.stringMatching(/^row 1102, reference: .* is in row 5 as well/) as string,
      expect.stringMatching(/^row 1103, reference: .* is in row 1101 as well/) as string,
    ]);
  });

  it('writes nothing in a dry run', async () => {
    const before = await counts();
    expect((await importRows([row(), row()], { dryRun: true })).result).toMatchObject({ ok: true, value: { imported: 2 } });
    expect(await counts()).toEqual(before);
  });

  it('hands over the rows that it leaves out, the header first', async () => {
    const rejected: string[] = [];
    const good = row();
    const { result } = await importRows([good, row({ phone: 'none' })], {
      skipInvalid: true,
      onRejected: (file, mistakes) => {
        rejected.push(`${String(file.row)} ${mistakes.map(({ column }) => column).join()}`);
        return Promise.resolve();
      },
    });
    expect(result).toMatchObject({ ok: true, value: { imported: 1, rejected: 1 } });
    expect(rejected).toEqual(['1 ', '3 phone']);
    expect(await idOf(good['reference']!)).toBeDefined();
  });

  it('leaves nothing behind when its connection is cut in the middle of writing', async () => {
    const rows = Array.from({ length: 1_500 }, () => row());
    const before = await counts();
    const cut = importRows(rows, {
      onProgress: (progress) => {
        if (progress.phase === 'writing' && progress.journeys === 1_000) {
          void hub.database.owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`);
        }
      },
    });
    await expect(cut).rejects.toThrow();
    expect(await counts()).toEqual(before);
    expect((await importRows(rows)).result).toMatchObject({ ok: true, value: { imported: 1_500 } });
  });

  it('waits for another that is at work, and then sees what that one brought', async () => {
    const rows = Array.from({ length: 600 }, () => row());
    const waited: string[] = [];
    const both = await Promise.all([1, 2].map(() => importRows(rows, { onProgress: ({ phase }) => waited.push(phase) })));
    expect(both.map(({ result }) => (result.ok ? [result.value.imported, result.value.unchanged] : [])).sort()).toEqual([[0, 600], [600, 0]]);
    expect(waited).toContain('waiting');
  });

  it('tells of deadlines that nobody can compute as a mistake of the row', async () => {
    hub.clock.set(new Date('2049-01-10T10:00:00Z'));
    const { result, mistakes } = await importRows([row({ received_at: '2048-12-30T16:00' })]);
    expect(result.ok).toBe(false);
    expect(mistakes).toEqual([expect.stringMatching(/^row 2, received_at: the deadlines of this journey cannot be computed \(2049-01-0\d cannot be computed with: the bank holidays are not loaded that far\)/) as string]);
  });
});
