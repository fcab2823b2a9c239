import { may, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES, type Council, isCouncil } from '@app/authorities';
import { agendaOf, type AnyBlocker, anyBlockerInWords, ArrangePanel, assessmentFile, loadPanel, membersOf, MovePanel, movesOf, panelsFrom, readyForPanel, whoMaySit } from '@app/assessments';
import { recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { caseOfDocuments, documentsOf } from '@app/documents';
import { familyPage } from '@app/journeys';
import { addDays, Clock, dateInWords, localDateOf, type Result } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { panelPath, panelsPath } from '../paths';
import { shownDocuments } from '../documents/documents.presenter';
import { shownCase } from './case.presenter';
import { arrangeForm, attendanceForm, conflictForm, minutesForm, moveForm, ownConflictForm, seatForm, unseatForm } from './panels.form';
import { listedPanel, shownPanel } from './panels.presenter';

interface Again {
  readonly values: FormValues;
  readonly errors: readonly FormError[];
}

const SHOWN_BACK_DAYS = 120;
const panelId = new ParseUUIDPipe({ exceptionFactory: () => new NotFoundException() });

/** Panels: their dates, members and agendas; a member finds the cases of their own panels here, from the papers' day to the minutes. */
@Controller('staff/panels')
@Access('panels.manage', 'panels.attend', 'assessments.read')
export class PanelsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly arrange: ArrangePanel,
    private readonly movePanel: MovePanel,
  ) {}

  @Get()
  @Access('panels.manage', 'panels.attend')
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.showList(request, response, null);
  }

  @Post()
  @Access('panels.manage')
  async arranged(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const read = readForm(arrangeForm, body);
    if (!read.ok) return this.showList(request, response, read);
    const made = await this.arrange.run(actorOf(request), read.value);
    if (!made.ok) return this.showList(request, response, { values: valuesOf(body), errors: made.refusal.blockers.map((blocker) => ({ field: 'authority', text: anyBlockerInWords(blocker) })) });
    redirectTo(response, panelPath(made.value), 'The panel is arranged. Seat its members next.');
  }

  @Get(':panelId')
  async show(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string): Promise<void> {
    await this.showPanel(request, response, id, null);
  }

  @Get(':panelId/cases/:reference')
  read(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Param('reference') reference: string): Promise<void> {
    return this.showCase(request, response, id, reference, null);
  }

  /** A member says that they know the family: the case is closed to them at once. */
  @Post(':panelId/cases/:reference/conflict')
  @Access('panels.attend')
  async declare(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const read = readForm(ownConflictForm, body);
    if (!read.ok) return this.showCase(request, response, id, reference, read);
    const onAgenda = await this.transactions.read(actor, async (tx) => (await agendaOf(tx, id)).find((item) => item.reference === reference));
    if (!onAgenda || !(await this.arrange.declareOwnConflict(actor, id, onAgenda.journeyId, read.value.declared)).ok) throw new NotFoundException();
    redirectTo(response, panelPath(id), 'Your conflict of interest is recorded. That family’s papers are closed to you.');
  }

  @Post(':panelId/members')
  @Access('panels.manage')
  seat(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Body() body: unknown): Promise<void> {
    return this.take(request, response, id, seatForm, body, 'member', 'The member is seated.', (actor, { member, capacity }) => this.arrange.seat(actor, id, member, capacity));
  }

  @Post(':panelId/members/leave')
  @Access('panels.manage')
  unseat(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Body() body: unknown): Promise<void> {
    return this.take(request, response, id, unseatForm, body, 'member', 'The member is off this panel.', (actor, { unseat }) => this.arrange.unseat(actor, id, unseat));
  }

  @Post(':panelId/attendance')
  @Access('panels.manage')
  attendance(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Body() body: unknown): Promise<void> {
    return this.take(request, response, id, attendanceForm, body, 'attended', 'Attendance is recorded.', (actor, { attended }) => this.arrange.attendance(actor, id, attended));
  }

  @Post(':panelId/conflicts')
  @Access('panels.manage')
  conflict(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Body() body: unknown): Promise<void> {
    return this.take(request, response, id, conflictForm, body, 'conflict_member', 'The conflict is recorded: the case is closed to that member.', (actor, { conflict_member: staffId, conflict_case: journeyId, declared }) => this.arrange.declareConflict(actor, id, journeyId, staffId, declared));
  }

  @Post(':panelId/minutes')
  @Access('panels.manage')
  minutes(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Body() body: unknown): Promise<void> {
    return this.take(request, response, id, minutesForm, body, 'minutes_on', 'The minutes are agreed. The decision maker’s 7 working days run.', (actor, { minutes_on: on }) => this.arrange.agreeMinutes(actor, id, on));
  }

  @Post(':panelId/move')
  @Access('panels.manage')
  move(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string, @Body() body: unknown): Promise<void> {
    return this.take(request, response, id, moveForm, body, 'moved_on', 'The panel is moved. Its members are told by email.', (actor, meeting) => this.movePanel.run(actor, id, meeting));
  }

  @Post(':panelId/cancel')
  @Access('panels.manage')
  cancel(@Req() request: Request, @Res() response: Response, @Param('panelId', panelId) id: string): Promise<void> {
    return this.take(request, response, id, null, {}, '', 'The panel is called off. Put its families on another.', (actor) => this.arrange.cancel(actor, id));
  }

  private async take<Schema extends z.ZodType>(request: Request, response: Response, id: string, schema: Schema | null, body: unknown, field: string, done: string, work: (actor: StaffActor, value: z.output<Schema>) => Promise<Result<unknown, { readonly blockers: readonly AnyBlocker[] }>>): Promise<void> {
    const read = schema ? readForm(schema, body) : ({ ok: true, value: undefined as z.output<Schema> } as const);
    if (!read.ok) return this.showPanel(request, response, id, read);
    const outcome = await work(actorOf(request), read.value);
    if (outcome.ok) return redirectTo(response, panelPath(id), done);
    if (outcome.refusal.blockers.some(({ kind }) => kind === 'not_found' || kind === 'not_permitted')) throw new NotFoundException();
    await this.showPanel(request, response, id, { values: valuesOf(body), errors: outcome.refusal.blockers.map((blocker) => ({ field, text: anyBlockerInWords(blocker) })) });
  }

  private async showCase(request: Request, response: Response, id: string, reference: string, again: Again | null): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const found = await this.transactions.run(actor, async (tx) => {
      const panel = await loadPanel(tx, id);
      const onAgenda = panel && (await agendaOf(tx, id)).some((item) => item.reference === reference);
      const family = onAgenda ? await familyPage(tx, reference) : null;
      const file = family && (await assessmentFile(tx, family.journey, now));
      const ofCase = await caseOfDocuments(tx, { reference });
      if (!panel || !family || !file || !ofCase) return null;
      await recordAudit(tx, actor, now, { action: 'panel.case_read', subjectKind: 'journey', subjectId: family.journey.id, authority: family.journey.authority, detail: { panel: id } });
      return shownCase(actor, panel, family, file, await membersOf(tx, id), shownDocuments(actor, ofCase, (await documentsOf(tx, actor, ofCase)).filter(({ forPanel }) => forPanel)));
    });
    if (!found) throw new NotFoundException();
    await page(response, 'staff/panels/case', { ...found, values: again?.values ?? {}, errors: again?.errors ?? [] }, again ? UNPROCESSABLE : 200);
  }

  private async showList(request: Request, response: Response, again: Again | null): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const councils = Object.entries(AUTHORITY_NAMES).filter((pair): pair is [Council, string] => isCouncil(pair[0]) && may(actor, 'panels.manage', pair[0]));
    const { panels, ready } = await this.transactions.read(actor, async (tx) => {
      const waiting = [];
      for (const [council] of councils) waiting.push(...(await readyForPanel(tx, council)));
      return { panels: await panelsFrom(tx, addDays(today, -SHOWN_BACK_DAYS)), ready: waiting };
    });
    await page(
      response,
      'staff/panels/panels',
      {
        title: 'Panels',
        address: panelsPath(),
        panels: panels.map((panel) => listedPanel(panel, today)),
        ready: ready.map(({ name, reference, reportFinishedOn }) => ({ name, reference, words: `report finished on ${dateInWords(reportFinishedOn)}` })),
        councils: councils.map(([value, text]) => ({ value, text })),
        values: again?.values ?? { authority: councils[0]?.[0] ?? '', at: '09:30' },
        errors: again?.errors ?? [],
      },
      again ? UNPROCESSABLE : 200,
    );
  }

  private async showPanel(request: Request, response: Response, id: string, again: Again | null): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const model = await this.transactions.read(actor, async (tx) => {
      const panel = await loadPanel(tx, id);
      if (!panel) throw new NotFoundException();
      const manages = may(actor, 'panels.manage', panel.authority);
      return shownPanel(actor, panel, await agendaOf(tx, id), await membersOf(tx, id), manages ? await readyForPanel(tx, panel.authority) : [], manages ? await whoMaySit(tx, panel.authority) : [], await movesOf(tx, id), today);
    });
    await page(response, 'staff/panels/panel', { ...model, values: again?.values ?? { minutes_on: today, ...model.meets }, errors: again?.errors ?? [] }, again ? UNPROCESSABLE : 200);
  }
}
