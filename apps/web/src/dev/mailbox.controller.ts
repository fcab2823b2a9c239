import { system, Transactions } from '@app/database';
import { momentInWords } from '@app/kernel';
import { mailboxEntries } from '@app/notifications';
import { type Settings, SETTINGS } from '@app/settings';
import { Controller, Get, Inject, NotFoundException, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Access } from '../platform/access';
import { page } from '../platform/page';

const MAILS_A_PAGE = 30;
const ID = /^[0-9a-f-]{36}$/;

const STATES = {
  queued: 'Waiting to be delivered',
  sent: 'Sent to the mail server',
  kept: 'Kept here: no mail server is set, or its people are made up',
  failed: 'Refused by the mail server',
} as const;

/** What was mailed while no mail server is set. It exists on the embedded database behind a loopback address only. */
@Controller('dev/mailbox')
@Access('public')
export class MailboxController {
  constructor(
    private readonly transactions: Transactions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async show(@Res() response: Response, @Query('to') to?: unknown, @Query('before') before?: unknown): Promise<void> {
    if (!this.settings.localMailbox) throw new NotFoundException();
    const filter = typeof to === 'string' && to.trim() !== '' ? to.trim() : undefined;
    const cursor = typeof before === 'string' && ID.test(before) ? before : undefined;
    const mails = await this.transactions.read(system('mailbox'), (tx) => mailboxEntries(tx, { atMost: MAILS_A_PAGE + 1, ...(filter ? { to: filter } : {}), ...(cursor ? { before: cursor } : {}) }));
    const shown = mails.slice(0, MAILS_A_PAGE);
    const link = (query: Record<string, string>): string => `/dev/mailbox?${new URLSearchParams({ ...(filter ? { to: filter } : {}), ...query }).toString()}`;
    await page(response, 'dev/mailbox', {
      title: 'Mail that was sent',
      to: filter,
      mails: shown.map(({ to: reader, subject, body, state, lastError, createdAt }) => ({ to: reader, subject, parts: linked(body), state: STATES[state], lastError, at: momentInWords(createdAt) })),
      older: mails.length > MAILS_A_PAGE ? link({ before: shown.at(-1)?.id ?? '' }) : null,
      newest: cursor ? link({}) : null,
    });
  }
}

/** Plain text as parts, its addresses as links, so that an invitation can be followed from here. */
function linked(body: string): readonly { readonly text: string; readonly href: string | null }[] {
  return body.split(/(https?:\/\/\S+)/).filter((text) => text !== '').map((text) => ({ text, href: /^https?:\/\//.test(text) ? text : null }));
}
