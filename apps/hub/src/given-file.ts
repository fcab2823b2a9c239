import { stat } from 'node:fs/promises';

/** The size in bytes of a file that a command was given. Throws, in words, for one that is not there or is no file. */
export async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${error.code ?? error.message}).`);
  });
  if (!found.isFile()) throw new Error(`${path} is not a file.`);
  return found.size;
}
