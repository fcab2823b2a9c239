import { ReceiveFromWebsite, type SendingRefusal, type Suspicion, type WebsiteConfirmation } from '@app/enquiries';
import type { Result } from '@app/kernel';
import { type Settings, SETTINGS } from '@app/settings';
import { Body, Controller, HttpStatus, Inject, Post, Req, Res, UnsupportedMediaTypeException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { RefusedRequest } from '../../platform/problem';
import { EnquiryLimits } from '../../public/enquire/enquiry-limits';
import { receivedEnquiry } from '../../public/enquire/received-enquiry';
import { ApiLimits } from '../api-limits';
import { websiteOf } from '../website-of';
import { enquiryTaken } from './enquiry-taken';
import { readEnquiry } from './read-enquiry';
import { SENDING_KEY_HEADER, sendingKeyOf } from './sending-key';

/** Says that the answer is one that was given before. */
export const REPEATED_HEADER = 'Idempotent-Replayed';

/** Enquiries that people make on the councils' own websites. */
@Controller('api/v1/enquiries')
@Access('website enquiries:write')
export class EnquiriesController {
  constructor(
    private readonly receive: ReceiveFromWebsite,
    private readonly apiLimits: ApiLimits,
    private readonly enquiryLimits: EnquiryLimits,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post()
  async send(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const website = websiteOf(request);
    await this.apiLimits.count('enquiries', website.websiteId);
    if (!request.is('application/json')) throw new UnsupportedMediaTypeException();
    const key = sendingKeyOf(request);
    const read = readEnquiry(body);
    if (!read.ok) throw new RefusedRequest(HttpStatus.UNPROCESSABLE_ENTITY, 'Some of the answers cannot be taken. “errors” says which and why, in words for the person who gave them.', read.refusal);

    const { answers, content } = read.value;
    const earlier = await this.receive.earlier(website, { key, content });
    if (earlier) return answer(response, earlier);
    const suspicions: Suspicion[] = (await this.enquiryLimits.isMailedOften(answers.contact.email)) ? ['many_from_address'] : [];
    answer(response, await this.receive.run(website, { key, content }, receivedEnquiry(answers, suspicions, this.settings.demo)));
  }
}

function answer(response: Response, taken: Result<WebsiteConfirmation, SendingRefusal>): void {
  if (!taken.ok) throw new RefusedRequest(HttpStatus.CONFLICT, `Another enquiry was sent with this ${SENDING_KEY_HEADER}. Choose a new one for each enquiry.`);
  if (taken.value.repeated) response.setHeader(REPEATED_HEADER, 'true');
  response.setHeader('Cache-Control', 'no-store');
  response.status(HttpStatus.CREATED).json(enquiryTaken(taken.value));
}
