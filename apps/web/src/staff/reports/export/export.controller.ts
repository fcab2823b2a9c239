import { addDays, addMonthsClamped, Clock, financialYearOf, localDate, localDateOf } from '@app/kernel';
import { EXTRACT_COLUMNS, EXTRACT_WARNING, type ExportedFile, ExportFigures, type ExportRefusal, type ExportSubject, MOST_ROWS, PrepareExport } from '@app/publications';
import { REPORT_REFUSALS } from '@app/reports';
import { Body, Controller, Get, NotFoundException, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { formRefused, type FormValues, readForm, valuesOf } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { count, type FormError } from '../../../platform/words';
import { reportPlaces } from '../report-places';
import { readReport, reportPath } from '../report-question';
import { savedPath } from '../saved/saved-report.page';
import { EXPORT_PATH, exportForm, exportSubject, rowsForm, SUBJECT_PARTS } from './export.form';
import { aboutFile } from './export.page';

const ROWS_PATH = '/staff/reports/rows';

/** Files to take away: whoever takes one says for whom and why, and that is written into the trail. */
@Controller('staff/reports')
@Access('reports.export')
export class ExportController {
  constructor(
    private readonly exportFigures: ExportFigures,
    private readonly prepareExport: PrepareExport,
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
    const again = formRefused(body, refusalInWords(made.refusal, 'readership'));
    await this.askFor(request, response, asked, again.errors, again.values);
  }

  @Get('rows')
  @Access('reports.rows')
  async askRows(@Req() request: Request, @Res() response: Response): Promise<void> {
    const today = localDateOf(this.clock.now());
    await this.askForRows(request, response, [], { from: financialYearOf(addMonthsClamped(today, -12)).from, to: addDays(localDate(`${today.slice(0, 7)}-01`), -1), format: 'csv' });
  }

  @Post('rows')
  @Access('reports.rows')
  async takeRows(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(rowsForm, body);
    if (!form.ok) return this.askForRows(request, response, form.errors, form.values);
    const { from, to, format, reason } = form.value;
    const made = await this.exportFigures.run(actorOf(request), { subject: { what: 'rows', period: { from, to } }, format, readership: 'inside', reason });
    if (made.ok) return send(response, made.value);
    const again = formRefused(body, refusalInWords(made.refusal, 'rows'));
    await this.askForRows(request, response, again.errors, again.values);
  }

  private async askFor(request: Request, response: Response, asked: Readonly<Record<string, unknown>>, errors: readonly FormError[], values: FormValues): Promise<void> {
    const subject = exportSubject(asked, this.clock.now());
    const prepared = subject === null ? null : await this.prepareExport.run(actorOf(request), subject);
    // What is wrong with a question about the report is said on its page, beside the control.
    const reportHref = reportPath(readReport(asked, this.clock.now()).written);
    if (asked.what === 'kpi' && (prepared === null || (!prepared.ok && prepared.refusal !== 'unknown_authority'))) return redirectTo(response, reportHref);
    if (subject === null || prepared?.ok !== true) throw new NotFoundException();
    const formats = [{ value: 'xlsx', text: 'Excel (XLSX)', hint: 'With notes and definitions' }, { value: 'ods', text: 'OpenDocument (ODS)', hint: 'The format in which government publishes sheets; with notes and definitions' }, { value: 'csv', text: 'CSV', hint: 'For other programs; without the definitions' }, ...(subject.what === 'year' ? [] : [{ value: 'json', text: 'JSON', hint: 'With every digit; not for publication' }])];
    await page(
      response,
      'staff/reports/export/export',
      { title: 'Take a report away', about: aboutFile(subject, prepared.value), backHref: backFrom(subject, reportHref), errors, values, formats, action: EXPORT_PATH, subject: SUBJECT_PARTS.flatMap((name) => (typeof asked[name] === 'string' ? [{ name, value: asked[name] }] : [])) },
      errors.length === 0 ? 200 : UNPROCESSABLE,
    );
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

/** The page that led here, with its question. */
function backFrom(subject: ExportSubject, reportHref: string): string {
  if (subject.what === 'saved') return savedPath(subject.reportId);
  return subject.what === 'year' ? `/staff/reports/year?from=${subject.inYearOf}` : reportHref;
}

const WHOLE_MONTHS = 'Copies for publication are of whole calendar months';

function send(response: Response, { name, type, content }: ExportedFile): void {
  response.setHeader('Cache-Control', 'no-store');
  response.status(200).attachment(name).type(type).send(content);
}

function refusalInWords(refusal: ExportRefusal, form: 'readership' | 'rows'): FormError {
  switch (refusal) {
    case 'not_allowed':
    case 'not_there':
    case 'not_begun':
    case 'not_begun_when_known':
    case 'unknown_authority':
      throw new NotFoundException();
    case 'no_reason':
      return { field: 'reason', text: 'Say what you need it for' };
    case 'format_not_offered':
      return { field: 'format', text: 'JSON holds every digit and is not for publication: choose another format' };
    case 'begins_within_a_month':
      return form === 'rows' ? { field: 'from', text: 'Rows have months instead of days: choose the first day of a month' } : { field: 'readership', text: `${WHOLE_MONTHS}: this one begins within a month` };
    case 'ends_within_a_month':
      return form === 'rows' ? { field: 'to', text: 'Rows have months instead of days: choose the last day of a month' } : { field: 'readership', text: `${WHOLE_MONTHS}: this one ends within a month` };
    case 'month_in_progress':
      return { field: 'to', text: 'Choose the last day of a month that is over: of this one, tomorrow’s file less today’s would tell who came today' };
    case 'copies_beside':
      return { field: 'noneOf', text: 'Say that none of the copies that were taken before has been or will be published' };
    case 'too_many_rows':
      return { field: 'to', text: `There are more than ${count(MOST_ROWS)} enquiries between these days: choose fewer` };
    case 'period_ends_before_it_starts':
      return { field: 'to', text: 'The last day is before the first: change one of them' };
    case 'as_at_in_the_future':
    case 'known_at_in_the_future':
      return { field: 'reason', text: `Go back and ask again: ${REPORT_REFUSALS[refusal]}` };
  }
}
