import { runHub } from '../../apps/hub/src/hub';

/** What a command answered: its exit code and what it wrote. */
export interface CommandAnswer {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs `hub` in this process against a database, and catches what it writes. */
export async function hubCommand(databaseUrl: string, ...words: string[]): Promise<CommandAnswer> {
  const written = { output: '', errors: '' };
  const catching = (stream: NodeJS.WriteStream, into: keyof typeof written) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      written[into] += String(text);
      return true;
    });
  const caught = [catching(process.stdout, 'output'), catching(process.stderr, 'errors')];
  const before = process.env['DATABASE_URL'];
  process.env['DATABASE_URL'] = databaseUrl;
  try {
    const code = await runHub(words);
    return { code, ...written };
  } finally {
    caught.forEach((one) => one.mockRestore());
    if (before === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = before;
  }
}
