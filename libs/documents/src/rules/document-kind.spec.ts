import { firstLook, wordDocument } from './document-kind';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('the first bytes of a file', () => {
  it.each([
    ['%PDF-1.7\n', 'pdf'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['\xff\xd8\xff\xe0\x00\x10JFIF', 'jpeg'],
    ['PK\x03\x04\x14\x00', 'zip'],
    ['\x00\x00\x00\x18ftypheic', 'heic'],
    ['\x00\x00\x00\x18ftypmif1', 'heic'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'old_word'],
    ['MZ\x90\x00', 'unknown'],
    ['<html><script>', 'unknown'],
    [' %PDF-1.7', 'unknown'],
    ['%PD', 'unknown'],
    ['', 'unknown'],
  ])('of %j say %s', (head, kind) => {
    expect(firstLook(bytes(head))).toBe(kind);
  });
});

describe('an archive', () => {
  const word = ['[Content_Types].xml', '_rels/.rels', 'word/document.xml'];

  it('is a Word document when it holds one', () => {
    expect(wordDocument(word)).toBe('docx');
    expect(wordDocument(['[Content_Types].xml', 'xl/workbook.xml'])).toBe('zip');
    expect(wordDocument(['word/document.xml'])).toBe('zip');
    expect(wordDocument([])).toBe('zip');
  });

  it('is not taken with programs in it', () => {
    expect(wordDocument([...word, 'word/vbaProject.bin'])).toBe('macros');
    expect(wordDocument([...word, 'word/activeX/activeX1.bin'])).toBe('macros');
  });
});
