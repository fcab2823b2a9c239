import { may } from '@app/access';
import { assessmentFile, calendarFile, certificateOf, checkHistory, OpenFile } from '@app/assessments';
import { recordAudit } from '@app/audit';
import { hubContact } from '@app/authorities';
import { Transactions } from '@app/database';
import { caseOfDocuments, documentsOf } from '@app/documents';
import { familyPage } from '@app/journeys';
import { Clock, localDateOf } from '@app/kernel';
import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { shownDocuments } from '../documents/documents.presenter';
import { shownFile } from './assessment.presenter';
import { shownCheck } from './check.presenter';
import { SESSION_KIND_NAMES } from './steps/stage-2-steps';

/** The file of an assessment, its checks and its sessions, for those of its council who may open it. Every reading is in the trail. */
@Controller('staff/families/:reference/assessment')
@Access('assessments.read')
export class AssessmentController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly openFile: OpenFile,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    const actor = actorOf(request);
    const family = await this.transactions.read(actor, (tx) => familyPage(tx, reference));
    if (!family || !may(actor, 'assessments.read', family.journey.authority)) throw new NotFoundException();
    if (!(await this.openFile.run(actor, family.journey.id))) {
      await page(response, 'staff/assessments/no-file', { title: 'No assessment yet', family: { name: family.name, reference } });
      return;
    }
    const { file } = await this.read(request, reference, 'assessment.read');
    await page(response, 'staff/assessments/assessment', shownFile(actor, family, file, this.clock.now()));
  }

  @Get('checks/:checkId')
  async check(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('checkId') checkId: string): Promise<void> {
    const actor = actorOf(request);
    const { family, file } = await this.read(request, reference, 'assessment.check_read');
    const check = file.checks.find(({ id }) => id === checkId);
    if (!check) throw new NotFoundException();
    const canWork = may(actor, 'assessments.work', family.journey.authority);
    const { history, certificate, documents } = await this.transactions.read(actor, async (tx) => {
      const ofCase = await caseOfDocuments(tx, { reference });
      return {
        history: await checkHistory(tx, check.id),
        certificate: canWork ? await certificateOf(tx, check.id) : null,
        documents: ofCase ? shownDocuments(actor, ofCase, await documentsOf(tx, actor, ofCase, { subject: { kind: 'check', id: check.id } })) : [],
      };
    });
    await page(response, 'staff/assessments/check', shownCheck(family, check, history, certificate, documents, canWork, localDateOf(this.clock.now())));
  }

  @Get('sessions/:sessionId/calendar.ics')
  async calendar(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('sessionId') sessionId: string): Promise<void> {
    const { file } = await this.read(request, reference, 'assessment.session_read');
    const session = file.sessions.find(({ id }) => id === sessionId);
    if (!session) throw new NotFoundException();
    const { id, startsAt, minutes, place, subject, kind, cancelledAt } = session;
    const now = this.clock.now();
    const { email: organiser } = await this.transactions.read(actorOf(request), (tx) => hubContact(tx, localDateOf(now)));
    response.setHeader('Content-Disposition', 'attachment; filename="session.ics"');
    response.setHeader('Cache-Control', 'no-store');
    response.type('text/calendar').send(calendarFile({ id, startsAt, minutes, place, subject: subject || SESSION_KIND_NAMES[kind], cancelled: cancelledAt !== null, organiser }, now));
  }

  private async read(request: Request, reference: string, action: string) {
    const actor = actorOf(request);
    const now = this.clock.now();
    const found = await this.transactions.run(actor, async (tx) => {
      const family = await familyPage(tx, reference);
      if (!family || !may(actor, 'assessments.read', family.journey.authority)) return null;
      const file = await assessmentFile(tx, family.journey, now);
      if (!file) return null;
      await recordAudit(tx, actor, now, { action, subjectKind: 'journey', subjectId: family.journey.id, authority: family.journey.authority });
      return { family, file };
    });
    if (!found) throw new NotFoundException();
    return found;
  }
}
