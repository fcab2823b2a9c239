import type { HubContact } from '@app/authorities';
import type { Page } from './navigation';

/** How far the demonstration has been loaded, while it is being loaded. */
export interface DemoProgress {
  readonly done: number;
  readonly total: number;
}

/** What every page needs, whoever looks at it. Belongs to one response; never to the application. */
export interface Layout {
  readonly hub: HubContact;
  /** True when the people in this database are made up. */
  readonly demo: boolean;
  readonly demoProgress: DemoProgress | null;
  readonly csrfToken: string;
  /** The address being looked at, without its query. */
  readonly path: string;
}

/** The signed-in member of staff, as the header shows them. */
export interface SignedIn {
  readonly name: string;
  /** In words: "Recruitment officer". */
  readonly role: string;
  /** In words: "Derby", or "All authorities". */
  readonly authority: string;
}

/** What every staff page needs besides. `me` is null on the sign-in pages. */
export interface StaffLayout extends Layout {
  readonly me: SignedIn | null;
  readonly navigation: readonly Page[];
  /** Whether they may search for families: nobody else sees the box. */
  readonly maySearch: boolean;
  /** What was searched for, to stand in the search box; empty otherwise. */
  readonly searchText: string;
  /** How many things are impossible or missing in the records that a page of figures rests on; null on other pages. */
  readonly recordsToMend: number | null;
}
