import { createHash, randomBytes } from 'node:crypto';
import { insertRows, rows } from '@app/database';
import type { EntityManager } from 'typeorm';

export type LinkPurpose = 'invitation' | 'password_reset';

/** How long a link works: an invitation waits for somebody's first day, a reset is for now. */
export const LINK_HOURS: Readonly<Record<LinkPurpose, number>> = { invitation: 7 * 24, password_reset: 2 };

/** A link that can still be used, and whose it is. */
export interface OpenLink {
  readonly staffId: string;
  readonly email: string;
  readonly name: string;
  readonly purpose: LinkPurpose;
  readonly demonstration: boolean;
}

const HOUR_MS = 3_600_000;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes a link and answers its path. Only a hash of the secret in it is kept, so it cannot be shown again. */
export async function makeLink(tx: EntityManager, now: Date, staffId: string, purpose: LinkPurpose): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await insertRows(tx, 'one_time_links', [{ token_hash: hashOf(token), staff_id: staffId, purpose, created_at: now, expires_at: new Date(now.getTime() + LINK_HOURS[purpose] * HOUR_MS) }]);
  return `/staff/set-password/${token}`;
}

/** The link of a token, locked against a second use at the same moment; null when it was used, has run out or never was. For the gate only. */
export async function lockOpenLink(tx: EntityManager, now: Date, token: string): Promise<OpenLink | null> {
  const [link] = await rows<OpenLink>(
    tx,
    `SELECT s.id AS "staffId", s.email, s.name, l.purpose, s.demonstration FROM one_time_links l JOIN staff s ON s.id = l.staff_id
      WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND s.state <> 'left' FOR UPDATE OF l`,
    [hashOf(token), now],
  );
  return link ?? null;
}

/** Spends every open link of somebody: one that was sent before must not work after. */
export async function spendLinks(tx: EntityManager, now: Date, staffId: string): Promise<void> {
  await tx.query('UPDATE one_time_links SET used_at = $2 WHERE staff_id = $1 AND used_at IS NULL', [staffId, now]);
}
