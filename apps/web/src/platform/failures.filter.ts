import { type ArgumentsHost, Catch, type ExceptionFilter, HttpStatus, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ForeignForm, FormTooOld, SignedOut } from './access.guard';
import { packForm } from './carried-form';
import { failureOf } from './failure';
import { page, rendered } from './page';
import { sendProblem } from './problem';
import { isForMachines, isForTheApi, originOf } from './request';

const SIGN_IN = '/staff/sign-in';

interface Words {
  readonly title: string;
  readonly text: string;
}

const WORDS: Readonly<Record<number, Words>> = {
  400: { title: 'We could not read that request', text: 'Go back and try again. If you typed the address, check it.' },
  403: { title: 'That form did not come from one of our pages', text: 'Nothing was changed. Open the page here and send the form again.' },
  404: { title: 'This page is not here', text: 'The address may be mistyped, the page may have moved, or it is not one that you can open with your sign-in.' },
  405: { title: 'That cannot be done here', text: 'Go back and try again.' },
  413: { title: 'That was too much at once', text: 'Shorten what you wrote and send it again. Your browser’s Back button brings back what you typed.' },
  429: { title: 'Too many tries', text: 'Please wait a little before you try again. Nothing was lost.' },
  500: { title: 'Something went wrong on our side', text: 'What was saved before is safe. Try again in a minute; if it happens again, tell us the reference below.' },
  503: { title: 'We cannot reach our records just now', text: 'This is usually over within minutes. What was saved before is safe. Please try again soon.' },
};

/** Turns whatever a request failed with into a page (or JSON for machines) that says what happened and what to do. */
@Catch()
@Injectable()
export class FailuresFilter implements ExceptionFilter {
  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.end();
      return;
    }
    if (thrown instanceof SignedOut) return this.signIn(request, response, thrown);
    if (thrown instanceof FormTooOld) return page(response, 'platform/send-again', { title: 'Please send that once more', form: thrown.form }, HttpStatus.FORBIDDEN);

    const { status, wait } = thrown instanceof ForeignForm ? { status: HttpStatus.FORBIDDEN, wait: null } : failureOf(thrown);
    if (status >= 500) request.log.error({ err: thrown }, 'request failed');
    if (wait !== null) response.setHeader('Retry-After', String(wait));
    if (isForTheApi(request.path)) return sendProblem(request, response, status, thrown);
    if (isForMachines(request.path)) {
      response.status(status).json({ status: 'failed', requestId: originOf(request).requestId });
      return;
    }
    await this.errorPage(request, response, status);
  }

  private async signIn(request: Request, response: Response, { form }: SignedOut): Promise<void> {
    if (form) return page(response, 'platform/signed-out', { title: 'You were signed out', carried: packForm(form), form, action: SIGN_IN }, HttpStatus.UNAUTHORIZED);
    if (request.headers.accept?.includes('application/json')) {
      response.status(HttpStatus.UNAUTHORIZED).json({ error: { code: 'signed_out', message: 'Nobody is signed in.' } });
      return;
    }
    const wanted = request.method === 'GET' && request.originalUrl !== '/staff' ? `?then=${encodeURIComponent(request.originalUrl)}` : '';
    response.redirect(303, `${SIGN_IN}${wanted}`);
  }

  private async errorPage(request: Request, response: Response, status: number): Promise<void> {
    const words = WORDS[status] ?? (status >= 500 ? WORDS[500] : WORDS[400]) ?? { title: 'Something went wrong', text: '' };
    const model = { ...words, reference: status >= 500 ? originOf(request).requestId : null, staffSide: request.path.startsWith('/staff') };
    if (request.layoutFacts) {
      try {
        await page(response, 'platform/failure', model, status);
        return;
      } catch (error) {
        request.log.error({ err: error }, 'error page failed');
      }
    }
    const html = await rendered(response, 'platform/plain-failure', model).catch(() => `<!DOCTYPE html><title>${words.title}</title><h1>${words.title}</h1><p>${words.text}</p>`);
    response.status(status).type('html').send(html);
  }
}
