import { may, type WebsiteScope } from '@app/access';
import { type Settings, SETTINGS } from '@app/settings';
import { type CanActivate, type ExecutionContext, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { ACCESS, type RouteAccess } from './access';
import { carriedForm, type CarriedForm } from './carried-form';
import { changesSomething, hasCsrfToken, isFromOurPages } from './csrf';
import { WebsiteTokens } from './website-tokens';

/** Nobody is signed in. What was typed comes along, if it came from one of our own pages. */
export class SignedOut extends Error {
  constructor(readonly form: CarriedForm | null) {
    super('Nobody is signed in');
  }
}

/** The page had been open while its session ended or changed: what was typed can be sent again. */
export class FormTooOld extends Error {
  constructor(readonly form: CarriedForm) {
    super('The form belongs to another session');
  }
}

/** Another website sent the form. */
export class ForeignForm extends Error {}

/**
 * The one door. A route that declares nothing is shut; staff need a role that grants one of the declared actions, and
 * see "not found" otherwise; every change needs to come from a page of the same session.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: WebsiteTokens,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const access = this.reflector.getAllAndOverride<readonly RouteAccess[] | undefined>(ACCESS, [context.getHandler(), context.getClass()]);
    if (!access) throw new NotFoundException();

    const scope = access.map(websiteScope).find((each) => each !== null);
    if (scope) {
      request.actor = await this.tokens.authenticate(request, scope);
      return true;
    }
    this.mayAsk(request, access);
    if (changesSomething(request)) this.isOwnForm(request);
    return true;
  }

  private mayAsk(request: Request, access: readonly RouteAccess[]): void {
    if (access.includes('public')) return;
    const { actor } = request;
    if (actor.kind !== 'staff') throw new SignedOut(this.formOf(request));
    if (!access.some((each) => each !== 'public' && websiteScope(each) === null && may(actor, each as Parameters<typeof may>[1]))) throw new NotFoundException();
  }

  private isOwnForm(request: Request): void {
    if (!isFromOurPages(request, this.settings.publicUrl)) throw new ForeignForm();
    if (hasCsrfToken(request)) return;
    const form = this.formOf(request);
    throw form ? new FormTooOld(form) : new ForeignForm();
  }

  private formOf(request: Request): CarriedForm | null {
    return changesSomething(request) && isFromOurPages(request, this.settings.publicUrl) ? carriedForm(request) : null;
  }
}

function websiteScope(access: RouteAccess): WebsiteScope | null {
  return access.startsWith('website ') ? (access.slice('website '.length) as WebsiteScope) : null;
}
