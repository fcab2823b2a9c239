import { Readable } from 'node:stream';
import { ClamdScanner, ScannerUnavailable } from '@app/documents';
import { type FakeClamd, startFakeClamd } from '../../support/fake-clamd';

let clamd: FakeClamd;
beforeAll(async () => { clamd = await startFakeClamd(); });
afterAll(() => clamd.close());
beforeEach(() => { clamd.mood = 'well'; });

const scanner = (limitMs?: number) => new ClamdScanner({ host: '127.0.0.1', port: clamd.port }, limitMs);
const content = (text: string, times = 1): Readable => Readable.from((function* () { for (let n = 0; n < times; n += 1) yield Buffer.from(text); })());

describe('a scan', () => {
  it('finds nothing, or names what it finds', async () => {
    expect(await scanner().scan(content('quite harmless'))).toEqual({ found: 'nothing' });
    expect(await scanner().scan(content('a VIRUS in it'))).toEqual({ found: 'virus', signature: 'Test-Signature' });
  });

  it('sends all of a large file, in pieces', async () => {
    expect(await scanner().scan(content('x'.repeat(65_536), 80))).toEqual({ found: 'nothing' });
    expect(clamd.scanned.at(-1)).toBe(80 * 65_536);
  });

  it.each(['hangs_up', 'too_large'] as const)('has no verdict when the scanner %s', async (mood) => {
    clamd.mood = mood;
    await expect(scanner().scan(content('x'.repeat(65_536), 200))).rejects.toThrow(ScannerUnavailable);
  });

  it('does not wait for ever', async () => {
    clamd.mood = 'silent';
    const file = content('quite harmless');
    await expect(scanner(200).scan(file)).rejects.toThrow(/no verdict within 200 ms/);
    expect(file.destroyed).toBe(true);
  });

  it('has no verdict when nobody listens, or the file cannot be read', async () => {
    const down = await startFakeClamd();
    await down.close();
    await expect(new ClamdScanner({ host: '127.0.0.1', port: down.port }).scan(content('x'))).rejects.toThrow(ScannerUnavailable);
    const broken = Readable.from((async function* () { yield Buffer.from('x'); await Promise.resolve(); throw new Error('the disk'); })());
    await expect(scanner().scan(broken)).rejects.toThrow(ScannerUnavailable);
  });
});
