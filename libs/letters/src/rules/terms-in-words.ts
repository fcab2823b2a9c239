import { type ApprovalTerms, CARE_KIND_NAMES } from '@app/assessments';

/** The terms of an approval as a letter lists them, one a line. A child is named by reference only. */
export function termsInWords(terms: ApprovalTerms): string {
  const { children, ageFrom, ageTo, care, namedChild, aboveLimit } = terms;
  return [
    children === 1 ? 'one child' : `up to ${String(children)} children`,
    `aged ${String(ageFrom)} to ${String(ageTo)}`,
    `kinds of care: ${care.map((kind) => CARE_KIND_NAMES[kind].toLowerCase()).join(', ')}`,
    ...(namedChild ? [`for the child with our reference ${namedChild}`] : []),
    ...(aboveLimit?.kind === 'siblings' ? ['above the usual fostering limit for brothers and sisters who stay together'] : []),
    ...(aboveLimit?.kind === 'exemption' ? [`under an exemption by ${aboveLimit.authority} for the children with the references ${aboveLimit.children.join(', ')}`] : []),
  ].map((line) => `- ${line}`).join('\n');
}
