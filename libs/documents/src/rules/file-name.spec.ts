import fc from 'fast-check';
import { DOCUMENT_KINDS } from './document-kind';
import { cleanFileName, titleFromName } from './file-name';

describe('the name of a file', () => {
  it.each([
    ['medical.pdf', 'pdf', 'medical.pdf'],
    ['Photo 1.JPG', 'jpeg', 'Photo 1.jpg'],
    ['..\\..\\windows\\evil.exe', 'pdf', 'evil.pdf'],
    ['../../etc/passwd', 'docx', 'passwd.docx'],
    ['report.pdf.exe', 'pdf', 'report.pdf.pdf'],
    ['a\u202Efdp.exe', 'pdf', 'afdp.pdf'],
    ['a"b\r\nX: y.pdf', 'pdf', 'a-bX- y.pdf'],
    ['.htaccess', 'png', 'htaccess.png'],
    ['Dr. Smith', 'pdf', 'Dr. Smith.pdf'],
    ['', 'pdf', 'document.pdf'],
    ['...', 'pdf', 'document.pdf'],
    ['Zoë’s résumé.docx', 'docx', 'Zoë’s résumé.docx'],
  ] as const)('%j as %s becomes %j', (given, kind, clean) => {
    expect(cleanFileName(given, kind)).toBe(clean);
  });

  it('is safe, whatever was given, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...DOCUMENT_KINDS), (given, kind) => {
        const clean = cleanFileName(given, kind);
        expect(clean).toMatch(/^[^/\\<>:"|?*\p{Cc}\p{Cf}]+\.(pdf|docx|png|jpe?g)$/u);
        expect(clean.startsWith('.')).toBe(false);
        expect([...clean].length).toBeLessThanOrEqual(120);
        expect(cleanFileName(clean, kind)).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the document its title', () => {
    expect(titleFromName('Medical_report_2.pdf')).toBe('Medical report 2');
  });
});
