import { createHash } from 'node:crypto';
import { rows, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { ForbiddenException, Injectable, UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';
import type { WebsiteScope } from './access';
import { originOf, type PublicActor } from './request';

/** Knows websites by the bearer token that an administrator gave them; only its hash is kept. */
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
    const website = await this.transactions.run({ kind: 'gate' }, async (tx) => {
      const [found] = await rows<{ id: string; scopes: string[] }>(tx, 'SELECT id, scopes FROM websites WHERE token_hash = $1 AND revoked_at IS NULL', [hashOf(token)]);
      if (found) await tx.query(`UPDATE websites SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`, [found.id, this.clock.now()]);
      return found ?? null;
    });
    if (!website) throw new UnauthorizedException('This token is unknown or was withdrawn.');
    if (!website.scopes.includes(scope)) throw new ForbiddenException(`This token is not for ${scope}.`);
    return { kind: 'public', websiteId: website.id, origin: originOf(request) };
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
