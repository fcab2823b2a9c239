import { type Action, may, type StaffActor } from '@app/access';

/** One of the places around the report. */
export interface ReportPlace {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

/** What several places are for. */
export interface ReportPlaceGroup {
  readonly name: string;
  readonly places: readonly ReportPlace[];
}

interface Place {
  readonly text: string;
  readonly href: string;
  readonly for: Action;
}

const GROUPS: readonly { readonly name: string; readonly places: readonly Place[] }[] = [
  {
    name: 'Report',
    places: [
      { text: 'The report', href: '/staff/reports', for: 'reports.read' },
      { text: 'Saved reports', href: '/staff/reports/saved', for: 'reports.read' },
      { text: 'The year as Ofsted counts it', href: '/staff/reports/year', for: 'reports.read' },
    ],
  },
  {
    name: 'Learn',
    places: [
      { text: 'Where families are lost', href: '/staff/reports/losses', for: 'reports.read' },
      { text: 'Forecast', href: '/staff/reports/forecast', for: 'reports.read' },
      { text: 'Change or chance', href: '/staff/reports/series', for: 'reports.read' },
      { text: 'Authorities and chance', href: '/staff/reports/authorities', for: 'reports.analyse' },
      { text: 'The need for places', href: '/staff/carers/need', for: 'reports.read' },
    ],
  },
  {
    name: 'Prepare',
    places: [
      { text: 'Targets', href: '/staff/reports/targets', for: 'targets.manage' },
      { text: 'Data quality', href: '/staff/reports/data-quality', for: 'reports.read' },
      { text: 'Rows for analysis', href: '/staff/reports/rows', for: 'reports.rows' },
    ],
  },
];

/** The places around the report that somebody may use, by what they are for, with the one at `path` marked. */
export function reportPlaces(actor: StaffActor, path: string): readonly ReportPlaceGroup[] {
  return GROUPS.map(({ name, places }) => ({ name, places: places.filter((place) => may(actor, place.for)).map(({ text, href }) => ({ text, href, current: href === path })) })).filter(({ places }) => places.length > 0);
}
