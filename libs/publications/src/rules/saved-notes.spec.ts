import { type NotedVersion, savedNotes } from './saved-notes';

const saved: NotedVersion = {
  version: 1, versions: [{ version: 1 }], madeAt: new Date('2026-11-04T03:10:00Z'), sha256: 'ab12', signedAt: new Date('2026-11-06T10:00:00Z'), signedBy: 'Mia Example',
  commentary: { words: 'Three families withdrew.', writtenAt: new Date('2026-11-05T10:00:00Z'), writtenBy: 'Ana Example' },
};
const notes = (report: NotedVersion, readership: 'inside' | 'publication'): string => savedNotes(report, readership).map(([name, value]) => `${name}: ${value}`).join('\n');

describe('what a file says of the saved report that it is made of', () => {
  it('is its version, who signed it and when, its commentary and its fingerprint', () => {
    expect(notes(saved, 'inside')).toBe('Version: 1, saved on Wednesday 4 November 2026 at 3:10am\nSigned off: On Friday 6 November 2026 at 10am by Mia Example\nCommentary: Three families withdrew.\nAna Example, Thursday 5 November 2026 at 10am\nFingerprint (SHA-256): ab12');
  });

  it('is that nobody signed it, and that there is a newer version', () => {
    const unsigned = { ...saved, signedAt: null, signedBy: null, versions: [{ version: 2 }, ...saved.versions] };
    for (const readership of ['inside', 'publication'] as const) {
      expect(notes(unsigned, readership)).toContain('Signed off: No: nobody has signed these figures off');
      expect(notes(unsigned, readership)).toContain('version 2 is the newest');
    }
  });

  it('gives a publication neither words that may tell hidden numbers nor a fingerprint that guesses can be tried against', () => {
    expect(notes(saved, 'publication')).not.toMatch(/Three families|ab12|Example/);
  });
});
