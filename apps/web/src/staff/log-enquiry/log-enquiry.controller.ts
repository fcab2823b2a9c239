import { AUTHORITY_NAMES } from '@app/authorities';
import { Transactions } from '@app/database';
import { type EnquiryToLog, LogEnquiry, type LogRefusal, possibleDuplicates, type PossibleDuplicates } from '@app/enquiries';
import { Clock, momentInWords, newId } from '@app/kernel';
import { may, type StaffActor } from '@app/access';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { momentValues } from '../fields';
import { familyPath, logEnquiryPath } from '../paths';
import { logEnquiryForm, NEW_HOUSEHOLD, type TypedEnquiry } from './log-enquiry.form';
import { callChoices, shownDuplicates } from './log-enquiry.presenter';

const REFUSALS: Readonly<Record<Exclude<LogRefusal, 'not_permitted'>, FormError>> = {
  in_future: { field: 'on', text: 'That time is in the future. Enter when they got in touch' },
  beyond_calendar: { field: 'on', text: 'That date is outside the years whose bank holidays are known. Check the year' },
  household_not_found: { field: 'household', text: 'That household is no longer there to choose. Check again' },
};

/** Logging an enquiry in one page, in the order of a telephone call, with a look at who is known already. */
@Controller('staff/log-enquiry')
@Access('enquiries.log')
export class LogEnquiryController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly logEnquiry: LogEnquiry,
  ) {}

  @Get()
  async ask(@Req() request: Request, @Res() response: Response): Promise<void> {
    const values = { channel: 'phone', ...momentValues(this.clock.now()), spoken: 'yes', mine: keepsByThemselves(actorOf(request)) ? 'yes' : '', key: newId() };
    await this.show(response, values, [], null);
  }

  @Post()
  async take(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const values = valuesOf(body);
    const read = readForm(logEnquiryForm, body);
    if (!read.ok) return this.show(response, values, read.errors, null);
    const typed = read.value;
    const duplicates = await this.transactions.read(actor, (tx) => possibleDuplicates(tx, questionOf(typed)));
    if (values.do === 'check') return this.show(response, values, [], duplicates);
    const enquiry = enquiryOf(typed, actor, this.clock.now());
    // Asked after the search: what a first press of the button has just logged looks like a household that is known.
    const pressedTwice = (await this.logEnquiry.loggedBefore(actor, enquiry.idempotencyKey)) !== null;
    if (duplicates.known.length > 0 && typed.household === '' && !pressedTwice) {
      return this.show(response, values, [{ field: 'household', text: 'This looks like a household that is known already. Choose the same household, or a new one' }], duplicates);
    }
    const outcome = await this.logEnquiry.run(actor, enquiry);
    if (!outcome.ok) return outcome.refusal === 'not_permitted' ? redirectTo(response, '/staff') : this.show(response, values, [REFUSALS[outcome.refusal]], duplicates);
    const { reference, dueAt, authority, passedOn } = outcome.value;
    if (passedOn) return redirectTo(response, logEnquiryPath(), `Logged as ${reference} and passed on to ${authority === 'unrouted' ? 'the hub' : AUTHORITY_NAMES[authority]}. They answer by ${momentInWords(dueAt)}.`);
    redirectTo(response, familyPath(reference), typed.spoken ? `Logged as ${reference}.` : `Logged as ${reference}. Somebody rings them by ${momentInWords(dueAt)}.`);
  }

  private async show(response: Response, values: FormValues, errors: readonly FormError[], duplicates: PossibleDuplicates | null): Promise<void> {
    await page(
      response,
      'staff/log-enquiry/log-enquiry',
      { title: 'Log an enquiry', values, errors, choices: callChoices, duplicates: duplicates && shownDuplicates(duplicates, values.household), newHousehold: NEW_HOUSEHOLD },
      errors.length > 0 ? UNPROCESSABLE : 200,
    );
  }
}

/** Officers keep the families that they log; managers log for others. */
const keepsByThemselves = (actor: StaffActor): boolean => actor.roles.some(({ role }) => role === 'recruitment_officer') && may(actor, 'journeys.work');

const questionOf = ({ applicants, postcode }: TypedEnquiry) => ({
  names: applicants.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim()),
  emails: applicants.flatMap(({ email }) => (email === null ? [] : [email])),
  phones: applicants.flatMap(({ phone }) => (phone === null ? [] : [phone])),
  postcode,
});

function enquiryOf(typed: TypedEnquiry, actor: StaffActor, now: Date): EnquiryToLog {
  const receivedAt = typed.receivedAt ?? now;
  return {
    channel: typed.channel,
    source: typed.source,
    receivedAt,
    applicants: typed.applicants,
    postcode: typed.postcode,
    askedForAuthority: typed.council,
    spareRoom: typed.spareRoom,
    fostersNow: typed.fostersNow,
    interests: typed.interests,
    message: typed.message,
    marketingConsent: typed.consent,
    idempotencyKey: `logged-${typed.key}`,
    ...(typed.household === '' || typed.household === NEW_HOUSEHOLD ? {} : { sameHouseholdAs: typed.household }),
    // On the telephone the answer is the call itself; anything else that came earlier is answered now.
    ...(typed.spoken ? { answeredAt: typed.channel === 'phone' ? receivedAt : now } : {}),
    ...(typed.mine ? { officerId: actor.staffId } : {}),
  };
}
