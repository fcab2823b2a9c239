import { may, type StaffActor } from '@app/access';
import { system, Transactions } from '@app/database';
import { addMonthsClamped, Clock, dateInWords, financialYearOf, type LocalDate, localDateOf, momentInWords, parseLocalDate, refused, type Result } from '@app/kernel';
import { columnName, CountOfstedYear, faultCounts, type OfstedYear, reconciliation, YEAR_DEFINITIONS, YEAR_LINES, type YearColumn, type YearRefusal } from '@app/publications';
import { authoritiesInReach, readKnownAt } from '@app/reports';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { count, type FormError } from '../../../platform/words';
import { reportPlaces } from '../report-places';
import { noDate, written } from '../report-question';

const PATH = '/staff/reports/year';

/** Why a year is not counted, beside the control that says which. */
const REFUSALS: Readonly<Record<YearRefusal, FormError>> = {
  not_begun: { field: 'from', text: 'That year has not begun: choose a day up to today' },
  not_there: { field: 'from', text: 'No report reaches that far back: choose a year from 1900–01' },
  known_at_in_the_future: { field: 'knownAt', text: 'This moment lies in the future: choose now or an earlier moment' },
  not_begun_when_known: { field: 'knownAt', text: 'The year had not begun then: choose a later moment, or an earlier year' },
};

/** The year as Ofsted and the Department count it, with the proof that it balances. */
@Controller('staff/reports/year')
@Access('reports.read')
export class YearController {
  constructor(
    private readonly countOfstedYear: CountOfstedYear,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const { written, counted } = await this.count(actor, query, today);
    const frame = {
      places: reportPlaces(actor, PATH),
      years: [0, -12, -24].map((months) => financialYearOf(addMonthsClamped(today, months))).map((year) => ({ text: year.label, href: `${PATH}?from=${year.from}`, current: counted.ok && year.from === counted.value.period.from })),
      written,
    };
    if (!counted.ok) return page(response, 'staff/reports/year/year', { title: 'The year as Ofsted counts it', ...frame, errors: counted.refusal, year: null }, UNPROCESSABLE);
    const { period, asAt, knownAt, columns, generatedAt } = counted.value;
    const toMend = await this.transactions.read(system('data-quality'), (tx) => faultCounts(tx, this.clock.now(), authoritiesInReach(actor)));
    const named = Object.entries(columns).map(([scope, column]) => ({ name: Object.keys(columns).length === 1 ? 'Count' : columnName(scope), column }));
    await page(response, 'staff/reports/year/year', {
      title: `The year ${financialYearOf(period.from).label} as Ofsted counts it`,
      ...frame,
      errors: [],
      year: {
        about: `${dateInWords(period.from)} to ${dateInWords(period.to)}, as at the end of ${dateInWords(asAt)}${knownAt === null ? '' : `, as it was known on ${momentInWords(knownAt)}`}. Made on ${momentInWords(generatedAt)}.`,
        ofThen: knownAt !== null,
        proofs: proofs(named),
        tables: tables(named),
        unknownPlaces: named[0] === undefined ? 0 : named[0].column.approvals.households - named[0].column.approvals.withTerms,
        toMend: toMend.reduce((sum, fault) => sum + fault.count, 0),
        definitions: YEAR_DEFINITIONS,
        exportHref: may(actor, 'reports.export') ? `/staff/reports/export?${new URLSearchParams({ what: 'year', from: period.from, ...(knownAt === null ? {} : { knownAt: knownAt.toISOString() }) }).toString()}` : null,
      },
    });
  }

  /** The year that the address asks for, as it was written and as it is counted; without a day, the year of today. */
  private async count(actor: StaffActor, query: Readonly<Record<string, unknown>>, today: LocalDate): Promise<{ readonly written: WrittenYear; readonly counted: Result<OfstedYear, readonly FormError[]> }> {
    const asked = { from: written(query['from']) || financialYearOf(today).from, knownAt: written(query['knownAt']) };
    const [inYearOf, knownAt] = [parseLocalDate(asked.from), readKnownAt(asked.knownAt, this.clock.now())];
    if (inYearOf === null || !knownAt.ok) {
      const wrong = [...(inYearOf === null ? [{ field: 'from', text: noDate(asked.from) }] : []), ...(knownAt.ok ? [] : [{ field: 'knownAt', text: knownAt.refusal }])];
      return { written: asked, counted: refused(wrong) };
    }
    const counted = await this.countOfstedYear.run(actor, inYearOf, knownAt.value);
    return { written: asked, counted: counted.ok ? counted : refused([REFUSALS[counted.refusal]]) };
  }
}

type WrittenYear = Readonly<Record<'from' | 'knownAt', string>>;

interface NamedColumn {
  readonly name: string;
  readonly column: YearColumn;
}

/** Of each book, whether both sides are equal: for all, and for each authority. */
function proofs(named: readonly NamedColumn[]) {
  return (['enquiries', 'applications'] as const).map((which) => {
    const [first] = named;
    const off = named.filter(({ column }) => !reconciliation(column[which]).balances).map(({ name }) => name);
    const sides = first === undefined ? { in: 0, out: 0 } : reconciliation(first.column[which]);
    const book = first?.column[which];
    const cameIn = (book?.received ?? 0) + (book?.reopened ?? 0) + (book?.movedIn ?? 0);
    return {
      book: which === 'enquiries' ? 'Enquiries' : 'Applications',
      balances: off.length === 0,
      off,
      sentence: `${count(book?.opening)} in hand at the start + ${count(cameIn)} come in = ${count(sides.in)}; ${count(sides.out - (book?.closing ?? 0))} gone out + ${count(book?.closing)} in hand at the end = ${count(sides.out)}.`,
    };
  });
}

function tables(named: readonly NamedColumn[]) {
  return [...new Set(YEAR_LINES.map(({ section }) => section))].map((section) => ({
    caption: section,
    head: [{ text: 'Line' }, ...named.map(({ name }) => ({ text: name, numeric: true }))],
    rows: YEAR_LINES.filter((line) => line.section === section).map(({ name, of, total }) => [{ text: name, classes: total === true ? 'hub-total' : '' }, ...named.map(({ column }) => ({ text: count(of(column)), numeric: true, classes: total === true ? 'hub-total' : '' }))]),
    firstCellIsHeader: true,
  }));
}
