import { may } from '@app/access';
import { caseload, socialWorkerLoads } from '@app/assessments';
import { Transactions } from '@app/database';
import { Clock, localDateOf } from '@app/kernel';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { caseloadQuestion, filtersOf, shownCaseload } from './caseload.presenter';

/** Who needs whom next, from the home visit to the decision; for a team manager also who carries how much. */
@Controller('staff/caseload')
@Access('caseload.read')
export class CaseloadController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Readonly<Record<string, unknown>>): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const today = localDateOf(now);
    const question = caseloadQuestion(actor, query);
    const { cases, loads } = await this.transactions.read(actor, async (tx) => ({
      cases: await caseload(tx, filtersOf(actor, question), today),
      loads: may(actor, 'assessments.manage') ? await socialWorkerLoads(tx, null, today) : [],
    }));
    await page(response, 'staff/caseload/caseload', shownCaseload(actor, question, cases, loads, now, today));
  }
}
