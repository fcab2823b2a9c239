const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An id as an address or a hidden control names it; null for anything else. */
export const idOrNull = (given: unknown): string | null => (typeof given === 'string' && UUID.test(given) ? given : null);
