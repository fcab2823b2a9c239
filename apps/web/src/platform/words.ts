/** What was wrong with one control of a form: the id of the control, and the words that stand beside it. */
export interface FormError {
  readonly field: string;
  readonly text: string;
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** A whole number as people write it: 1,774. Nothing to count is a dash. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : whole.format(value);
}

/** A number with its noun: "1 family", "1,774 families". */
export function countOf(value: number, one: string, many: string): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}

/** A share between 0 and 1 in percent, with one decimal unless told: "15.5%". Without a base it is a dash. */
export function percent(share: number | null | undefined, decimals = 1): string {
  return share === null || share === undefined ? '–' : `${(share * 100).toFixed(decimals)}%`;
}

/** "Derby, Derbyshire and Nottingham". */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;
}

/** The message for one control, as GOV.UK's macros want it; false when there is none. */
export function errorFor(errors: readonly FormError[] | null | undefined, field: string): { readonly text: string } | false {
  const error = errors?.find((each) => each.field === field);
  return error === undefined ? false : { text: error.text };
}
