import type { StaffLoad } from '@app/journeys';
import { worklistPath } from '../paths';

/** Loads as rows of a table, each name a link to that person's families. */
export const loadRows = (loads: readonly StaffLoad[], atMost = loads.length) => ({
  rows: loads.slice(0, atMost).map(({ staffId, name, toActOn, overdue, assigned }) => ({ name, href: worklistPath({ whose: staffId }), toActOn, overdue, assigned })),
  more: Math.max(0, loads.length - atMost),
});
