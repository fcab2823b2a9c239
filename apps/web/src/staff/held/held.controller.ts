import { AUTHORITY_NAMES } from '@app/authorities';
import { Transactions } from '@app/database';
import { heldContacts, type HeldEnquiry, ScreenContact, type ScreeningRefusal, SUSPICION_WORDS } from '@app/enquiries';
import { CHANNEL_NAMES } from '@app/journeys';
import { Clock, momentInWords } from '@app/kernel';
import { Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page, redirectTo } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { dueInWords, phoneInWords } from '../in-words';
import { familyPath, heldDecisionPath, heldPath } from '../paths';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Enquiries that look like spam: an officer lets them in, with the time at which they came, or keeps them out. */
@Controller('staff/held')
@Access('enquiries.screen')
export class HeldController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly screening: ScreenContact,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const held = await this.transactions.read(actorOf(request), (tx) => heldContacts(tx));
    const now = this.clock.now();
    await page(response, 'staff/held/held', { title: 'Suspected spam', held: held.map((enquiry) => shown(enquiry, now)) });
  }

  @Post(':contactId/release')
  async release(@Req() request: Request, @Res() response: Response, @Param('contactId') contactId: string): Promise<void> {
    if (!UUID.test(contactId)) throw new NotFoundException();
    const outcome = await this.screening.release(actorOf(request), contactId);
    if (!outcome.ok) return this.tooLate(response, outcome.refusal);
    redirectTo(response, familyPath(outcome.value), 'The enquiry is let in, with the time at which it came.');
  }

  @Post(':contactId/refuse')
  async refuse(@Req() request: Request, @Res() response: Response, @Param('contactId') contactId: string): Promise<void> {
    if (!UUID.test(contactId)) throw new NotFoundException();
    const outcome = await this.screening.refuse(actorOf(request), contactId);
    if (!outcome.ok) return this.tooLate(response, outcome.refusal);
    redirectTo(response, heldPath(), 'The enquiry is kept out.');
  }

  private tooLate(response: Response, refusal: ScreeningRefusal): void {
    if (refusal === 'not_found') throw new NotFoundException();
    redirectTo(response, heldPath(), 'A colleague had decided about that enquiry already.');
  }
}

function shown({ id, reference, receivedAt, dueAt, authority, suspicions, answers, message }: HeldEnquiry, now: Date) {
  const names = answers.applicants.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim()).join(' and ');
  const contact = answers.applicants.flatMap(({ phone, email }) => [phoneInWords(phone), email]).filter(Boolean);
  return {
    name: names || reference,
    reference,
    due: dueAt && dueInWords(dueAt, now),
    suspicions: suspicions.map((suspicion) => SUSPICION_WORDS[suspicion]),
    rows: [
      { key: 'Received', value: `${momentInWords(receivedAt)}, ${CHANNEL_NAMES[answers.channel].toLowerCase()}` },
      { key: 'Contact', value: contact.join(', ') || null },
      { key: 'Postcode', value: answers.postcode },
      { key: 'Council', value: AUTHORITY_NAMES[authority] },
      { key: 'Message', value: message },
    ],
    releaseHref: heldDecisionPath(id, 'release'),
    refuseHref: heldDecisionPath(id, 'refuse'),
  };
}
