/**
 * The reference of a child as the case system writes it: up to six letters, then digits ("CH-20481"). Null for anything
 * else, so that no name of a child can be typed where a reference belongs.
 */
export function parseChildReference(text: string): string | null {
  const reference = text.trim().toUpperCase().replace(/\s+/g, ' ');
  return /^[A-Z]{1,6}[-/ ]?[0-9]{1,12}$/.test(reference) ? reference : null;
}
