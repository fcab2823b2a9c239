import { momentInWords } from '@app/kernel';
import type { Readership } from './kpi-workbook';

/** What is known of a version of a saved report beside its figures. */
export interface NotedVersion {
  readonly version: number;
  /** Every version of the same period, the newest first. */
  readonly versions: readonly { readonly version: number }[];
  readonly madeAt: Date;
  readonly sha256: string;
  readonly commentary: { readonly words: string; readonly writtenAt: Date; readonly writtenBy: string } | null;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
}

/**
 * What a file says of the saved report that it is made of. A publication copy may be of one that nobody signed: the same
 * figures can be asked for without it, so refusing would only lead round it; the file says so. It has neither the
 * commentary, whose words may give hidden numbers, nor the fingerprint, against which guesses of them could be tried.
 */
export function savedNotes({ version, versions, madeAt, sha256, commentary, signedAt, signedBy }: NotedVersion, readership: Readership): (readonly [string, string])[] {
  const signed = signedAt === null ? 'No: nobody has signed these figures off' : `On ${momentInWords(signedAt)}${readership === 'inside' ? ` by ${signedBy ?? 'somebody who is not known'}` : ''}`;
  const newest = versions[0]?.version ?? version;
  const kept: readonly (readonly [string, string])[] = [
    ['Version', `${String(version)}, saved on ${momentInWords(madeAt)}${newest > version ? `. History was corrected since: version ${String(newest)} is the newest` : ''}`],
    ['Signed off', signed],
  ];
  if (readership === 'publication') return [...kept];
  return [...kept, ['Commentary', commentary === null ? 'None' : `${commentary.words}\n${commentary.writtenBy}, ${momentInWords(commentary.writtenAt)}`], ['Fingerprint (SHA-256)', sha256]];
}
