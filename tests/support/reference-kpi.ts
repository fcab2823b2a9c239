import { parse } from 'csv-parse/sync';

/**
 * A second, deliberately plain computation of every figure of the KPI report, straight from the rows of an
 * import file. It exists to disagree with the real one when either is wrong, and so shares no code with it:
 * dates are text, local moments are 'YYYY-MM-DDTHH:MM' on the wall clock of London, every household is looked
 * at one by one, and standard errors are sums over households.
 */
export interface ReferenceQuestion {
  readonly from: string;
  readonly to: string;
  readonly asAt: string;
  /** The wall clock of London when the report is asked for. */
  readonly nowLocal: string;
  readonly bankHolidays: readonly string[];
}

type Row = Readonly<Record<string, string>>;

const AUTHORITIES: Readonly<Record<string, string>> = {
  derby: 'derby',
  derbyshire: 'derbyshire',
  nottingham: 'nottingham',
  nottinghamshire: 'nottinghamshire',
  E06000015: 'derby',
  E10000007: 'derbyshire',
  E06000018: 'nottingham',
  E10000024: 'nottinghamshire',
  '': 'unrouted',
};
const STEPS = ['enquiry', 'initial_application', 'home_visit', 'application', 'stage_1', 'stage_2', 'panel', 'approved'];
const Z = 1.959963984540054;

/** The figures of one block of the report. */
export type ReferenceBlock = ReturnType<typeof blockOf>;

/** Every figure for the rows of a file, in total and by authority. Rows without authority must have no postcode. */
export function referenceKpi(csv: string, question: ReferenceQuestion): { total: ReferenceBlock; byAuthority: Record<string, ReferenceBlock> } {
  const rows = parse<Row>(csv, { columns: true, bom: true, skip_empty_lines: true });
  const byAuthority: Record<string, ReferenceBlock> = {};
  for (const authority of ['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'unrouted']) {
    byAuthority[authority] = blockOf(rows.filter((row) => AUTHORITIES[row.authority ?? ''] === authority), question);
  }
  return { total: blockOf(rows, question), byAuthority };
}

// ---- Dates and hours, on the wall clock of London

function dayNumber(date: string): number {
  return Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / 86_400_000;
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function monthsLater(date: string, months: number): string {
  const [year, month, day] = [+date.slice(0, 4), +date.slice(5, 7) - 1 + months, +date.slice(8, 10)];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
}

const LONDON = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
});

/** The wall clock in London of a moment as an import file writes it. */
export function wallClock(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00`;
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return LONDON.format(new Date(text)).replace(' ', 'T');
  return text.slice(0, 16);
}

function isWorkingDay(date: string, bankHolidays: readonly string[]): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !bankHolidays.includes(date);
}

function workingDayAfter(date: string, bankHolidays: readonly string[]): string {
  let next = dateOf(dayNumber(date) + 1);
  while (!isWorkingDay(next, bankHolidays)) next = dateOf(dayNumber(next) + 1);
  return next;
}

/** When the first-response clock starts: at once while the hub is open from nine to five, else at the next opening. */
function clockStart(received: string, bankHolidays: readonly string[]): string {
  const [date, time] = [received.slice(0, 10), received.slice(11)];
  if (isWorkingDay(date, bankHolidays)) {
    if (time < '09:00') return `${date}T09:00`;
    if (time < '17:00') return received;
  }
  return `${workingDayAfter(date, bankHolidays)}T09:00`;
}

function minuteOfDay(moment: string): number {
  return +moment.slice(11, 13) * 60 + +moment.slice(14, 16);
}

/** Minutes of opening hours, counted day by day. */
function openMinutes(from: string, to: string, bankHolidays: readonly string[]): number {
  let minutes = 0;
  for (let day = dayNumber(from); day <= dayNumber(to); day += 1) {
    const date = dateOf(day);
    if (!isWorkingDay(date, bankHolidays)) continue;
    const first = date === from.slice(0, 10) ? Math.max(540, minuteOfDay(from)) : 540;
    const last = date === to.slice(0, 10) ? Math.min(1020, minuteOfDay(to)) : 1020;
    minutes += Math.max(0, last - first);
  }
  return minutes;
}

// ---- One household, as it stood at the cut

interface Household {
  readonly enquiredOn: string;
  readonly reached: number;
  readonly approvedOn: string | null;
  readonly applicationOn: string | null;
  readonly closed: { readonly on: string; readonly by: string; readonly reason: string } | null;
  readonly response: { readonly counted: boolean; readonly within: boolean; readonly minutes: number | null };
}

function householdOf(row: Row, { asAt, nowLocal, bankHolidays }: ReferenceQuestion): Household {
  const by = (date: string | undefined): string | null => (date && date <= asAt ? date : null);
  const received = wallClock(row.received_at ?? '');
  let reached = 0;
  STEPS.forEach((step, index) => {
    if (index > 0 && by(row[`${step}_on`])) reached = index;
  });
  const closedOn = by(row.closed_on);

  const start = clockStart(received, bankHolidays);
  const due = `${workingDayAfter(start.slice(0, 10), bankHolidays)}T17:00`;
  const endOfCut = `${asAt}T24:00` < nowLocal ? `${asAt}T24:00` : nowLocal;
  const answeredAt = row.first_response_at ? wallClock(row.first_response_at) : null;
  const answered = answeredAt !== null && answeredAt <= endOfCut ? answeredAt : null;
  return {
    enquiredOn: received.slice(0, 10),
    reached,
    approvedOn: by(row.approved_on),
    applicationOn: by(row.application_on),
    closed: closedOn ? { on: closedOn, by: row.closed_by ?? '', reason: row.closed_reason ?? '' } : null,
    response: {
      counted: answered !== null || due < endOfCut,
      within: answered !== null && answered <= due,
      minutes: answered === null ? null : answered <= start ? 0 : openMinutes(start, answered, bankHolidays),
    },
  };
}

// ---- Figures

function share(having: number, base: number): number | null {
  return base === 0 ? null : having / base;
}

function quantile(values: readonly number[], fraction: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((left, right) => left - right);
  const position = (sorted.length - 1) * fraction;
  const [below, above] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
  return below * (1 - (position % 1)) + above * (position % 1);
}

function average(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function wilson(having: number, base: number): { low: number | null; high: number | null } {
  if (base === 0) return { low: null, high: null };
  // The two roots in p of (having/base − p)² = z² p (1 − p) / base.
  const observed = having / base;
  const [a, b, c] = [1 + (Z * Z) / base, -(2 * observed + (Z * Z) / base), observed * observed];
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  return { low: (-b - root) / (2 * a), high: (-b + root) / (2 * a) };
}

/** Approval by each of these days, with the influence of every household followed through every day. */
function incidenceOfApproval(subjects: readonly { days: number; ending: string }[], atDays: readonly number[]) {
  const influence = subjects.map(() => ({ free: 0, approved: 0 }));
  const days = [...new Set(subjects.filter(({ ending }) => ending !== 'open').map((subject) => subject.days))].sort((a, b) => a - b);
  let [free, approved, next] = [1, 0, 0];
  return atDays.map((until) => {
    for (; next < days.length && days[next]! <= until; next += 1) {
      const day = days[next]!;
      const atRisk = subjects.filter((subject) => subject.days >= day).length;
      const ended = subjects.filter((subject) => subject.days === day && subject.ending !== 'open').length;
      const approvals = subjects.filter((subject) => subject.days === day && subject.ending === 'approved').length;
      subjects.forEach((subject, index) => {
        const own = influence[index]!;
        own.approved += (own.free * approvals) / atRisk;
        if (subject.days >= day) {
          own.approved += (free / atRisk) * ((subject.days === day && subject.ending === 'approved' ? 1 : 0) - approvals / atRisk);
        }
        own.free *= 1 - ended / atRisk;
        if (subject.days >= day) {
          own.free -= (free / atRisk) * ((subject.days === day && subject.ending !== 'open' ? 1 : 0) - ended / atRisk);
        }
      });
      approved += (free * approvals) / atRisk;
      free *= 1 - ended / atRisk;
    }
    const atRisk = subjects.filter((subject) => subject.days >= until).length;
    const unknown = atRisk === 0 && (subjects.length === 0 || subjects.some(({ ending }) => ending === 'open'));
    if (unknown) return { days: until, atRisk, estimate: null, stdErr: null, low: null, high: null };
    const stdErr = Math.sqrt(influence.reduce((sum, own) => sum + own.approved * own.approved, 0));
    if (approved < 1e-12 || approved > 1 - 1e-12) return { days: until, atRisk, estimate: approved, stdErr, low: null, high: null };
    const width = (Z * stdErr) / (approved * Math.log(approved));
    const limits = [approved ** Math.exp(width), approved ** Math.exp(-width)].sort((a, b) => a - b);
    return { days: until, atRisk, estimate: approved, stdErr, low: limits[0]!, high: limits[1]! };
  });
}

function count<Item>(items: readonly Item[], is: (item: Item) => boolean): number {
  return items.filter(is).length;
}

function perStep(steps: readonly string[], figure: (index: number) => number): Record<string, number> {
  return Object.fromEntries(steps.map((step, index) => [step, figure(index)]));
}

function daysToApproval(spans: readonly { from: string; on: string }[], months: number) {
  const days = spans.map(({ from, on }) => dayNumber(on) - dayNumber(from));
  const within = count(spans, ({ from, on }) => on <= monthsLater(from, months));
  return {
    figures: { approvals: spans.length, medianDays: quantile(days, 0.5), meanDays: average(days), p90Days: quantile(days, 0.9) },
    within,
    rate: share(within, spans.length),
  };
}

function blockOf(rows: readonly Row[], question: ReferenceQuestion) {
  const { from, to, asAt } = question;
  const known = rows.filter((row) => wallClock(row.received_at ?? '').slice(0, 10) <= asAt).map((row) => householdOf(row, question));
  const inPeriod = (date: string): boolean => date >= from && date <= to;
  const received = known.filter(({ enquiredOn }) => inPeriod(enquiredOn));
  const isExcluded = ({ closed }: Household): boolean => ['duplicate', 'not_an_enquiry', 'kinship'].includes(closed?.reason ?? '');
  const enquiries = received.filter((household) => !isExcluded(household));
  const n = enquiries.length;
  const approvals = known.flatMap((household) =>
    !isExcluded(household) && household.approvedOn && inPeriod(household.approvedOn) ? [{ ...household, approvedOn: household.approvedOn }] : [],
  );
  const approved = count(enquiries, ({ approvedOn }) => approvedOn !== null);
  const closed = enquiries.flatMap(({ closed: close, reached }) => (close ? [{ ...close, reached }] : []));
  const open = enquiries.filter((household) => !household.approvedOn && !household.closed);
  const responses = enquiries.map(({ response }) => response).filter(({ counted }) => counted);
  const hours = responses.flatMap(({ minutes }) => (minutes === null ? [] : [minutes / 60]));
  const within = count(responses, (response) => response.within);
  const reached = (index: number): number => count(enquiries, (household) => household.reached >= index);
  const closedAt = (index: number): number => count(closed, (close) => close.reached === index);
  const beforeApproval = STEPS.slice(0, 7);

  const subjects = enquiries.map(({ enquiredOn, approvedOn, closed: close }) => ({
    days: dayNumber(approvedOn ?? close?.on ?? asAt) - dayNumber(enquiredOn),
    ending: approvedOn ? 'approved' : (close?.by ?? 'open'),
  }));
  const turnaround = daysToApproval(approvals.map(({ enquiredOn, approvedOn }) => ({ from: enquiredOn, on: approvedOn })), 6);
  const processing = daysToApproval(
    approvals.flatMap(({ applicationOn, approvedOn }) => (applicationOn ? [{ from: applicationOn, on: approvedOn }] : [])),
    8,
  );
  const byReason: Record<string, number> = {};
  for (const { reason } of closed) byReason[reason] = (byReason[reason] ?? 0) + 1;

  return {
    contacts: received.length,
    excluded: Object.fromEntries(
      ['duplicate', 'not_an_enquiry', 'kinship'].map((reason) => [reason, count(received, (household) => household.closed?.reason === reason)]),
    ),
    enquiries: n,
    firstResponse: {
      counted: responses.length,
      withinStandard: within,
      rate: share(within, responses.length),
      medianWorkingHours: quantile(hours, 0.5),
      p90WorkingHours: quantile(hours, 0.9),
    },
    funnel: perStep(STEPS, reached),
    conversion: {
      period: { approvals: approvals.length, enquiries: n, rate: share(approvals.length, n) },
      cohort: { approved, enquiries: n, rate: share(approved, n), ...wilson(approved, n) },
      estimated: incidenceOfApproval(subjects, [183, 274, 365]),
    },
    dropOut: {
      closed: closed.length,
      rate: share(closed.length, n),
      byStage: perStep(beforeApproval, closedAt),
      byWho: Object.fromEntries(['applicant', 'service', 'no_contact'].map((who) => [who, count(closed, ({ by }) => by === who)])),
      byReason,
      steps: Object.fromEntries(
        beforeApproval.map((step, index) => [step, { reached: reached(index), closed: closedAt(index), rate: share(closedAt(index), reached(index)) }]),
      ),
    },
    turnaround: { ...turnaround.figures, withinSixMonths: turnaround.within, rate: turnaround.rate },
    processing: { ...processing.figures, withinEightMonths: processing.within, rate: processing.rate },
    openNow: {
      total: open.length,
      byStage: perStep(beforeApproval, (index) => count(open, (household) => household.reached === index)),
      pastSixMonths: count(open, ({ enquiredOn }) => monthsLater(enquiredOn, 6) < asAt),
    },
  };
}
