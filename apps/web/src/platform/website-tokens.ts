import { websiteOfToken, type WebsiteScope } from '@app/access';
import { Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { ForbiddenException, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import { originOf, type PublicActor } from './request';

/** Knows websites by the bearer token that an administrator gave them. */
@Injectable()
export class WebsiteTokens {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The website as an actor. Refuses with 401 without a valid token, with 403 when it is not for this. */
  async authenticate(request: Request, scope: WebsiteScope): Promise<PublicActor> {
    const [, token] = /^Bearer\s+([\w-]{20,200})$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) throw new UnauthorizedException('Send the token of your website: Authorization: Bearer …');
    const website = await this.transactions.run({ kind: 'gate' }, (tx) => websiteOfToken(tx, this.clock.now(), token));
    if (!website) throw new UnauthorizedException('This token is unknown or was withdrawn.');
    if (!website.scopes.includes(scope)) throw new ForbiddenException(`This token is not for ${scope}.`);
    return { kind: 'public', websiteId: website.id, origin: originOf(request) };
  }
}
