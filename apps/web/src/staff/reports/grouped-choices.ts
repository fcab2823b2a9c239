/** Choices of a select under the headings that they belong to. */
export interface ChoiceGroup {
  readonly label: string;
  readonly items: readonly { readonly value: string; readonly text: string }[];
}

/** The choices in their order, under the sections that they name. */
export function groupedChoices(choices: readonly { readonly section: string; readonly value: string; readonly text: string }[]): ChoiceGroup[] {
  return [...new Set(choices.map(({ section }) => section))].map((label) => ({ label, items: choices.filter(({ section }) => section === label) }));
}
