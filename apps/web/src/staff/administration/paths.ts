/** The addresses of administration: every link and redirect there is made here. */
const ROOT = '/staff/administration';

export const administrationPath = (): string => ROOT;

export const staffPath = (): string => `${ROOT}/staff`;
export const invitePath = (): string => `${ROOT}/staff/invite`;
export const memberPath = (staffId: string): string => `${ROOT}/staff/${staffId}`;
export const leavePath = (staffId: string): string => `${ROOT}/staff/${staffId}/leave`;

export const authoritiesPath = (): string => `${ROOT}/authorities`;
export const authorityPath = (code: string): string => `${ROOT}/authorities/${code}`;
export const timeLimitsPath = (): string => `${ROOT}/time-limits`;
export const assessmentSettingsPath = (): string => `${ROOT}/assessments`;
export const openingHoursPath = (): string => `${ROOT}/opening-hours`;
export const closureDaysPath = (): string => `${ROOT}/closure-days`;
export const postcodesPath = (): string => `${ROOT}/postcodes`;

export const websitesPath = (): string => `${ROOT}/websites`;

export const auditPath = (filters: Readonly<Record<string, string | undefined>> = {}): string => {
  const given = Object.entries(filters).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  const search = new URLSearchParams(given).toString();
  return `${ROOT}/audit${search === '' ? '' : `?${search}`}`;
};
