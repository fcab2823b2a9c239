import { type ApprovalTerms, CARE_KIND_NAMES, CARE_KINDS } from '@app/assessments';
import { parseChildReference } from '@app/carers';
import { z } from 'zod';
import type { FormValues } from '../../platform/forms';
import { listInWords } from '../../platform/words';
import { type Control, itemsOf } from '../assessments/controls';
import { choices, one, optionalLine } from '../fields';

/** A whole number within bounds. */
export const wholeNumber = (least: number, most: number, missing: string) =>
  z.preprocess((given) => (/^\d{1,4}$/.test(one(given).trim()) ? Number(one(given).trim()) : NaN), z.number(missing).int(missing).min(least, missing).max(most, missing));

/** The reference of a child, as the case system writes it. */
export const childReference = z.preprocess(one, z.string()).transform((text, context): string => {
  const reference = parseChildReference(text);
  if (reference !== null) return reference;
  context.addIssue({ code: 'custom', message: text.trim() === '' ? 'Enter the child’s reference' : 'Enter the reference as the case system has it, such as CH-20481: letters and digits, never a name' });
  return z.NEVER;
});

const references = (text: string): readonly string[] => text.split(/[,;]+/).map((each) => each.trim()).filter((each) => each !== '');

/** The fields of terms of approval. */
export const termsFields = {
  children: wholeNumber(1, 20, 'Enter how many children, from 1 to 20'),
  age_from: wholeNumber(0, 18, 'Enter the youngest age, from 0 to 18'),
  age_to: wholeNumber(0, 18, 'Enter the oldest age, from 0 to 18'),
  care: choices(CARE_KINDS),
  named_child: optionalLine(20, 'The reference'),
  above: z.preprocess((given) => one(given) || 'none', z.enum(['none', 'siblings', 'exemption'])),
  exemption_authority: optionalLine(80, 'The authority'),
  exemption_children: z.preprocess((given) => one(given), z.string().max(200, 'Use 200 characters or fewer')),
} as const;
type TermsForm = { readonly [Field in keyof typeof termsFields]: z.output<(typeof termsFields)[Field]> };

/** The typed fields as terms. */
export function termsOfForm(form: TermsForm): ApprovalTerms {
  return {
    children: form.children,
    ageFrom: form.age_from,
    ageTo: form.age_to,
    care: form.care,
    namedChild: form.named_child === null ? null : (parseChildReference(form.named_child) ?? form.named_child),
    aboveLimit: form.above === 'siblings' ? { kind: 'siblings' } : form.above === 'exemption' ? { kind: 'exemption', authority: form.exemption_authority ?? '', children: references(form.exemption_children) } : null,
  };
}

/** What stands in the fields for given terms. */
export const termsValues = (terms: ApprovalTerms | null): FormValues =>
  terms === null
    ? { above: 'none' }
    : {
        children: String(terms.children),
        age_from: String(terms.ageFrom),
        age_to: String(terms.ageTo),
        care: [...terms.care],
        named_child: terms.namedChild ?? '',
        above: terms.aboveLimit?.kind ?? 'none',
        exemption_authority: terms.aboveLimit?.kind === 'exemption' ? terms.aboveLimit.authority : '',
        exemption_children: terms.aboveLimit?.kind === 'exemption' ? terms.aboveLimit.children.join(', ') : '',
      };

export const TERMS_CONTROLS: readonly Control[] = [
  { kind: 'line', name: 'children', label: 'How many children', classes: 'govuk-input--width-3' },
  { kind: 'line', name: 'age_from', label: 'From the age of', classes: 'govuk-input--width-3' },
  { kind: 'line', name: 'age_to', label: 'Up to the age of', classes: 'govuk-input--width-3' },
  { kind: 'boxes', name: 'care', label: 'Kinds of care', items: itemsOf(CARE_KIND_NAMES) },
  { kind: 'line', name: 'named_child', label: 'Reference of the child, if only for one', hint: 'Never a name', classes: 'govuk-input--width-10' },
  { kind: 'radios', name: 'above', label: 'Above the usual fostering limit?', items: [{ value: 'none', text: 'No' }, { value: 'siblings', text: 'Yes: all the children are siblings' }, { value: 'exemption', text: 'Yes: an exemption' }] },
  { kind: 'line', name: 'exemption_authority', label: 'Authority that gave the exemption', hint: 'For an exemption only: where the carer lives' },
  { kind: 'line', name: 'exemption_children', label: 'References of its children', hint: 'For an exemption only: with commas between them' },
];

/** Terms in a line: "2 children, 0 to 8 years, short-term and emergency". */
export function termsInWords(terms: Pick<ApprovalTerms, 'children' | 'ageFrom' | 'ageTo' | 'care'> & Partial<ApprovalTerms>): string {
  const children = `${String(terms.children)} ${terms.children === 1 ? 'child' : 'children'}`;
  const above = terms.aboveLimit ? (terms.aboveLimit.kind === 'siblings' ? ' (siblings)' : ' (by exemption)') : '';
  return `${children}${above}, ${String(terms.ageFrom)} to ${String(terms.ageTo)} years, ${listInWords(terms.care.map((kind) => CARE_KIND_NAMES[kind].toLowerCase()))}${terms.namedChild ? `: ${terms.namedChild}` : ''}`;
}
