import { MILESTONE_MEANINGS, MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { KpiBlock } from '@app/reports';
import { groupedChoices } from '../grouped-choices';

/** A share that every authority has, of a base of its own. */
export interface ShareMeasure {
  readonly name: string;
  readonly section: string;
  /** What the base counts, for the axis. */
  readonly counted: string;
  /** Of those who enquired then: it goes on changing while some of them are on their way. */
  readonly changesYet?: true;
  readonly of: (block: KpiBlock) => { readonly having: number; readonly base: number };
}

const milestoneName = (milestone: (typeof MILESTONES)[number]): string => MILESTONE_MEANINGS[milestone].name.toLowerCase();

const MEASURES: ReadonlyMap<string, ShareMeasure> = new Map<string, ShareMeasure>([
  ['approved', { name: 'Approved so far, of the enquirers', section: 'Conversion', counted: 'Enquiries', changesYet: true, of: ({ conversion: { cohort } }) => ({ having: cohort.approved, base: cohort.enquiries }) }],
  ['answered', { name: 'Answered in time', section: 'First response', counted: 'Enquiries answered or due', of: ({ firstResponse }) => ({ having: firstResponse.withinStandard, base: firstResponse.counted }) }],
  ...MILESTONES.filter((milestone) => milestone !== 'enquiry' && milestone !== 'approved').map((milestone): [string, ShareMeasure] => [
    `reached_${milestone}`,
    { name: `Reached ${milestoneName(milestone)} so far, of the enquirers`, section: 'Funnel', counted: 'Enquiries', changesYet: true, of: ({ funnel, enquiries }) => ({ having: funnel[milestone], base: enquiries }) },
  ]),
  ['closed', { name: 'Closed without approval so far, of the enquirers', section: 'Drop-out', counted: 'Enquiries', changesYet: true, of: ({ dropOut, enquiries }) => ({ having: dropOut.closed, base: enquiries }) }],
  ...MILESTONES_BEFORE_APPROVAL.map((milestone): [string, ShareMeasure] => [
    `closed_${milestone}`,
    {
      name: `Closed ${MILESTONE_MEANINGS[milestone].dropOut ?? ''} so far, of those that reached ${milestoneName(milestone)}`,
      section: 'Drop-out',
      counted: `Reached ${milestoneName(milestone)}`,
      changesYet: true,
      of: ({ dropOut }) => ({ having: dropOut.steps[milestone].closed, base: dropOut.steps[milestone].reached }),
    },
  ]),
  ['six_months', { name: 'Approved within six months, of the approved', section: 'Turnaround and processing', counted: 'Approvals', of: ({ turnaround }) => ({ having: turnaround.withinSixMonths, base: turnaround.approvals }) }],
  ['eight_months', { name: 'Approved within eight months of the application, of the approved', section: 'Turnaround and processing', counted: 'Approvals with a dated application', of: ({ processing }) => ({ having: processing.withinEightMonths, base: processing.approvals }) }],
]);

/** The shares to choose from. */
export const SHARE_CHOICES = groupedChoices([...MEASURES].map(([value, { name, section }]) => ({ section, value, text: name })));

/** The share that an address asks for; those approved when it asks for none that there is. */
export function shareAsked(asked: unknown): { readonly value: string; readonly measure: ShareMeasure } {
  const value = typeof asked === 'string' && MEASURES.has(asked) ? asked : 'approved';
  const measure = MEASURES.get(value);
  if (measure === undefined) throw new Error('There is no share of the approved.');
  return { value, measure };
}
