import { type HeldRole, may, ROLE_NAMES, type StaffActor, staffWhoMay } from '@app/access';
import { AUTHORITY_CODES, AUTHORITY_NAMES, type AuthorityCode, type Council } from '@app/authorities';
import { Transactions } from '@app/database';
import { CADENCE_NAMES, CADENCES, KeepRecipients, mayKeepList, reportRecipients, REVISED_FOR_MONTHS, type SavedReport, savedReport, SAVED_REPORTS_PAGE, type SavedReportsPage, savedReportsPage, SignReportOff, type SignRefusal, WriteCommentary } from '@app/publications';
import { authoritiesInReach } from '@app/reports';
import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../../platform/access';
import { formRefused, type FormValues, readForm } from '../../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { count, countOf, type FormError } from '../../../platform/words';
import { reportPlaces } from '../report-places';
import { listedReport, periodInWords, savedPath, savedReportPage, subjectInWords } from './saved-report.page';

const PATH = '/staff/reports/saved';
const commentaryForm = z.object({ words: z.string('Write the commentary').trim().min(1, 'Write the commentary').max(10_000, 'Use at most 10,000 characters') });
const signForm = z.object({ commentary: z.uuid('Read the commentary first') });
const recipientForm = z.object({ of: z.enum(['hub', ...AUTHORITY_CODES], 'Choose a report'), staff: z.uuid('Choose a colleague') });

const REFUSALS: Readonly<Record<Exclude<SignRefusal, 'not_there'>, string>> = {
  signed_already: 'A colleague has signed this report off meanwhile. It stays as it is',
  newer_version: 'History was corrected meanwhile: write about the newest version',
  no_commentary: 'An analyst writes the commentary first',
  commentary_changed: 'The commentary was changed meanwhile. Read it again, then sign',
};

/** Reports that were saved of months and quarters: their figures, commentary, signature, versions, and who is told of them. */
@Controller('staff/reports/saved')
@Access('reports.read')
export class SavedReportsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly writeCommentary: WriteCommentary,
    private readonly signReportOff: SignReportOff,
    private readonly keepRecipients: KeepRecipients,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response, @Query() query: Readonly<Record<string, unknown>>): Promise<void> {
    const actor = actorOf(request);
    const subjects = subjectsOf(actor);
    const of = subjects.find(({ value }) => value === query['of']);
    const cadence = CADENCES.find((one) => one === query['cadence']) ?? null;
    const given = typeof query['page'] === 'string' && /^\d{1,4}$/.test(query['page']) ? Math.max(1, Number(query['page'])) : 1;
    const shown = await this.transactions.read(actor, (tx) => savedReportsPage(tx, { cadence, ...(of === undefined ? {} : { authority: of.authority }) }, given));
    await page(response, 'staff/reports/saved/saved-reports', {
      title: 'Saved reports',
      places: reportPlaces(actor, PATH),
      subjects: subjects.length < 2 ? [] : [{ value: '', text: 'All' }, ...subjects.map(({ value, text }) => ({ value, text }))],
      cadences: [{ value: '', text: 'All' }, ...CADENCES.map((value) => ({ value, text: CADENCE_NAMES[value] }))],
      values: { of: of?.value ?? '', cadence: cadence ?? '' },
      revisedForMonths: REVISED_FOR_MONTHS,
      reports: shown.listed.map(listedReport),
      pages: pagesOf(shown, { of: of?.value ?? '', cadence: cadence ?? '' }),
    });
  }

  @Get('recipients')
  async recipients(@Req() request: Request, @Res() response: Response, @Query('of') of: unknown): Promise<void> {
    await this.showRecipients(request, response, [], typeof of === 'string' ? { of } : {});
  }

  @Post('recipients')
  async addRecipient(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(recipientForm, body);
    if (!form.ok) return this.showRecipients(request, response, form.errors, form.values);
    const added = await this.keepRecipients.add(actorOf(request), { authority: councilOf(form.value.of), staffId: form.value.staff });
    if (!added.ok) {
      if (added.refusal === 'not_allowed') throw new NotFoundException();
      const again = formRefused(body, { field: 'staff', text: 'This colleague may not read that report: choose another, or another report' });
      return this.showRecipients(request, response, again.errors, again.values);
    }
    redirectTo(response, `${PATH}/recipients?of=${form.value.of}`, 'Added. They get a link when the next report is saved.');
  }

  @Post('recipients/remove')
  async removeRecipient(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(recipientForm, body);
    if (!form.ok) throw new NotFoundException();
    const removed = await this.keepRecipients.remove(actorOf(request), { authority: councilOf(form.value.of), staffId: form.value.staff });
    if (!removed.ok) throw new NotFoundException();
    redirectTo(response, `${PATH}/recipients`, 'Taken off the list.');
  }

  @Get(':id')
  async show(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    await this.showReport(request, response, id, [], {});
  }

  @Post(':id/commentary')
  @Access('reports.comment')
  async comment(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const form = readForm(commentaryForm, body);
    if (!form.ok) return this.showReport(request, response, id, form.errors, form.values);
    const written = await this.writeCommentary.run(actorOf(request), { reportId: reportId(id), words: form.value.words });
    if (!written.ok) return this.refuse(request, response, id, body, 'words', written.refusal);
    redirectTo(response, savedPath(id), 'The commentary is kept.');
  }

  @Post(':id/sign')
  @Access('reports.sign')
  async sign(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const form = readForm(signForm, body);
    if (!form.ok) return this.showReport(request, response, id, form.errors, {});
    const signed = await this.signReportOff.run(actorOf(request), { reportId: reportId(id), commentaryId: form.value.commentary });
    if (!signed.ok) return this.refuse(request, response, id, body, 'commentary', signed.refusal);
    redirectTo(response, savedPath(id), 'The report is signed off.');
  }

  private refuse(request: Request, response: Response, id: string, body: unknown, field: string, refusal: SignRefusal): Promise<void> {
    if (refusal === 'not_there') throw new NotFoundException();
    const again = formRefused(body, { field, text: REFUSALS[refusal] });
    return this.showReport(request, response, id, again.errors, again.values);
  }

  private async showReport(request: Request, response: Response, id: string, errors: readonly FormError[], values: FormValues): Promise<void> {
    const actor = actorOf(request);
    const report = await this.transactions.read(actor, (tx) => savedReport(tx, reportId(id)));
    const authority = report?.authority as AuthorityCode | null | undefined;
    if (report === null || !may(actor, 'reports.read', authority ?? null)) throw new NotFoundException();
    await page(response, 'staff/reports/saved/saved-report', { title: titleOf(report), report: savedReportPage(report), values: { words: report.commentary?.words ?? report.earlierWords ?? '', ...values }, errors, may: openTo(actor, report) }, errors.length === 0 ? 200 : UNPROCESSABLE);
  }

  private async showRecipients(request: Request, response: Response, errors: readonly FormError[], values: FormValues): Promise<void> {
    const actor = actorOf(request);
    const kept = subjectsOf(actor).filter(({ authority }) => mayKeepList(actor, authority));
    const chosen = kept.find(({ value }) => value === values['of']) ?? kept[0];
    const { recipients, colleagues } = await this.transactions.read(actor, async (tx) => ({ recipients: await reportRecipients(tx), colleagues: chosen === undefined ? [] : await staffWhoMay(tx, 'reports.read', chosen.authority) }));
    const isOn = (staffId: string): boolean => recipients.some((one) => one.staffId === staffId && one.authority === chosen?.authority);
    await page(
      response,
      'staff/reports/saved/recipients',
      {
        title: 'Who is told of saved reports',
        errors,
        values,
        subjects: kept.map(({ value, text }) => ({ value, text })),
        chosen: chosen ?? null,
        colleagues: [{ value: '', text: 'Choose a colleague' }, ...colleagues.filter(({ staffId }) => !isOn(staffId)).map(({ staffId, name, roles }) => ({ value: staffId, text: `${name} (${rolesInWords(roles)})` }))],
        recipients: recipients.map(({ authority, staffId, name, email }) => ({ of: authority ?? 'hub', ofWords: subjectInWords(authority), staffId, name, email, mayRemove: staffId === actor.staffId || mayKeepList(actor, authority as Council | null) })),
      },
      errors.length === 0 ? 200 : UNPROCESSABLE,
    );
  }
}

/** "Analyst, the hub; Team manager, Derby". */
function rolesInWords(roles: readonly HeldRole[]): string {
  return roles.map(({ role, authority }) => `${ROLE_NAMES[role]}, ${subjectInWords(authority)}`).join('; ');
}

/** The way to the pages before and after. */
function pagesOf({ listed, total, page: shown }: SavedReportsPage, filters: Readonly<Record<string, string>>) {
  const first = (shown - 1) * SAVED_REPORTS_PAGE + 1;
  const address = (to: number): string => `${PATH}?${new URLSearchParams(Object.entries({ ...filters, page: String(to) }).filter(([, value]) => value !== '')).toString()}`;
  return {
    showing: listed.length === 0 ? '' : `${count(first)} to ${count(first + listed.length - 1)} of ${countOf(total, 'report', 'reports')}`,
    previousHref: shown > 1 ? address(shown - 1) : null,
    nextHref: first + listed.length - 1 < total ? address(shown + 1) : null,
  };
}

/** What somebody may still do with a report. */
function openTo(actor: StaffActor, report: SavedReport) {
  const authority = report.authority as AuthorityCode | null;
  const open = report.signedAt === null && report.versions[0]?.id === report.id;
  return { comment: open && may(actor, 'reports.comment', authority), sign: open && report.commentary !== null && may(actor, 'reports.sign', authority), export: may(actor, 'reports.export', authority), seeFamilies: may(actor, 'journeys.read') };
}

function titleOf({ cadence, authority, from, to }: SavedReport): string {
  return `${subjectInWords(authority)}, ${periodInWords(cadence, from, to)}`;
}

/** The reports that somebody may see: of the hub, and of councils. */
function subjectsOf(actor: StaffActor): readonly { readonly value: 'hub' | Council; readonly authority: Council | null; readonly text: string }[] {
  const councils = AUTHORITY_CODES.filter((code) => authoritiesInReach(actor).includes(code)).map((code) => ({ value: code, authority: code, text: AUTHORITY_NAMES[code] }));
  return may(actor, 'reports.read', null) ? [{ value: 'hub', authority: null, text: 'The hub' }, ...councils] : councils;
}

function councilOf(of: 'hub' | Council): Council | null {
  return of === 'hub' ? null : of;
}

function reportId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new NotFoundException();
  return id;
}
