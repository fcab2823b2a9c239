import { ACTION_MEANINGS, ACTIONS, grants, ROLE_NAMES } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';

/** What somebody can do here, by the roles that they hold. */
@Controller('staff/help')
@Access('help.read')
export class HelpController {
  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const roles = actorOf(request).roles.map((held) => ({
      name: ROLE_NAMES[held.role],
      authority: held.authority === null ? 'the whole hub' : AUTHORITY_NAMES[held.authority],
      allows: ACTIONS.filter((action) => grants(held, action)).map((action) => ACTION_MEANINGS[action]),
    }));
    await page(response, 'staff/help/help', { title: 'Help', roles });
  }
}
