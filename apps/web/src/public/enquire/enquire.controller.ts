import { DRAFT_LIVES_HOURS, EnquiryDrafts, type Suspicion } from '@app/enquiries';
import { Clock } from '@app/kernel';
import { type Settings, SETTINGS } from '@app/settings';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { TooManyTries } from '../../platform/failure';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { originOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { placeOf, readAnswers, STEPS, stepOf } from './answers';
import { answersInWords } from './check/check-answers';
import { choicesOf } from './choices';
import { forgetDraft, keepDraftSecret } from './draft-cookie';
import { EnquiryLimits } from './enquiry-limits';
import { type OwnDraft, OwnDrafts } from './own-draft';
import { receivedEnquiry } from './received-enquiry';
import { readStep, type Step, type Typed, typedInto } from './step';

/** Faster than this nobody gets from the first answer to the last. It only flags: some people have help. */
const TOO_FAST_SECONDS = 15;

/** What a draft keeps besides the answers: that a field which people cannot see was filled in on some page. */
const TRAPPED = 'trapped';

const DRAFT_DAYS = DRAFT_LIVES_HOURS / 24;

type AnyStep = (typeof STEPS)[number];
type FormBody = Readonly<Record<string, unknown>>;

/** The enquiry form: one question a page, answers kept in a draft, checked, and sent once. */
@Controller('enquire')
@Access('public')
export class EnquireController {
  constructor(
    private readonly drafts: EnquiryDrafts,
    private readonly ownDrafts: OwnDrafts,
    private readonly limits: EnquiryLimits,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The first question, unless an enquiry has been begun or sent already. */
  @Get()
  async begin(@Req() request: Request, @Res() response: Response): Promise<void> {
    const own = await this.ownDrafts.of(request);
    if (own.state === 'none') await this.showStep(response, own, STEPS[0], {}, []);
    else if (own.state === 'sent') redirectTo(response, own.href);
    else await page(response, 'public/enquire/resume', { title: 'You have begun an enquiry', carryOnHref: own.href });
  }

  @Get('check')
  async check(@Req() request: Request, @Res() response: Response): Promise<void> {
    const own = await this.ownDrafts.of(request);
    if (own.state !== 'ready') {
      redirectTo(response, own.href);
      return;
    }
    await page(response, 'public/enquire/check/check', { title: 'Check your answers', backHref: `/enquire/${STEPS[STEPS.length - 1]?.slug ?? ''}`, rows: answersInWords(own.answers) });
  }

  /** Sends the enquiry: once, however often the button is pressed. */
  @Post('check')
  async send(@Req() request: Request, @Res() response: Response, @Body() body: FormBody): Promise<void> {
    const own = await this.ownDrafts.of(request);
    if (own.state !== 'ready') {
      redirectTo(response, own.href);
      return;
    }
    const origin = originOf(request);
    const flow = await this.limits.countSending(origin.address, own.answers.contact.email);
    if (flow.kind === 'stopped') throw new TooManyTries(flow.waitSeconds);

    const suspicions: Suspicion[] = [];
    if (isTrapped(body) || own.draft.answers[TRAPPED] === true) suspicions.push('honeypot');
    if (flow.kind === 'suspicious') suspicions.push('many_from_address');
    if (this.clock.now().getTime() - own.draft.startedAt.getTime() < TOO_FAST_SECONDS * 1000) suspicions.push('too_fast');
    const sent = await this.drafts.submit(own.secret, receivedEnquiry(own.answers, suspicions, this.settings.demo), origin);
    redirectTo(response, sent.ok ? '/enquire/sent' : '/enquire');
  }

  @Get('sent')
  async sent(@Req() request: Request, @Res() response: Response): Promise<void> {
    const own = await this.ownDrafts.of(request);
    if (own.state === 'sent') await page(response, 'public/enquire/sent/sent', { title: 'We have your enquiry', confirmation: own.confirmation });
    else redirectTo(response, own.href);
  }

  /** Forgets what was typed, or what was sent from this browser, and begins afresh. */
  @Post('again')
  async again(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.forget(request, response);
    redirectTo(response, '/enquire');
  }

  /** For people at a computer that others use: deletes what was typed and goes back to the start page. */
  @Post('stop')
  async stop(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.forget(request, response);
    redirectTo(response, '/', 'What you had typed is deleted.');
  }

  @Get(':step')
  async ask(@Req() request: Request, @Res() response: Response, @Param('step') slug: string, @Query('from') from: unknown): Promise<void> {
    const step = stepOf(slug);
    if (!step) throw new NotFoundException();
    const own = await this.ownDrafts.of(request);
    if (own.state === 'sent' || (own.state === 'none' && step !== STEPS[0]) || (own.state === 'open' && isAhead(step, own.firstOpen))) {
      redirectTo(response, own.href);
      return;
    }
    await this.showStep(response, own, step, own.state === 'none' ? {} : (own.typed[step.slug] ?? {}), [], from);
  }

  @Post(':step')
  async answer(@Req() request: Request, @Res() response: Response, @Param('step') slug: string, @Query('from') from: unknown, @Body() body: FormBody): Promise<void> {
    const step = stepOf(slug);
    if (!step) throw new NotFoundException();
    const own = await this.ownDrafts.of(request);
    if (own.state === 'sent') {
      redirectTo(response, own.href);
      return;
    }
    const typed = typedInto(step, body);
    const read = readStep(step as Step, typed);
    if (!read.ok) {
      await this.showStep(response, own, step, typed, read.errors, from);
      return;
    }
    const secret = own.state === 'none' ? await this.startDraft(request, response, step) : own.secret;
    await this.drafts.save(secret, { [step.slug]: typed, ...(isTrapped(body) ? { [TRAPPED]: true } : {}) });
    redirectTo(response, afterAnswering(step, own, typed));
  }

  /** Begins a draft with the first answer, or with any other whose draft ran out while its page was open. */
  private async startDraft(request: Request, response: Response, step: AnyStep): Promise<string> {
    const origin = originOf(request);
    const waitSeconds = await this.limits.countStart(origin.address);
    if (waitSeconds !== null) throw new TooManyTries(waitSeconds);
    if (step !== STEPS[0]) request.session.flash = { text: `We keep unfinished forms for ${String(DRAFT_DAYS)} days. Yours is no longer there, so please begin again.`, success: false };
    const secret = await this.drafts.start(origin);
    keepDraftSecret(response, this.settings.publicUrl, secret);
    return secret;
  }

  private async forget(request: Request, response: Response): Promise<void> {
    const own = await this.ownDrafts.of(request);
    if (own.state === 'open' || own.state === 'ready') await this.drafts.discard(own.secret);
    forgetDraft(response, this.settings.publicUrl);
  }

  private showStep(response: Response, own: OwnDraft, step: AnyStep, typed: Typed, errors: readonly FormError[], from?: unknown): Promise<void> {
    const { number, of, before } = placeOf(step);
    const isChange = from === 'check' && own.state === 'ready';
    const model = {
      title: step.question,
      typed,
      errors,
      progress: `Question ${String(number)} of ${String(of)}`,
      action: `/enquire/${step.slug}${isChange ? '?from=check' : ''}`,
      backHref: isChange ? own.href : before === null ? '/' : `/enquire/${before}`,
      isBegun: own.state !== 'none',
      isLost: own.state === 'none' && own.isLost,
      draftDays: DRAFT_DAYS,
      ...choicesOf[step.slug],
    };
    return page(response, `public/enquire/${step.slug}/${step.slug}`, model, errors.length > 0 ? UNPROCESSABLE : 200);
  }
}

/** The next question, the first that is open, or the check when all are answered. */
function afterAnswering(step: AnyStep, own: Exclude<OwnDraft, { state: 'sent' }>, typed: Typed): string {
  const answers = readAnswers({ ...(own.state === 'none' ? {} : own.typed), [step.slug]: typed });
  if (answers.ok) return '/enquire/check';
  const { after } = placeOf(step);
  return `/enquire/${own.state === 'none' || after === null ? answers.firstOpen : after}`;
}

const isAhead = (step: AnyStep, firstOpen: string): boolean => STEPS.findIndex(({ slug }) => slug === firstOpen) < STEPS.indexOf(step);

/** Whether the field that people cannot see was filled in. */
const isTrapped = (body: FormBody): boolean => typeof body.homepage === 'string' && body.homepage.trim() !== '';
