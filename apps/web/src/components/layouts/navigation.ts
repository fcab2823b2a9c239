/** A place in a navigation. `current`: the page itself; `active`: a page below it. */
export interface Page {
  readonly text: string;
  readonly href: string;
  readonly current?: boolean;
  readonly active?: boolean;
}

/** Marks the place that `path` is, or is below. The start page is only ever itself. */
export function markCurrent(pages: readonly Page[], path: string): readonly Page[] {
  return pages.map((page) => ({
    ...page,
    current: page.href === path,
    active: page.href !== '/' && path.startsWith(`${page.href}/`),
  }));
}
