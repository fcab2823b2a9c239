import { hash, verify } from '@node-rs/argon2';
import { normalPassword } from '../rules/password';

/** argon2id with 19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash of nobody's password: checking against it takes as long as against a real one. */
const NOBODYS = hash(`nobody:${Math.random().toString(36)}`, COST);

/** The argon2id hash of a password, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(normalPassword(password), COST);

/** Whether a password belongs to a hash. Without a hash the answer is no, after the same time. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await NOBODYS), normalPassword(password));
  return matches && stored !== null;
}
