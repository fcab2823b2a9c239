import type { Readable } from 'node:stream';

/** What a scanner says of a file. */
export type Verdict = { readonly found: 'nothing' } | { readonly found: 'virus'; readonly signature: string };

/** The scanner could not say anything: it is away, too slow, or it did not take the file. */
export class ScannerUnavailable extends Error {}

/** Where files are looked at for viruses. Throws ScannerUnavailable when there is no verdict. */
export abstract class Scanner {
  /** Whether one is set up at all. */
  abstract readonly present: boolean;
  abstract scan(content: Readable): Promise<Verdict>;
}

/** No scanner is set up: every document stays marked as not scanned. */
export class NoScanner extends Scanner {
  readonly present = false;

  scan(content: Readable): Promise<Verdict> {
    content.destroy();
    return Promise.reject(new ScannerUnavailable('No scanner is set up'));
  }
}
