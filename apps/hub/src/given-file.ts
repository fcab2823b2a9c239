import { stat } from 'node:fs/promises';

/** The size in bytes of a file that a command was given. Throws, in words, for one that is not there or is no file. */
export async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
    throw new Error(code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${code}).`);
  });
  if (!found.isFile()) throw new Error(`${path} is not a file.`);
  return found.size;
}
