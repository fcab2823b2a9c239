import { passwordRefusalInWords, RequestPasswordReset, SetPasswordByLink, SHORTEST_PASSWORD } from '@app/access';
import { Body, Controller, Get, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { TooManyTries } from '../../platform/failure';
import { readForm } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { originOf } from '../../platform/request';
import { renewSession } from '../../platform/sessions';
import type { FormError } from '../../platform/words';
import { forgottenPasswordForm, newPasswordForm } from './password.form';

/** Choosing a password: by the link of an invitation, or by one that was asked for. */
@Controller('staff')
@Access('public')
export class PasswordController {
  constructor(
    private readonly requestPasswordReset: RequestPasswordReset,
    private readonly setPasswordByLink: SetPasswordByLink,
  ) {}

  @Get('forgotten-password')
  async askAddress(@Res() response: Response): Promise<void> {
    await page(response, 'staff/sign-in/forgotten-password', { title: 'Choose a new password', errors: [], values: {} });
  }

  @Post('forgotten-password')
  async sendLink(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const form = readForm(forgottenPasswordForm, body);
    if (!form.ok) return page(response, 'staff/sign-in/forgotten-password', { title: 'Choose a new password', errors: form.errors, values: form.values }, UNPROCESSABLE);
    const outcome = await this.requestPasswordReset.run(form.value.email, originOf(request));
    if (!outcome.ok) throw new TooManyTries(outcome.refusal.waitSeconds);
    await page(response, 'staff/sign-in/link-sent', { title: 'Look into your mail', email: form.value.email });
  }

  @Get('set-password/:token')
  async askPassword(@Req() request: Request, @Res() response: Response, @Param('token') token: string): Promise<void> {
    const link = await this.setPasswordByLink.whose(token, originOf(request));
    if (!link) return this.spent(response);
    await this.show(response, link.email, []);
  }

  @Post('set-password/:token')
  async setPassword(@Req() request: Request, @Res() response: Response, @Param('token') token: string, @Body() body: unknown): Promise<void> {
    const origin = originOf(request);
    const link = await this.setPasswordByLink.whose(token, origin);
    if (!link) return this.spent(response);
    const form = readForm(newPasswordForm, body);
    if (!form.ok) return this.show(response, link.email, form.errors);
    const outcome = await this.setPasswordByLink.run({ token, password: form.value.password }, origin);
    if (!outcome.ok) {
      if (outcome.refusal === 'link_is_spent') return this.spent(response);
      return this.show(response, link.email, [{ field: 'password', text: passwordRefusalInWords(outcome.refusal) }]);
    }
    // Whoever was signed in on this browser is not any more: the next page is for the one who chose the password.
    await renewSession(request);
    redirectTo(response, '/staff/sign-in', 'Your password is chosen. Sign in with it now.');
  }

  private async show(response: Response, email: string, errors: readonly FormError[]): Promise<void> {
    await page(response, 'staff/sign-in/set-password', { title: 'Choose your password', email, errors, shortest: SHORTEST_PASSWORD }, errors.length > 0 ? UNPROCESSABLE : HttpStatus.OK);
  }

  private async spent(response: Response): Promise<void> {
    await page(response, 'staff/sign-in/link-spent', { title: 'This link does not work any more' }, HttpStatus.GONE);
  }
}
