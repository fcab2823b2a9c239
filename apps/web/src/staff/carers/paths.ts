/** The addresses of the register of approved carers. */
export const carersPath = (query: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `/staff/carers${search === '' ? '' : `?${search}`}`;
};

export const carerPath = (reference: string, part?: string): string => `/staff/carers/${encodeURIComponent(reference)}${part === undefined ? '' : `/${part}`}`;

export const registerPath = (reference: string): string => `/staff/carers/register/${encodeURIComponent(reference)}`;

export const needPath = (): string => '/staff/carers/need';
