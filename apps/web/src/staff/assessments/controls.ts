/** A choice in a list. */
export interface Item {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string };
}

interface Named {
  /** The name of the field, and the id of its control. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

/** One control of a form, as plain data; `controls.njk` draws it. */
export type Control =
  | ({ readonly kind: 'date' } & Named)
  | ({ readonly kind: 'line'; readonly type?: 'email' | 'time' | 'text'; readonly classes?: string } & Named)
  | ({ readonly kind: 'note'; readonly rows?: number } & Named)
  | ({ readonly kind: 'choice' | 'radios' | 'boxes'; readonly items: readonly Item[] } & Named)
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'list'; readonly text: string; readonly items: readonly string[] };

/** Choices from codes and their names. */
export const itemsOf = (names: Readonly<Record<string, string>>): readonly Item[] => Object.entries(names).map(([value, text]) => ({ value, text }));
