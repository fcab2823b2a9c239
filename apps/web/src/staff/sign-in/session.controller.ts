import { Clock } from '@app/kernel';
import { Controller, Get, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { sessionSecondsLeft } from '../../platform/session-limits';

/** For the script that warns before a session ends. Asking does not prolong it; saying so does. */
@Controller('staff/session')
@Access('help.read')
export class SessionController {
  constructor(private readonly clock: Clock) {}

  @Get()
  left(@Req() request: Request, @Res() response: Response): void {
    this.answer(request, response);
  }

  @Post()
  @HttpCode(HttpStatus.OK)
  stay(@Req() request: Request, @Res() response: Response): void {
    request.session.seenAt = this.clock.now().getTime();
    this.answer(request, response);
  }

  private answer({ session: { signedInAt, seenAt } }: Request, response: Response): void {
    response.setHeader('Cache-Control', 'no-store');
    response.json({ secondsLeft: signedInAt === undefined || seenAt === undefined ? 0 : sessionSecondsLeft({ signedInAt, seenAt }, this.clock.now()) });
  }
}
