/** The kind of an error and where it happened. Quoted values are cut out: a database quotes what people typed. */
export function errorWithoutPeople(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const code = 'code' in thrown ? { code: thrown.code } : {};
  const constraint = 'constraint' in thrown ? { constraint: thrown.constraint } : {};
  const where = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: thrown.name, message: withoutPeople(thrown.message), ...code, ...constraint, stack: where.join('\n') };
}

/** A message without quoted values and without addresses of mail. */
export function withoutPeople(message: string): string {
  return message.replace(/(["'(]).*?(["')])/g, '$1…$2').replace(/[^\s<>]+@[^\s<>]+/g, '…');
}
