/** The addresses of constellations. */
export const constellationsPath = (): string => '/staff/constellations';

export const constellationPath = (id: string, part?: string, anchor?: string): string => `/staff/constellations/${id}${part === undefined ? '' : `/${part}`}${anchor === undefined ? '' : `#${anchor}`}`;

/** The limits of constellations, among the settings. */
export const limitsPath = (): string => '/staff/administration/constellations';

/** The report of a month, "2026-11". */
export const monthlyReportPath = (id: string, month: string, part?: string): string => constellationPath(id, `reports/${month.slice(0, 7)}${part === undefined ? '' : `/${part}`}`);
