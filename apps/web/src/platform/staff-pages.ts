import { type Action, may, type StaffActor } from '@app/access';
import { markCurrent, type Page } from '../components/layouts/navigation';

interface StaffPage {
  readonly text: string;
  readonly href: string;
  /** Whoever may do one of these sees the page. */
  readonly for: readonly Action[];
}

/** The places of the staff side, in the order of the navigation. The first that somebody may use is their home. */
export const STAFF_PAGES: readonly StaffPage[] = [
  { text: 'Worklist', href: '/staff/worklist', for: ['worklist.read'] },
  { text: 'Pipeline', href: '/staff/pipeline', for: ['pipeline.read'] },
  { text: 'Families', href: '/staff/search', for: ['search.use'] },
  { text: 'Caseload', href: '/staff/caseload', for: ['caseload.read'] },
  { text: 'Panels', href: '/staff/panels', for: ['panels.manage', 'panels.attend'] },
  { text: 'Decisions', href: '/staff/decisions', for: ['decisions.make'] },
  { text: 'Carers', href: '/staff/carers', for: ['carers.read'] },
  { text: 'Constellations', href: '/staff/constellations', for: ['constellations.read'] },
  { text: 'Reports', href: '/staff/reports', for: ['reports.read'] },
  { text: 'Administration', href: '/staff/administration', for: ['staff.manage', 'settings.manage', 'websites.manage', 'audit.read'] },
  { text: 'Help', href: '/staff/help', for: ['help.read'] },
];

/** The places that a member of staff may use, with the one that `path` belongs to marked. */
export function staffPages(actor: StaffActor, path: string): readonly Page[] {
  return markCurrent(
    STAFF_PAGES.filter((page) => page.for.some((action) => may(actor, action))).map(({ text, href }) => ({ text, href })),
    path,
  );
}

/** Where the work of those begins who have no worklist. */
const HOMES_WITHOUT_A_WORKLIST: readonly (readonly [Action, string])[] = [['reports.read', '/staff/reports'], ['decisions.make', '/staff/decisions'], ['panels.manage', '/staff/panels'], ['constellations.work', '/staff/constellations']];

/** Where somebody starts: where their work is, else at the first place that they may use. */
export function homeOf(actor: StaffActor): string {
  const [, home] = (may(actor, 'worklist.read') ? undefined : HOMES_WITHOUT_A_WORKLIST.find(([action]) => may(actor, action))) ?? [];
  if (home !== undefined) return home;
  return STAFF_PAGES.find((page) => page.for.some((action) => may(actor, action)))?.href ?? '/staff/help';
}
