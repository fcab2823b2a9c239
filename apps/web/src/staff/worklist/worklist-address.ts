import { AUTHORITY_CODES, type AuthorityCode } from '@app/authorities';
import { CHANNELS, type Channel, STAGES, type Stage, WHOSE, type Whose, WORKLIST_GROUPS, type WorklistCursor, type WorklistFilters, type WorklistGroup } from '@app/journeys';

/** The boxes that a row can open in the worklist itself. */
export const ROW_BOXES = ['contact', 'move', 'assign', 'route', 'resume'] as const;
export type RowBox = (typeof ROW_BOXES)[number];

/** What an address of the worklist asks for. */
export interface WorklistAddress {
  readonly filters: WorklistFilters;
  /** One group alone, or null for the top of all. */
  readonly group: WorklistGroup | null;
  readonly after: WorklistCursor | null;
  /** The family whose box is open. */
  readonly open: { readonly reference: string; readonly box: RowBox } | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONGEST = 200;
const AUTHORITIES: readonly AuthorityCode[] = [...AUTHORITY_CODES, 'unrouted'];

type Query = Readonly<Record<string, unknown>>;
const text = (query: Query, name: string): string => (typeof query[name] === 'string' ? query[name].slice(0, LONGEST).trim() : '');
const among = <Choice extends string>(choices: readonly Choice[], given: string): Choice | undefined => choices.find((choice) => choice === given);

/** Reads the address; what it does not know it leaves out. `usually` is whose families are shown when the address does not say. */
export function readWorklistAddress(query: Query, usually: Whose): WorklistAddress {
  const asked = text(query, 'whose');
  const whose = among(WHOSE, asked) ?? (UUID.test(asked) ? { staffId: asked } : usually);
  const authority = among(AUTHORITIES, text(query, 'authority'));
  const stage = among<Stage>(STAGES, text(query, 'stage'));
  const channel = among<Channel>(CHANNELS, text(query, 'channel'));
  const [source, words] = [text(query, 'source'), text(query, 'text')];
  const box = among(ROW_BOXES, text(query, 'do'));
  const reference = text(query, 'open');
  return {
    filters: { whose, ...(authority ? { authority } : {}), ...(stage ? { stage } : {}), ...(channel ? { channel } : {}), ...(source === '' ? {} : { source }), ...(words === '' ? {} : { text: words }) },
    group: among(WORKLIST_GROUPS, text(query, 'group')) ?? null,
    after: cursorOf(text(query, 'after')),
    open: reference !== '' && box ? { reference, box } : null,
  };
}

/** The address again, as `worklistPath` takes it; what is usual for the reader is left out. */
export function worklistQuery({ filters, group, after, open }: WorklistAddress, usually: Whose): Readonly<Record<string, string | undefined>> {
  const { whose, authority, stage, channel, source, text: words } = filters;
  return {
    whose: whoseText(whose) === whoseText(usually) ? undefined : whoseText(whose),
    authority,
    stage,
    channel,
    source,
    text: words,
    group: group ?? undefined,
    after: after ? `${after.dueAt.toISOString()}~${after.journeyId}` : undefined,
    open: open?.reference,
    do: open?.box,
  };
}

export const whoseText = (whose: Whose): string => (typeof whose === 'string' ? whose : whose.staffId);

function cursorOf(given: string): WorklistCursor | null {
  const [at = '', journeyId = ''] = given.split('~');
  const dueAt = new Date(at);
  return Number.isNaN(dueAt.getTime()) || !UUID.test(journeyId) ? null : { dueAt, journeyId };
}
