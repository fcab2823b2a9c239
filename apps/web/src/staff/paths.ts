/** The addresses of the staff pages about families: every link and redirect is made here. */

type Query = Readonly<Record<string, string | undefined>>;

const withQuery = (path: string, query: Query, anchor?: string): string => {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  const search = new URLSearchParams(given).toString();
  return `${path}${search === '' ? '' : `?${search}`}${anchor === undefined ? '' : `#${anchor}`}`;
};

/** The worklist under filters, as `worklist-address.ts` writes them; the anchor leads to a group or a family. */
export const worklistPath = (query: Query = {}, anchor?: string): string => withQuery('/staff/worklist', query, anchor);

export const loadsPath = (): string => '/staff/worklist/loads';

/** What is impossible or missing in the records of one's own families. */
export const recordsPath = (): string => '/staff/worklist/records';

export const pipelinePath = (): string => '/staff/pipeline';

export const searchPath = (text?: string): string => withQuery('/staff/search', { text });

export const logEnquiryPath = (): string => '/staff/log-enquiry';

export const heldPath = (): string => '/staff/held';

/** What an officer decides about an enquiry that was kept aside. */
export const heldDecisionPath = (contactId: string, decision: 'release' | 'refuse'): string => `${heldPath()}/${contactId}/${decision}`;

/** A family's page; references of imported families may hold any sign. */
export const familyPath = (reference: string, query: Query = {}, anchor?: string): string => withQuery(`/staff/families/${encodeURIComponent(reference)}`, query, anchor);

/** A form about a family; `back` is where it leads when it is done, the family's page when left out. */
export const familyFormPath = (reference: string, form: string, back?: string): string => withQuery(`/staff/families/${encodeURIComponent(reference)}/${form}`, { back });

export const memberLeavesPath = (reference: string): string => `/staff/families/${encodeURIComponent(reference)}/members/leave`;

/** The assessment of a family: its file, or a part of it. */
export const assessmentPath = (reference: string, part?: string, anchor?: string): string => withQuery(`/staff/families/${encodeURIComponent(reference)}/assessment${part === undefined ? '' : `/${part}`}`, {}, anchor);

export const caseloadPath = (query: Query = {}): string => withQuery('/staff/caseload', query);

export const panelsPath = (): string => '/staff/panels';

export const panelPath = (panelId: string, anchor?: string): string => withQuery(`/staff/panels/${panelId}`, {}, anchor);

export const decisionsPath = (): string => '/staff/decisions';

/** A case as the members of a panel read it. */
export const panelCasePath = (panelId: string, reference: string): string => `/staff/panels/${panelId}/cases/${encodeURIComponent(reference)}`;
