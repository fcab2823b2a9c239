import { AUTHORITY_NAMES, postcodeCounts } from '@app/authorities';
import { Transactions } from '@app/database';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';

/** What the routing of enquiries knows. The table itself comes from a file, by the command line. */
@Controller('staff/administration/postcodes')
@Access('settings.manage')
export class PostcodesController {
  constructor(private readonly transactions: Transactions) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const counts = await this.transactions.read(actorOf(request), postcodeCounts);
    const sum = (of: 'inUse' | 'terminated'): number => counts.reduce((total, count) => total + count[of], 0);
    await page(response, 'staff/administration/settings/postcodes', {
      title: 'Postcodes',
      counts: counts.map((count) => ({ ...count, district: count.district ?? 'Outside the hub', authority: count.authority === null ? '' : AUTHORITY_NAMES[count.authority] })),
      inUse: sum('inUse'),
      terminated: sum('terminated'),
    });
  }
}
