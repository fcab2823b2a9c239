import type { Page } from './navigation';

/** How to reach the hub, as its settings have it today. */
export interface HubContact {
  readonly name: string;
  /** As people write it: "03033 132950". */
  readonly telephone: string;
  /** For a `tel:` link: "+443033132950". */
  readonly telephoneE164: string;
  readonly email: string;
  /** One line each, in words: "Monday to Friday, 9am to 5pm". */
  readonly openingHours: readonly string[];
  /** The councils that run the hub, in alphabetical order. */
  readonly councils: readonly string[];
}

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
  /** What was searched for, to stand in the search box; empty otherwise. */
  readonly searchText: string;
}
