import { AnswerInvitation, REPLIES, REPLY_NAMES } from '@app/constellations';
import { momentInWords } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access';
import { readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import type { FormError } from '../../platform/words';
import { choice, optionalLine } from '../../platform/controls';

const schema = z.object({ reply: choice(REPLIES, 'Choose whether you can come'), note: optionalLine(200, 'The message') });
const IS_SECRET = /^[A-Za-z0-9_-]{32}$/;

/** A family answers an invitation, by the link in its mail. The link shows this one invitation and nothing else. */
@Controller('reply')
@Access('public')
export class ReplyController {
  constructor(private readonly invitations: AnswerInvitation) {}

  @Get(':secret')
  async ask(@Req() request: Request, @Res() response: Response, @Param('secret') secret: string): Promise<void> {
    await this.show(request, response, secret, []);
  }

  @Post(':secret')
  async take(@Req() request: Request, @Res() response: Response, @Param('secret') secret: string, @Body() body: unknown): Promise<void> {
    const read = readForm(schema, body);
    if (!read.ok) return this.show(request, response, secret, read.errors, body);
    if (!IS_SECRET.test(secret) || !(await this.invitations.answer(request.actor, secret, read.value.reply, read.value.note))) {
      return this.show(request, response, secret, [{ field: 'reply', text: 'It is too late to answer: the meeting has begun, or it was cancelled. Telephone us instead' }], body);
    }
    redirectTo(response, `/reply/${secret}`, 'Thank you. We have your answer, and you can change it here until it begins.');
  }

  private async show(request: Request, response: Response, secret: string, errors: readonly FormError[], typed?: unknown): Promise<void> {
    const invitation = IS_SECRET.test(secret) ? await this.invitations.read(request.actor, secret) : null;
    if (!invitation) throw new NotFoundException();
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Robots-Tag', 'noindex');
    await page(
      response,
      'public/reply/reply',
      {
        title: invitation.title,
        invitation: { ...invitation, when: momentInWords(invitation.startsAt) },
        replies: REPLIES.map((value) => ({ value, text: REPLY_NAMES[value] })),
        values: typed === undefined ? { reply: invitation.reply ?? '', note: invitation.replyNote ?? '' } : valuesOf(typed),
        address: `/reply/${secret}`,
        errors,
      },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}
