/** The broad groups of the 2021 census of England and Wales, in its order. Ofsted asks for them in aggregate, where carers told them voluntarily. */
export const ETHNICITIES = ['asian', 'black', 'mixed', 'white', 'other'] as const;
export type Ethnicity = (typeof ETHNICITIES)[number];

export const ETHNICITY_NAMES: Readonly<Record<Ethnicity, string>> = {
  asian: 'Asian or Asian British',
  black: 'Black, Black British, Caribbean or African',
  mixed: 'Mixed or multiple ethnic groups',
  white: 'White',
  other: 'Other ethnic group',
};
