import { createHash } from 'node:crypto';
import { type ApplicantView, ApplicantPages, type CodeRefusal } from '@app/assessments';
import { Clock, dateInWords, momentInWords } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../platform/access';
import { type FormValues, readForm } from '../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../platform/page';
import { renewSession } from '../platform/sessions';
import type { FormError } from '../platform/words';
import { requiredLine, requiredNote } from '../staff/fields';
import { SESSION_KIND_NAMES } from '../staff/assessments/steps/stage-2-steps';

declare module 'express-session' {
  interface SessionData {
    /** An applicant whose code was taken: by which link, and when (milliseconds since 1970). */
    applicant: { readonly link: string; readonly at: number };
  }
}

const OPEN_FOR_MS = 3_600_000;
const codeForm = z.object({ code: requiredLine(20, 'Enter the code from our email') });
const commentForm = z.object({ comment: requiredNote('Write your comment') });

const CODE_WORDS: Readonly<Record<Exclude<CodeRefusal, 'no_such_link'>, string>> = {
  wrong_code: 'This is not the code of our last email. Look again',
  ask_for_another: 'This code does not work any more. Ask for another one',
};
const PROGRESS_WORDS = { to_come: 'To come', asked_for: 'We have asked for it', in: 'We have it' } as const;
const addressOf = (token: string, part = ''): string => `/your-assessment/${encodeURIComponent(token)}${part}`;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** An applicant's own page: opened by their personal link and a code by mail, for an hour. */
@Controller('your-assessment')
@Access('public')
export class ApplicantController {
  constructor(
    private readonly pages: ApplicantPages,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  async show(@Req() request: Request, @Res() response: Response, @Param('token') token: string): Promise<void> {
    if (this.isIn(request, token)) return this.showPage(response, token, null);
    if (!(await this.pages.works(token))) throw new NotFoundException();
    response.setHeader('Cache-Control', 'no-store');
    await page(response, 'applicant/ask-for-code', { title: 'Your own page', address: addressOf(token, '/code') });
  }

  @Post(':token/code')
  async send(@Res() response: Response, @Param('token') token: string): Promise<void> {
    if (!(await this.pages.sendCode(token))) throw new NotFoundException();
    redirectTo(response, addressOf(token, '/code'));
  }

  @Get(':token/code')
  async askForCode(@Res() response: Response, @Param('token') token: string): Promise<void> {
    if (!(await this.pages.works(token))) throw new NotFoundException();
    await this.showCode(response, token, { values: {}, errors: [] });
  }

  @Post(':token/open')
  async open(@Req() request: Request, @Res() response: Response, @Param('token') token: string, @Body() body: unknown): Promise<void> {
    const read = readForm(codeForm, body);
    if (!read.ok) return this.showCode(response, token, read);
    const taken = await this.pages.takeCode(token, read.value.code);
    if (!taken.ok) {
      if (taken.refusal === 'no_such_link') throw new NotFoundException();
      return this.showCode(response, token, { values: { code: read.value.code }, errors: [{ field: 'code', text: CODE_WORDS[taken.refusal] }] });
    }
    // Whoever knew the session's name before must not be in it now; a colleague who looks stays signed in.
    if (request.session.staffId === undefined) await renewSession(request);
    request.session.applicant = { link: hashOf(token), at: this.clock.now().getTime() };
    redirectTo(response, addressOf(token));
  }

  @Post(':token/comments')
  async comment(@Req() request: Request, @Res() response: Response, @Param('token') token: string, @Body() body: unknown): Promise<void> {
    const read = readForm(commentForm, body);
    // Somebody who wrote for longer than an hour keeps their words: they come back with the page, once a code is entered again.
    if (!this.isIn(request, token)) return this.showCode(response, token, { values: {}, errors: [{ field: 'code', text: 'Your page was closed after an hour. Ask for a new code; your words are below: copy them first' }] }, read.ok ? read.value.comment : null);
    if (!read.ok) return this.showPage(response, token, read);
    if (!(await this.pages.comment(token, read.value.comment))) throw new NotFoundException();
    redirectTo(response, addressOf(token), 'Thank you. Your social worker reads your comment, and so does the panel.');
  }

  @Post(':token/leave')
  leave(@Req() request: Request, @Res() response: Response, @Param('token') token: string): void {
    delete request.session.applicant;
    redirectTo(response, addressOf(token));
  }

  private isIn(request: Request, token: string): boolean {
    const applicant = (request.session as Request['session'] | undefined)?.applicant;
    return applicant?.link === hashOf(token) && this.clock.now().getTime() - applicant.at < OPEN_FOR_MS;
  }

  private async showCode(response: Response, token: string, again: { readonly values: FormValues; readonly errors: readonly FormError[] }, typed: string | null = null): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    await page(response, 'applicant/enter-code', { title: 'Enter the code', address: addressOf(token, '/open'), again: addressOf(token, '/code'), typed, ...again }, again.errors.length > 0 ? UNPROCESSABLE : 200);
  }

  private async showPage(response: Response, token: string, again: { readonly values: FormValues; readonly errors: readonly FormError[] } | null): Promise<void> {
    const view = await this.pages.view(token);
    if (!view) throw new NotFoundException();
    response.setHeader('Cache-Control', 'no-store');
    await page(response, 'applicant/own-page', { ...shownView(view), comments: addressOf(token, '/comments'), leave: addressOf(token, '/leave'), values: again?.values ?? {}, errors: again?.errors ?? [] }, again ? UNPROCESSABLE : 200);
  }
}

function shownView(view: ApplicantView) {
  const rowsOf = (checks: ApplicantView['ownChecks']) => checks.map(({ name, progress }) => [{ text: name }, { text: PROGRESS_WORDS[progress] }]);
  return {
    title: `Your assessment, ${view.firstName}`,
    caption: `${view.reference}, ${view.council}`,
    where: [
      `Your application was received on ${dateInWords(view.applicationOn)}.`,
      view.stage1 === 'passed' ? 'Stage 1, the checks, is passed.' : 'Stage 1, the checks, is under way.',
      view.stage2StartedOn ? `Stage 2, the assessment, began on ${dateInWords(view.stage2StartedOn)}.` : null,
    ].filter(Boolean).join(' '),
    own: rowsOf(view.ownChecks),
    home: rowsOf(view.homeChecks),
    sessions: view.sessions.map(({ kind, startsAt, minutes, place }) => `${momentInWords(startsAt)}: ${SESSION_KIND_NAMES[kind]}, ${place}, about ${String(minutes)} minutes`),
    report: view.report && { shared: momentInWords(view.report.sharedAt), sections: view.report.sections },
    mayComment: view.open && view.report !== null,
    written: view.ownComments.map(({ body, madeAt }) => ({ title: 'Your comment', when: momentInWords(madeAt), body })),
  };
}
