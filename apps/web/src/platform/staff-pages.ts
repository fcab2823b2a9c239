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

/** Where somebody starts: analysts at the reports, liaison workers at their constellations, everyone else at the first place that they may use. */
export function homeOf(actor: StaffActor): string {
  if (may(actor, 'reports.read') && !may(actor, 'worklist.read')) return '/staff/reports';
  if (may(actor, 'constellations.work') && !may(actor, 'worklist.read')) return '/staff/constellations';
  return STAFF_PAGES.find((page) => page.for.some((action) => may(actor, action)))?.href ?? '/staff/help';
}
