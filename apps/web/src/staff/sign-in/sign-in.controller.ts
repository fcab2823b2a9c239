import { SignIn, type SignInRefusal } from '@app/access';
import { recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { isOwnPath, packForm, unpackForm } from '../../platform/carried-form';
import { formRefused, readForm } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { originOf } from '../../platform/request';
import { endSession, renewSession } from '../../platform/sessions';
import { countOf, type FormError } from '../../platform/words';
import { signInForm } from './sign-in.form';

/** Signing in and out. */
@Controller('staff')
@Access('public')
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get('sign-in')
  async ask(@Req() request: Request, @Res() response: Response, @Query('then') then?: unknown): Promise<void> {
    if (request.actor.kind === 'staff') return redirectTo(response, isOwnPath(then) ? then : '/staff');
    await this.show(response, { then, values: {} });
  }

  @Post('sign-in')
  async check(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const { then, carried } = (body ?? {}) as { then?: unknown; carried?: unknown };
    const form = readForm(signInForm, body);
    if (!form.ok) return this.show(response, { then, carried, ...form }, UNPROCESSABLE);

    const outcome = await this.signIn.run(form.value, originOf(request));
    if (!outcome.ok) {
      const { status, error } = inWords(outcome.refusal);
      return this.show(response, { then, carried, ...formRefused({ email: form.value.email }, error) }, status);
    }
    await this.begin(request, outcome.value.staffId);
    const typed = unpackForm(carried);
    if (typed) return page(response, 'staff/sign-in/signed-in-again', { title: 'You are signed in again', form: typed });
    redirectTo(response, isOwnPath(then) ? then : '/staff');
  }

  @Post('sign-out')
  async leave(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { actor } = request;
    if (actor.kind === 'staff') {
      await this.transactions.run(actor, (tx) => recordAudit(tx, actor, this.clock.now(), { action: 'sign_out', subjectKind: 'session', subjectId: actor.staffId }));
    }
    await endSession(request);
    response.redirect(303, '/staff/sign-in');
  }

  private async begin(request: Request, staffId: string): Promise<void> {
    await renewSession(request);
    const now = this.clock.now().getTime();
    Object.assign(request.session, { staffId, signedInAt: now, seenAt: now });
  }

  private async show(response: Response, model: { then?: unknown; carried?: unknown; errors?: readonly FormError[]; values: object }, status = 200): Promise<void> {
    const typed = unpackForm(model.carried);
    await page(
      response,
      'staff/sign-in/sign-in',
      { title: 'Sign in', errors: model.errors ?? [], values: model.values, then: isOwnPath(model.then) ? model.then : null, carried: typed ? packForm(typed) : null, ended: response.req.sessionEnded === true },
      status,
    );
  }
}

function inWords(refusal: SignInRefusal): { readonly status: number; readonly error: FormError } {
  if (refusal.why === 'wrong') return { status: UNPROCESSABLE, error: { field: 'email', text: 'The email address or the password is not right' } };
  return { status: 429, error: { field: 'email', text: `There were too many tries. Wait ${countOf(Math.ceil(refusal.waitSeconds / 60), 'minute', 'minutes')} and try again` } };
}
