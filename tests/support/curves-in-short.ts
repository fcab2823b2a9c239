import { createHash } from 'node:crypto';

/** The same with each curve as a digest of it: two that differ take minutes to print day by day. */
export function curvesInShort(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'curve' ? createHash('sha256').update(JSON.stringify(value)).digest('hex') : value)));
}
