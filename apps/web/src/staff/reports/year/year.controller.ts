import { may } from '@app/access';
import { system, Transactions } from '@app/database';
import { addMonthsClamped, Clock, dateInWords, financialYearOf, localDateOf, momentInWords, parseLocalDate } from '@app/kernel';
import { columnName, CountOfstedYear, faultCounts, reconciliation, YEAR_DEFINITIONS, YEAR_LINES, type YearColumn } from '@app/publications';
import { authoritiesInReach } from '@app/reports';
import { Controller, Get, NotFoundException, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { count } from '../../../platform/words';
import { reportPlaces } from '../report-places';

const PATH = '/staff/reports/year';

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
  async show(@Req() request: Request, @Res() response: Response, @Query('from') from: unknown): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const asked = typeof from === 'string' && from !== '' ? parseLocalDate(from) : today;
    const counted = asked === null ? null : await this.countOfstedYear.run(actor, asked);
    if (counted?.ok !== true) throw new NotFoundException();
    const { period, asAt, columns, generatedAt } = counted.value;
    const toMend = await this.transactions.read(system('data-quality'), (tx) => faultCounts(tx, this.clock.now(), authoritiesInReach(actor)));
    const named = Object.entries(columns).map(([scope, column]) => ({ name: Object.keys(columns).length === 1 ? 'Count' : columnName(scope), column }));
    await page(response, 'staff/reports/year/year', {
      title: `The year ${financialYearOf(period.from).label} as Ofsted counts it`,
      places: reportPlaces(actor, PATH),
      years: [0, -12, -24].map((months) => financialYearOf(addMonthsClamped(today, months))).map((year) => ({ text: year.label, href: `${PATH}?from=${year.from}`, current: year.from === period.from })),
      about: `${dateInWords(period.from)} to ${dateInWords(period.to)}, as at the end of ${dateInWords(asAt)}. Made on ${momentInWords(generatedAt)}.`,
      proofs: proofs(named),
      tables: tables(named),
      unknownPlaces: named[0] === undefined ? 0 : named[0].column.approvals.households - named[0].column.approvals.withTerms,
      toMend: toMend.reduce((sum, fault) => sum + fault.count, 0),
      definitions: YEAR_DEFINITIONS,
      exportHref: may(actor, 'reports.export') ? `/staff/reports/export?${new URLSearchParams({ what: 'year', from: period.from }).toString()}` : null,
    });
  }
}

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
