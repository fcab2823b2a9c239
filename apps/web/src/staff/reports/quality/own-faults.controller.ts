import { Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { FAULT_MEANINGS, QUALITY_FAULTS, recordFaults } from '@app/publications';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { recordsPath } from '../../paths';
import { faultLine, FAULTS_LISTED } from './fault-lines';

/** What is impossible or missing in the records of the families that the reader looks after: for those who work with families and read no reports, too. */
@Controller('staff/worklist/records')
@Access('journeys.work')
export class OwnFaultsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const actor = actorOf(request);
    const faults = await this.transactions.read(actor, (tx) => recordFaults(tx, this.clock.now(), { fault: null, authority: null, ownerId: actor.staffId }, FAULTS_LISTED));
    const kinds = QUALITY_FAULTS.filter((kind) => faults.some(({ fault }) => fault === kind));
    await page(response, 'staff/reports/quality/own-faults', {
      title: 'Records of my families',
      listed: FAULTS_LISTED,
      families: faults.map((fault) => faultLine(actor, fault, recordsPath())),
      meanings: kinds.map((kind) => FAULT_MEANINGS[kind]),
    });
  }
}
