declare const postcodeBrand: unique symbol;

/** A postcode as Royal Mail writes it: capitals, one space ('DE1 3AE'). Well-formed, which does not yet mean that it exists. */
export type Postcode = string & { readonly [postcodeBrand]: true };

// Royal Mail's formats A9, A99, AA9, AA99, A9A, AA9A with the letters that each place allows; BS 7666, as GOV.UK publishes it.
const outward = '(?:[A-PR-UWYZ](?:\\d{1,2}|[A-HK-Y]\\d{1,2}|\\d[A-HJKPSTUW]|[A-HK-Y]\\d[ABEHMNPRVWXY])|GIR)';
const wellFormed = new RegExp(`^(${outward})(\\d[ABD-HJLNP-UW-Z]{2})$`);

/** Reads a full postcode in any case and spacing; null when its form is none that Royal Mail uses. */
export function parsePostcode(text: string): Postcode | null {
  if (text.length > 40) return null;
  const parts = wellFormed.exec(text.replace(/[\s.\-–]/g, '').toUpperCase());
  return parts ? (`${parts[1] ?? ''} ${parts[2] ?? ''}` as Postcode) : null;
}
