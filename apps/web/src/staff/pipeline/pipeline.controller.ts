import { Transactions } from '@app/database';
import { pipeline } from '@app/journeys';
import { Clock } from '@app/kernel';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { shownPipeline } from './pipeline.presenter';

/** Where the open journeys stand: every stage with counts and ages for each authority. Figures only. */
@Controller('staff/pipeline')
@Access('pipeline.read')
export class PipelineController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const actor = actorOf(request);
    const cells = await this.transactions.read(actor, (tx) => pipeline(tx, this.clock.now()));
    await page(response, 'staff/pipeline/pipeline', { title: 'Pipeline', pipeline: shownPipeline(actor, cells) });
  }
}
