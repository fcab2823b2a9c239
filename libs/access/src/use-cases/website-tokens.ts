import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '@app/audit';
import { type Actor, actorName, affected, insertRows, rows, Transactions } from '@app/database';
import { Clock, newId, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** What a website's token may be used for. */
export const WEBSITE_SCOPES = ['enquiries:write', 'reports:read'] as const;
export type WebsiteScope = (typeof WEBSITE_SCOPES)[number];

/** A council's website, or a reader of reports, known by a bearer token of which only a hash is kept. */
export interface Website {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly WebsiteScope[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

const COLUMNS = `id, name, scopes, created_at AS "createdAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** All websites, those that may still come first. */
export const websites = (tx: EntityManager): Promise<Website[]> => rows<Website>(tx, `SELECT ${COLUMNS} FROM websites ORDER BY revoked_at IS NOT NULL, name COLLATE "en-GB-x-icu", id`);

/** The website of a bearer token; null for one that is unknown or was withdrawn. Notes, to the minute, that it came. */
export async function websiteOfToken(tx: EntityManager, now: Date, token: string): Promise<Website | null> {
  const [website] = await rows<Website>(tx, `SELECT ${COLUMNS} FROM websites WHERE token_hash = $1 AND revoked_at IS NULL`, [hashOf(token)]);
  if (!website) return null;
  await tx.query(`UPDATE websites SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`, [website.id, now]);
  return website;
}

/** Gives a website a token. It is shown this once. */
@Injectable()
export class GiveWebsiteToken {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: Actor, asked: { readonly name: string; readonly scopes: readonly WebsiteScope[] }): Promise<Result<{ readonly id: string; readonly token: string }, 'no_name' | 'no_scope'>> {
    const name = asked.name.trim();
    return this.transactions.run(actor, async (tx): Promise<Result<{ id: string; token: string }, 'no_name' | 'no_scope'>> => {
      if (name === '') return refused('no_name');
      if (asked.scopes.length === 0) return refused('no_scope');
      const id = newId();
      const token = `hub_${randomBytes(32).toString('base64url')}`;
      const now = this.clock.now();
      await insertRows(tx, 'websites', [{ id, name, token_hash: hashOf(token), scopes: asked.scopes, created_at: now, created_by: actorName(actor) }]);
      await recordAudit(tx, actor, now, { action: 'website.give_token', subjectKind: 'website', subjectId: id, detail: { scopes: asked.scopes } });
      return ok({ id, token });
    });
  }
}

/** Withdraws a website's token at once. False when there is none to withdraw. */
@Injectable()
export class WithdrawWebsiteToken {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: Actor, id: string): Promise<boolean> {
    return this.transactions.run(actor, async (tx) => {
      const now = this.clock.now();
      const withdrawn = await affected(tx, 'UPDATE websites SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, now]);
      if (withdrawn > 0) await recordAudit(tx, actor, now, { action: 'website.withdraw_token', subjectKind: 'website', subjectId: id });
      return withdrawn > 0;
    });
  }
}
