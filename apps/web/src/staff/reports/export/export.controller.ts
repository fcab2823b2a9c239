import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { Transactions } from '@app/database';
import { addMonthsClamped, Clock, dateInWords, financialYearOf, localDateOf, momentInWords } from '@app/kernel';
import { EXTRACT_COLUMNS, EXTRACT_WARNING, type ExportedFile, ExportFigures, type ExportRefusal, type ExportSubject, MOST_ROWS, savedReport } from '@app/publications';
import { REPORT_REFUSALS } from '@app/reports';
import { Body, Controller, Get, NotFoundException, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { formRefused, type FormValues, readForm, valuesOf } from '../../../platform/forms';
import { page, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { count, type FormError } from '../../../platform/words';
import { reportPlaces } from '../report-places';
import { periodInWords, savedPath, subjectInWords } from '../saved/saved-report.page';
import { EXPORT_PATH, exportForm, exportSubject, rowsForm, SUBJECT_PARTS } from './export.form';

const ROWS_PATH = '/staff/reports/rows';

/** Files to take away: whoever takes one says for whom and why, and that is written into the trail. */
@Controller('staff/reports')
@Access('reports.export')
export class ExportController {
  constructor(
    private readonly exportFigures: ExportFigures,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get('export')
  async ask(@Req() request: Request, @Res() response: Response, @Query() query: Record<string, unknown>): Promise<void> {
    await this.askFor(request, response, query, [], { format: 'xlsx', readership: 'inside' });
  }

  @Post('export')
  async take(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const asked = valuesOf(body);
    const subject = exportSubject(asked, this.clock.now());
    if (subject === null) throw new NotFoundException();
    const form = readForm(exportForm, body);
    if (!form.ok) return this.askFor(request, response, asked, form.errors, form.values);
    const made = await this.exportFigures.run(actorOf(request), { subject, ...form.value });
    if (made.ok) return send(response, made.value);
    const again = formRefused(body, refusalInWords(made.refusal));
    await this.askFor(request, response, asked, again.errors, again.values);
  }

  @Get('rows')
  @Access('reports.rows')
  async askRows(@Req() request: Request, @Res() response: Response): Promise<void> {
    const today = localDateOf(this.clock.now());
    await this.askForRows(request, response, [], { from: financialYearOf(addMonthsClamped(today, -12)).from, to: today, format: 'csv' });
  }

  @Post('rows')
  @Access('reports.rows')
  async takeRows(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(rowsForm, body);
    if (!form.ok) return this.askForRows(request, response, form.errors, form.values);
    const { from, to, format, reason } = form.value;
    const made = await this.exportFigures.run(actorOf(request), { subject: { what: 'rows', period: { from, to } }, format, readership: 'inside', reason });
    if (made.ok) return send(response, made.value);
    const again = formRefused(body, refusalInWords(made.refusal));
    await this.askForRows(request, response, again.errors, again.values);
  }

  private async askFor(request: Request, response: Response, asked: Readonly<Record<string, unknown>>, errors: readonly FormError[], values: FormValues): Promise<void> {
    const subject = exportSubject(asked, this.clock.now());
    const about = subject === null ? null : await this.about(request, subject);
    if (subject === null || about === null) throw new NotFoundException();
    const formats = [{ value: 'xlsx', text: 'Excel (XLSX)', hint: 'With notes and definitions' }, { value: 'ods', text: 'OpenDocument (ODS)', hint: 'The format in which government publishes sheets; with notes and definitions' }, { value: 'csv', text: 'CSV', hint: 'The figures alone, for other programs' }, ...(subject.what === 'year' ? [] : [{ value: 'json', text: 'JSON', hint: 'With every digit; not for publication' }])];
    await page(
      response,
      'staff/reports/export/export',
      { title: 'Take a report away', about, errors, values, formats, action: EXPORT_PATH, subject: SUBJECT_PARTS.flatMap((name) => (typeof asked[name] === 'string' ? [{ name, value: asked[name] }] : [])) },
      errors.length === 0 ? 200 : UNPROCESSABLE,
    );
  }

  /** What the file is of, and the way back; null when there is no such thing for this actor. */
  private async about(request: Request, subject: ExportSubject): Promise<{ readonly lines: readonly string[]; readonly backHref: string } | null> {
    switch (subject.what) {
      case 'kpi': {
        const { from, to, asAt, knownAt, authority } = subject.question;
        const of = AUTHORITY_CODES.find((code) => code === authority);
        const whose = of === undefined ? 'The report of everything in your reach' : `The report for ${AUTHORITY_NAMES[of]}`;
        return { lines: [whose, `${dateInWords(from)} to ${dateInWords(to)}`, asAt == null ? 'As at now' : `As at the end of ${dateInWords(asAt)}`, ...(knownAt == null ? [] : [`As it was known on ${momentInWords(knownAt)}`])], backHref: '/staff/reports' };
      }
      case 'saved': {
        const report = await this.transactions.read(actorOf(request), (tx) => savedReport(tx, subject.reportId));
        return report === null ? null : { lines: [`The saved report: ${subjectInWords(report.authority)}, ${periodInWords(report.cadence, report.from, report.to)}`, `Version ${String(report.version)}`], backHref: savedPath(report.id) };
      }
      case 'year': {
        const year = financialYearOf(subject.inYearOf);
        return year.from > localDateOf(this.clock.now()) ? null : { lines: [`The year ${year.label} as Ofsted counts it`], backHref: `/staff/reports/year?from=${year.from}` };
      }
      case 'rows':
        return null;
    }
  }

  private async askForRows(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const formats = [{ value: 'csv', text: 'CSV', hint: 'The rows alone' }, { value: 'xlsx', text: 'Excel (XLSX)', hint: 'With the data dictionary' }, { value: 'ods', text: 'OpenDocument (ODS)', hint: 'With the data dictionary' }];
    await page(
      response,
      'staff/reports/export/rows',
      { title: 'Rows for analysis', places: reportPlaces(actorOf(request), ROWS_PATH), warning: EXTRACT_WARNING, errors, values, formats, action: ROWS_PATH, dictionary: EXTRACT_COLUMNS.map(({ name, type, meaning, codes }) => [{ text: name }, { text: type }, { text: meaning }, { text: codes?.join(', ') ?? '' }]) },
      errors.length === 0 ? 200 : UNPROCESSABLE,
    );
  }
}

function send(response: Response, { name, type, content }: ExportedFile): void {
  response.setHeader('Cache-Control', 'no-store');
  response.status(200).attachment(name).type(type).send(content);
}

function refusalInWords(refusal: ExportRefusal): FormError {
  switch (refusal) {
    case 'not_allowed':
    case 'not_there':
    case 'not_begun':
    case 'unknown_authority':
      throw new NotFoundException();
    case 'no_reason':
      return { field: 'reason', text: 'Say what you need it for' };
    case 'format_not_offered':
      return { field: 'format', text: 'JSON holds every digit and is not for publication: choose another format' };
    case 'too_many_rows':
      return { field: 'to', text: `There are more than ${count(MOST_ROWS)} enquiries between these days: choose fewer` };
    case 'period_ends_before_it_starts':
      return { field: 'to', text: 'The last day is before the first: change one of them' };
    case 'as_at_in_the_future':
    case 'known_at_in_the_future':
      return { field: 'reason', text: `Go back and ask again: ${REPORT_REFUSALS[refusal]}` };
  }
}
