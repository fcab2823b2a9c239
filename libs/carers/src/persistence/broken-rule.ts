/** The name of the rule that PostgreSQL refused a change by; null for every other error. */
export function brokenRule(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { driverError } = error as { readonly driverError?: unknown };
  const said = typeof driverError === 'object' && driverError !== null ? driverError : error;
  const { constraint } = said as { readonly constraint?: unknown };
  return typeof constraint === 'string' ? constraint : null;
}
