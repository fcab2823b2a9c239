import { may, type StaffActor } from '@app/access';
import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { type AssignableStaff, CHANNEL_NAMES, CHANNELS, STAGES, type WHOSE, type Whose, type WorklistCounts, type WorklistGroup, type WorklistPage, type WorklistRow } from '@app/journeys';
import { likeliestForm } from '../families/likeliest-form';
import { dueInWords } from '../in-words';
import { familyPath, worklistPath } from '../paths';
import { STAGE_NAMES } from '../stage-names';
import { type RowBox, type WorklistAddress, whoseText, worklistQuery } from './worklist-address';
import { whyInWords } from './why-in-words';

export const GROUP_NAMES: Readonly<Record<WorklistGroup, string>> = {
  overdue: 'Overdue',
  today: 'Due today',
  next: 'Next',
  waiting: 'Waiting for somebody else',
  back: 'Back from hold',
  held: 'On hold',
};

const WHOSE_NAMES: Readonly<Record<(typeof WHOSE)[number], string>> = { mine_or_nobodys: 'Mine and nobody’s', mine: 'Mine', nobodys: 'Nobody’s', everybodys: 'Everybody’s' };
const BOX_NAMES: Readonly<Record<RowBox, string>> = { contact: 'Log a call', move: 'Move on', assign: 'Assign', route: 'Route', resume: 'Bring back' };

/** What the addresses in a worklist are made from. */
export interface AddressBook {
  readonly address: WorklistAddress;
  readonly usually: Whose;
}

/** This worklist with something changed; the page after a row and an open box are left unless they are given. */
export const changed = ({ address, usually }: AddressBook, change: Partial<WorklistAddress>, anchor?: string): string => worklistPath(worklistQuery({ ...address, after: null, open: null, ...change }, usually), anchor);

/** A row of the worklist as the page shows it. */
export function shownRow(actor: StaffActor, row: WorklistRow, now: Date, book: AddressBook) {
  const { open } = book.address;
  const box = open?.reference === row.reference ? open.box : null;
  const boxes = boxesFor(actor, row);
  const href = (one: RowBox): string => changed(book, { after: book.address.after, open: { reference: row.reference, box: one } }, row.reference);
  return {
    reference: row.reference,
    href: familyPath(row.reference),
    familyName: row.familyName,
    safeguarding: row.safeguarding,
    due: dueInWords(row.dueAt, now),
    why: whyInWords(row, now),
    authority: AUTHORITY_NAMES[row.authority],
    stage: STAGE_NAMES[row.stage],
    people: [row.officerName, row.socialWorkerName].filter(Boolean).join(' and ') || 'Nobody yet',
    unassigned: row.officerName === null && row.socialWorkerName === null,
    box,
    likeliest: boxes[0] ? { text: BOX_NAMES[boxes[0]], href: href(boxes[0]) } : null,
    others: boxes.slice(1).map((one) => ({ text: BOX_NAMES[one], href: href(one) })),
  };
}

/** What the actor can do from the row, the likeliest first. */
function boxesFor(actor: StaffActor, row: WorklistRow): readonly RowBox[] {
  const likeliest = likeliestForm(row.nextStep);
  const possible: readonly (readonly [RowBox, boolean])[] = [
    ['contact', may(actor, 'journeys.work', row.authority)],
    ['resume', row.nextStep === 'return_from_hold' && may(actor, 'journeys.work', row.authority)],
    ['route', row.authority === 'unrouted' && may(actor, 'journeys.route', row.authority)],
    ['move', row.nextStep !== 'return_from_hold' && may(actor, 'journeys.work', row.authority)],
    ['assign', may(actor, 'journeys.assign', row.authority)],
  ];
  const boxes = possible.filter(([, can]) => can).map(([box]) => box);
  return [...boxes.filter((box) => box === likeliest), ...boxes.filter((box) => box !== likeliest)];
}

/** A group of the worklist with its rows, and where more of it is. */
export function shownGroup(actor: StaffActor, group: WorklistGroup, { rows, next }: WorklistPage, total: number, now: Date, book: AddressBook) {
  const alone = book.address.group === group;
  return {
    group,
    name: GROUP_NAMES[group],
    total,
    rows: rows.map((row) => shownRow(actor, row, now, book)),
    allHref: !alone && next ? changed(book, { group }) : null,
    nextHref: alone && next ? changed(book, { after: next }) : null,
    firstHref: alone && book.address.after ? changed(book, {}) : null,
  };
}

type Option = { readonly value: string; readonly text: string; readonly selected: boolean };

/** The filters with how many families are behind each choice. */
export function shownFilters(actor: StaffActor, counts: WorklistCounts, sources: readonly { readonly source: string; readonly journeys: number }[], colleagues: readonly AssignableStaff[], book: AddressBook) {
  const { filters, group } = book.address;
  const option = (value: string, text: string, count: number | undefined, chosen: string | undefined): Option => ({ value, text: count === undefined ? text : `${text} (${count.toLocaleString('en-GB')})`, selected: value === (chosen ?? '') });
  const named = (['mine_or_nobodys', 'mine', 'nobodys', 'everybodys'] as const).map((whose) => option(whose, WHOSE_NAMES[whose], typeof filters.whose === 'string' ? counts.whose[whose] : undefined, whoseText(filters.whose)));
  const names = new Map(colleagues.filter(({ staffId }) => staffId !== actor.staffId).map(({ staffId, name }) => [staffId, name]));
  const heard = sources.some(({ source }) => source === filters.source) || filters.source === undefined ? sources : [{ source: filters.source, journeys: 0 }, ...sources];
  return {
    whose: { named, colleagues: [...names].map(([staffId, name]) => option(staffId, name, undefined, whoseText(filters.whose))) },
    authorities: actor.people === 'hub' || actor.people.length > 1 ? [option('', 'All', undefined, filters.authority), ...[...AUTHORITY_CODES, 'unrouted' as const].map((code) => option(code, AUTHORITY_NAMES[code], counts.authorities.get(code) ?? 0, filters.authority))] : [],
    stages: [option('', 'All', undefined, filters.stage), ...STAGES.filter((stage) => stage !== 'approved').map((stage) => option(stage, STAGE_NAMES[stage], counts.stages.get(stage) ?? 0, filters.stage))],
    channels: [option('', 'All', undefined, filters.channel), ...CHANNELS.map((channel) => option(channel, CHANNEL_NAMES[channel], counts.channels.get(channel) ?? 0, filters.channel))],
    sources: [option('', 'All', undefined, filters.source), ...heard.map(({ source, journeys }) => option(source, source, journeys, filters.source))],
    text: filters.text ?? '',
    group: group ?? '',
    quick: (['mine_or_nobodys', 'mine', 'nobodys', 'everybodys'] as const).map((whose) => ({
      text: WHOSE_NAMES[whose],
      count: typeof filters.whose === 'string' ? counts.whose[whose] : null,
      href: changed(book, { filters: { ...filters, whose } }),
      current: filters.whose === whose,
    })),
    active: activeFilters(book, colleagues),
    clearHref: worklistPath(group ? { group } : {}),
  };
}

/** The filters in use, each with the address without it. */
function activeFilters(book: AddressBook, colleagues: readonly AssignableStaff[]) {
  const { filters } = book.address;
  const { whose, authority, stage, channel, source, text } = filters;
  const without = (name: 'authority' | 'stage' | 'channel' | 'source' | 'text'): string => {
    const { [name]: _left, ...rest } = filters;
    return changed(book, { filters: rest });
  };
  const person = typeof whose === 'object' ? (colleagues.find(({ staffId }) => staffId === whose.staffId)?.name ?? 'A colleague') : WHOSE_NAMES[whose];
  return [
    ...(whoseText(whose) === whoseText(book.usually) ? [] : [{ text: person, removeHref: changed(book, { filters: { ...filters, whose: book.usually } }) }]),
    ...(authority ? [{ text: AUTHORITY_NAMES[authority], removeHref: without('authority') }] : []),
    ...(stage ? [{ text: STAGE_NAMES[stage], removeHref: without('stage') }] : []),
    ...(channel ? [{ text: CHANNEL_NAMES[channel], removeHref: without('channel') }] : []),
    ...(source ? [{ text: source, removeHref: without('source') }] : []),
    ...(text ? [{ text: `“${text}”`, removeHref: without('text') }] : []),
  ];
}
