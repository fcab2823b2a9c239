import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { redirectTo } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { homeOf } from '../../platform/staff-pages';

/** `/staff` leads everybody to the page where their work begins. */
@Controller('staff')
@Access('help.read')
export class HomeController {
  @Get()
  home(@Req() request: Request, @Res() response: Response): void {
    redirectTo(response, homeOf(actorOf(request)));
  }
}
