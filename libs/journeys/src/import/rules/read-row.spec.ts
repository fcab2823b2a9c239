import { localDate, momentAt } from '@app/kernel';
import fc from 'fast-check';
import { CLOSE_REASONS, CLOSED_BY } from '../../rules/close-reasons';
import type { ImportBounds } from './cell-readers';
import { IMPORT_COLUMNS, mistakeInWords, type RowCells } from './columns';
import { readRow } from './read-row';
import { columnsThatDiffer, rememberedRow } from './remembered-row';

const bounds: ImportBounds = { now: momentAt(localDate('2026-11-21'), 12 * 60), firstDay: localDate('2016-01-01') };
const least: RowCells = { reference: 'FH-1', received_at: '2024-05-02T10:15' };

const whole: RowCells = {
  ...least,
  channel: 'phone',
  source: 'Radio\nbreakfast show',
  first_name: 'Amara',
  last_name: 'Okafor-Bell',
  email: 'amara@example.org',
  phone: '0115 496 0123',
  postcode: 'DE91 1AA',
  authority: 'E10000007',
  first_response_at: '2024-05-02T16:40',
  initial_application_on: '2024-05-10',
  home_visit_on: '2024-05-20',
  application_on: '2024-06-01',
  stage_1_on: '2024-08-01',
  stage_2_on: '2024-07-01',
  panel_on: '2024-10-01',
  approved_on: '2024-10-09',
};

function mistakesOf(cells: RowCells): string[] {
  const read = readRow({ ...least, ...cells }, bounds);
  return read.ok ? [] : read.refusal.map((mistake) => `${mistake.column}: ${mistake.what}`);
}

function journeyOf(cells: RowCells) {
  const read = readRow({ ...least, ...cells }, bounds);
  if (!read.ok) throw new Error(read.refusal.map((mistake) => mistakeInWords(2, mistake)).join('\n'));
  return read.value;
}

describe('a row of an import file', () => {
  it('needs no more than a reference and when the enquiry was received', () => {
    expect(journeyOf({})).toEqual({
      reference: 'FH-1',
      receivedAt: new Date('2024-05-02T09:15:00Z'),
      enquiryOn: '2024-05-02',
      channel: 'other',
      source: null,
      firstName: '',
      lastName: '',
      email: null,
      phone: null,
      postcode: null,
      council: null,
      firstResponseAt: null,
      milestones: {},
      close: null,
    });
  });

  it('is read whole, in one way of writing', () => {
    expect(journeyOf(whole)).toEqual({
      reference: 'FH-1',
      receivedAt: new Date('2024-05-02T09:15:00Z'),
      enquiryOn: '2024-05-02',
      channel: 'phone',
      source: 'Radio\nbreakfast show',
      firstName: 'Amara',
      lastName: 'Okafor-Bell',
      email: 'amara@example.org',
      phone: '+441154960123',
      postcode: 'DE91 1AA',
      council: 'derbyshire',
      firstResponseAt: new Date('2024-05-02T15:40:00Z'),
      milestones: {
        initial_application: '2024-05-10',
        home_visit: '2024-05-20',
        application: '2024-06-01',
        stage_1: '2024-08-01',
        stage_2: '2024-07-01',
        panel: '2024-10-01',
        approved: '2024-10-09',
      },
      close: null,
    });
  });

  it('forgives case and spaces, not meaning', () => {
    const journey = journeyOf({ reference: ' FH-1 ', channel: ' Phone', authority: 'DERBY ', first_name: ' Mary\u00a0 Ann ', postcode: 'de911aa', phone: '+44 (0)115 496 0123' });
    expect(journey).toMatchObject({ reference: 'FH-1', channel: 'phone', council: 'derby', firstName: 'Mary Ann', postcode: 'DE91 1AA', phone: '+441154960123' });
  });

  it('takes each council by its code and by its ONS code', () => {
    const councils = ['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'E06000015', 'E10000007', 'E06000018', 'E10000024'];
    expect(councils.map((authority) => journeyOf({ authority }).council)).toEqual([...councils.slice(0, 4), ...councils.slice(0, 4)]);
  });

  it('takes every reason with the one who can have it, and with nobody else', () => {
    for (const by of CLOSED_BY) {
      for (const reason of new Set(Object.values(CLOSE_REASONS).flat())) {
        const cells = { closed_on: '2024-05-03', closed_by: by, closed_reason: reason };
        const fits = (CLOSE_REASONS[by] as readonly string[]).includes(reason);
        if (fits) expect(journeyOf(cells).close).toEqual({ on: '2024-05-03', by, reason });
        else expect(mistakesOf(cells)).toEqual([`closed_reason: "${reason}" is not a reason that goes with closed_by ${by}: use ${inWords(CLOSE_REASONS[by])}`]);
      }
    }
  });

  it.each<[string, RowCells, string[]]>([
    ['without a reference', { reference: ' ' }, ['reference: is empty: give every household a reference of its own']],
    ['with a reference that no page could show', { reference: 'x'.repeat(61) }, [expect.stringMatching(/^reference: "x{40}…" is longer than 60 characters/) as string]],
    ['without the moment of the enquiry', { received_at: '' }, ['received_at: is empty: say when the enquiry was received, as 2024-05-02T10:15 or 2024-05-02']],
    ['with a channel that is none', { channel: 'pigeon' }, ['channel: "pigeon" is not a channel: use web, phone, email, event, social, referral or other']],
    ['with a council that is not of the hub', { authority: 'leicester' }, ['authority: "leicester" is not a council of the hub: use derby, derbyshire, nottingham, nottinghamshire or its ONS code, or leave the cell empty']],
    ['with a broken email address', { email: 'amara@example' }, ['email: "amara@example" is not an email address such as name@example.org: correct it, give one only, or leave the cell empty']],
    ['with two email addresses', { email: 'a@example.org; b@example.org' }, [expect.stringContaining('give one only') as string]],
    ['with a telephone number that cannot be one', { phone: '0115 496' }, ['phone: "0115 496" is not a telephone number such as 0115 496 0123: correct it, give one only, or leave the cell empty']],
    ['with words for a telephone number', { phone: 'ask neighbour' }, [expect.stringContaining('phone: "ask neighbour"') as string]],
    ['with half a postcode', { postcode: 'DE91' }, ['postcode: "DE91" is not a full postcode such as DE1 3AE: correct it, or leave the cell empty']],
    ['with a text longer than a cell should hold', { source: 'x'.repeat(501) }, ['source: is 501 characters long, and 500 is the most: shorten it, and look for a missing quotation mark']],
    ['saved in another encoding', { first_name: 'Ren\ufffde' }, ['first_name: "Ren\ufffde" has letters that are not UTF-8 (shown as \ufffd): save the file as "CSV UTF-8" and import it again']],
    ['with characters of no text', { last_name: 'Bell\u0000' }, ['last_name: "Bell" has characters that cannot be printed: type the cell again']],

    ['with a day that no calendar has', { panel_on: '2025-02-29' }, ['panel_on: "2025-02-29" is not a day that exists: correct it']],
    ['with a moment on a day that no calendar has', { received_at: '2024-02-30T10:00' }, ['received_at: "2024-02-30T10:00" is not a day that exists: correct it']],
    ['with a date day first', { home_visit_on: '20/5/2024' }, ['home_visit_on: "20/5/2024" is not a date written as 2024-05-02: if it means Monday 20 May 2024, write 2024-05-20']],
    ['with a date month first', { home_visit_on: '5/20/2024' }, ['home_visit_on: "5/20/2024" is not a date written as 2024-05-02: correct it, year first']],
    ['with a spreadsheet\'s number for a date', { application_on: '45432' }, ['application_on: "45432" is not a date written as 2024-05-02: that is a spreadsheet\'s own number for a date, so format the column as yyyy-mm-dd and save again']],
    ['with a word for a date', { application_on: 'soon' }, ['application_on: "soon" is not a date written as 2024-05-02: correct it, year first']],
    ['with a moment where a date belongs', { approved_on: '2024-10-09T00:00' }, ['approved_on: "2024-10-09T00:00" has a time of day: give the date alone, 2024-10-09']],
    ['with a date in the future', { initial_application_on: '2026-11-22' }, ['initial_application_on: 2026-11-22 is in the future (today is 2026-11-21): correct it, or leave the cell empty until it has happened']],
    ['with a moment in the future', { first_response_at: '2026-11-21T12:01' }, ['first_response_at: 2026-11-21T12:01 is in the future (it is Saturday 21 November 2026 at midday): correct it']],
    ['received in the future', { received_at: '2026-11-22' }, [expect.stringMatching(/^received_at: 2026-11-22 is in the future/) as string]],
    ['received before any known bank holiday', { received_at: '1924-05-02' }, ['received_at: 1924-05-02 is before Friday 1 January 2016, where the known bank holidays begin: correct the year, or leave the household out']],
    ['with an answer on a date alone', { first_response_at: '2024-05-03' }, ['first_response_at: "2024-05-03" has no time of day, and response times are measured to the minute: add the time, as in 2024-05-02T10:15, or leave the cell empty']],
    ['with a space for the T', { received_at: '2024-05-02 10:15' }, ['received_at: "2024-05-02 10:15" needs a T between date and time: write 2024-05-02T10:15']],
    ['with a moment day first', { first_response_at: '02/05/2024 10:15' }, ['first_response_at: "02/05/2024 10:15" is not a moment written as 2024-05-02T10:15: if it means Thursday 2 May 2024, write 2024-05-02']],
    ['with a time that no clock shows', { received_at: '2024-05-02T24:00' }, ['received_at: "2024-05-02T24:00" is not a moment written as 2024-05-02T10:15 or 2024-05-02: correct it, year first']],
    ['at a time that the clocks skipped', { received_at: '2024-03-31T01:30' }, ['received_at: "2024-03-31T01:30" never was: the clocks went forward over it. Correct the time, or add the offset that it has, as in 2024-05-02T10:15+01:00']],

    ['answered before it was received', { first_response_at: '2024-05-02T10:14' }, ['first_response_at: "2024-05-02T10:14" is before received_at ("2024-05-02T10:15"), which it has to follow: correct one of the two']],
    ['with a milestone before the enquiry', { initial_application_on: '2024-05-01' }, ['initial_application_on: 2024-05-01 is before received_at (2024-05-02), which it has to follow: correct one of the two']],
    ['with a visit before the initial application', { initial_application_on: '2024-05-10', home_visit_on: '2024-05-09' }, ['home_visit_on: 2024-05-09 is before initial_application_on (2024-05-10), which it has to follow: correct one of the two']],
    ['with a panel before stage 2, with a gap between', { stage_2_on: '2024-07-01', panel_on: '2024-06-30' }, ['panel_on: 2024-06-30 is before stage_2_on (2024-07-01), which it has to follow: correct one of the two']],
    ['with stage 2 before the application', { application_on: '2024-07-01', stage_2_on: '2024-06-30' }, [expect.stringMatching(/^stage_2_on: .*application_on/) as string]],
    ['with an approval before the panel', { panel_on: '2024-07-01', approved_on: '2024-06-30' }, [expect.stringMatching(/^approved_on: .*panel_on/) as string]],
    ['closed before its last milestone', { home_visit_on: '2024-05-20', closed_on: '2024-05-19', closed_by: 'applicant', closed_reason: 'not_now' }, ['closed_on: 2024-05-19 is before home_visit_on (2024-05-20), which it has to follow: correct one of the two']],
    ['closed before it was received', { closed_on: '2024-05-01', closed_by: 'applicant', closed_reason: 'not_now' }, [expect.stringMatching(/^closed_on: .*received_at/) as string]],

    ['closed by nobody', { closed_on: '2024-05-20', closed_reason: 'not_now' }, ['closed_by: is empty, but closed_on and closed_reason are not: fill in all three of a close, or none']],
    ['closed for no reason on no day', { closed_by: 'applicant' }, ['closed_on: is empty, but closed_by is not: fill in all three of a close, or none', 'closed_reason: is empty, but closed_by is not: fill in all three of a close, or none']],
    ['closed by somebody unknown', { closed_on: '2024-05-20', closed_by: 'panel', closed_reason: 'not_now' }, ['closed_by: "panel" is not one of those who can close a journey: use applicant, service or no_contact']],
    ['closed for a reason that does not exist', { closed_on: '2024-05-20', closed_by: 'no_contact', closed_reason: 'gone' }, ['closed_reason: "gone" is not a reason that goes with closed_by no_contact: use no_response']],
    ['both approved and closed', { approved_on: '2024-05-20', closed_on: '2024-05-20', closed_by: 'applicant', closed_reason: 'not_now' }, ['closed_on: the household was approved (approved_on 2024-05-20), so its journey cannot be closed as well: empty one of the two']],
  ])('is refused %s', (_, cells, mistakes) => {
    expect(mistakesOf(cells)).toEqual(mistakes);
  });

  it('is told every mistake at once', () => {
    expect(mistakesOf({ channel: 'x', email: 'x', phone: 'x', home_visit_on: 'x', closed_by: 'x' }).map((text) => text.split(':')[0])).toEqual([
      'channel', 'email', 'phone', 'home_visit_on', 'closed_by', 'closed_on', 'closed_reason',
    ]);
  });

  it('allows equal dates, gaps, stage 2 before stage 1, and an answer whenever it came', () => {
    const day = '2024-05-02';
    expect(mistakesOf({ initial_application_on: day, home_visit_on: day, application_on: day, stage_1_on: day, stage_2_on: day, panel_on: day, approved_on: day })).toEqual([]);
    expect(mistakesOf({ panel_on: '2024-09-01' })).toEqual([]);
    expect(mistakesOf({ stage_1_on: '2024-08-01', stage_2_on: '2024-07-01' })).toEqual([]);
    expect(mistakesOf({ first_response_at: '2026-01-01T10:00', approved_on: '2024-10-01' })).toEqual([]);
    expect(mistakesOf({ first_response_at: '2024-05-02T10:15' })).toEqual([]);
  });

  it('reads a date alone as its midnight, local times in the clock of London and offsets as they say', () => {
    expect(journeyOf({ received_at: '2024-07-01' }).receivedAt).toEqual(new Date('2024-06-30T23:00:00Z'));
    expect(journeyOf({ received_at: '2024-01-01' }).receivedAt).toEqual(new Date('2024-01-01T00:00:00Z'));
    expect(journeyOf({ received_at: '2024-07-01T10:00:59' }).receivedAt).toEqual(new Date('2024-07-01T09:00:00Z'));
    expect(journeyOf({ received_at: '2024-07-01T23:30Z' })).toMatchObject({ receivedAt: new Date('2024-07-01T23:30:00Z'), enquiryOn: '2024-07-02' });
    expect(journeyOf({ received_at: '2024-07-01T10:00+02:00' }).receivedAt).toEqual(new Date('2024-07-01T08:00:00Z'));
  });

  it('takes a local time that comes twice in autumn as the first, unless it has an offset', () => {
    expect(journeyOf({ received_at: '2024-10-27T01:30' }).receivedAt).toEqual(new Date('2024-10-27T00:30:00Z'));
    expect(journeyOf({ received_at: '2024-10-27T01:30+00:00' }).receivedAt).toEqual(new Date('2024-10-27T01:30:00Z'));
  });

  it('may date something today', () => {
    expect(mistakesOf({ initial_application_on: '2026-11-21', closed_on: '2026-11-21', closed_by: 'applicant', closed_reason: 'not_now' })).toEqual([]);
    expect(mistakesOf({ received_at: '2026-11-21' })).toEqual([]);
  });

  it('compares moments by the minute', () => {
    expect(mistakesOf({ received_at: '2024-05-02T10:15:40', first_response_at: '2024-05-02T10:15:10' })).toEqual([]);
    expect(mistakesOf({ first_response_at: '2026-11-21T12:00:59' })).toEqual([]);
  });

  it('keeps a postcode that only looks like one: nobody finds it, so an officer routes by hand', () => {
    expect(journeyOf({ postcode: 'ng991ck' }).postcode).toBe('NG99 1CK');
  });
});

describe('a row as it is remembered', () => {
  const pastDay = fc.integer({ min: 0, max: 3_800 }).map((days) => new Date(Date.UTC(2016, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
  const text = fc.string({ unit: fc.constantFrom('a', 'é', "'", ' ', '-', '"', ',', '\n', '李') , maxLength: 12 });
  const anyCell = fc.oneof(
    pastDay,
    pastDay.map((day) => `${day}T23:59`),
    text,
    fc.constantFrom('', 'web', 'DERBY', 'E10000024', 'applicant', 'service', 'no_contact', 'no_response', 'not_now', 'other', '07700 900123', '+353 1 234 5678', 'x@EXAMPLE.org', 'sk131aa'),
  );
  const anyRow: fc.Arbitrary<RowCells> = fc.record(Object.fromEntries(IMPORT_COLUMNS.map((column) => [column, anyCell])), { requiredKeys: [] });
  const likelyRow = fc
    .record({
      row: anyRow,
      received: fc.integer({ min: 0, max: 3_000 }),
      steps: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 7, maxLength: 7 }),
      present: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      close: fc.constantFrom({}, { closed_by: 'applicant', closed_reason: 'financial' }, { closed_by: 'No_Contact', closed_reason: 'NO_RESPONSE' }),
    })
    .map(({ row, received, steps, present, close }): RowCells => {
      const on = (days: number): string => new Date(Date.UTC(2016, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
      let day = received;
      const closes = 'closed_by' in close;
      const columns = (['initial_application_on', 'home_visit_on', 'application_on', 'stage_1_on', 'stage_2_on', 'panel_on', 'approved_on'] as const).filter((column, at) => present[at] && !(closes && column === 'approved_on'));
      const dates = Object.fromEntries(columns.map((column, at) => [column, on((day += steps[at] ?? 0))]));
      return { source: row.source ?? '', first_name: row.first_name ?? '', reference: `R ${String(received)}`, received_at: on(received), ...dates, ...close, ...(closes ? { closed_on: on(day) } : {}) };
    });

  it('reads back as the same journey, and is remembered the same again', () => {
    let good = 0;
    fc.assert(
      fc.property(fc.oneof(anyRow, likelyRow), (cells) => {
        const read = readRow(cells, bounds);
        if (!read.ok) return;
        good += 1;
        const remembered = rememberedRow(read.value);
        expect(readRow(remembered, bounds)).toEqual(read);
        expect(columnsThatDiffer(remembered, rememberedRow(read.value))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
    expect(good).toBeGreaterThan(500);
  });

  it('never lets a row through whose dates the tables would refuse', () => {
    fc.assert(
      fc.property(fc.oneof(anyRow, likelyRow), (cells) => {
        const read = readRow(cells, bounds);
        if (!read.ok) {
          expect(read.refusal.length).toBeGreaterThan(0);
          return;
        }
        const { enquiryOn, milestones, close, receivedAt, firstResponseAt } = read.value;
        const { stage_1: stage1, stage_2: stage2, ...inOrder } = milestones;
        const order = [enquiryOn, inOrder.initial_application, inOrder.home_visit, inOrder.application, stage1, inOrder.panel, inOrder.approved ?? close?.on].filter((on) => on !== undefined);
        expect(order).toEqual([...order].sort());
        const other = [enquiryOn, inOrder.application, stage2, inOrder.panel, inOrder.approved ?? close?.on].filter((on) => on !== undefined);
        expect(other).toEqual([...other].sort());
        expect(milestones.approved !== undefined && close !== null).toBe(false);
        if (firstResponseAt) expect(firstResponseAt >= receivedAt).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('differs by the columns that mean something else, not by those written in another way', () => {
    const one = rememberedRow(journeyOf(whole));
    const rewritten = { ...whole, received_at: '2024-05-02T09:15:30Z', authority: 'Derbyshire', phone: '01154960123', postcode: 'de91 1aa', email: 'amara@EXAMPLE.ORG', first_name: ' Amara ' };
    expect(columnsThatDiffer(one, rememberedRow(journeyOf(rewritten)))).toEqual([]);
    expect(columnsThatDiffer(one, rememberedRow(journeyOf({ ...whole, last_name: 'Bell', panel_on: '' })))).toEqual(['last_name', 'panel_on']);
  });
});

function inWords(codes: readonly string[]): string {
  return codes.length > 1 ? `${codes.slice(0, -1).join(', ')} or ${codes[codes.length - 1] ?? ''}` : (codes[0] ?? '');
}
