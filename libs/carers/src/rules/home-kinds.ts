/** The kinds of home on the register. Foster and kinship homes are approved; the others are there as far as a constellation takes them in. */
export const HOME_KINDS = ['foster', 'kinship', 'adoptive', 'care_leaver'] as const;
export type HomeKind = (typeof HOME_KINDS)[number];

export const HOME_KIND_NAMES: Readonly<Record<HomeKind, string>> = {
  foster: 'Fostering household',
  kinship: 'Kinship home',
  adoptive: 'Adoptive home',
  care_leaver: 'Care leaver',
};

/** Whether a home of this kind has an approval, with terms and reviews. */
export const isApprovedKind = (kind: HomeKind): boolean => kind === 'foster' || kind === 'kinship';
