import { ALL_CLOSE_REASONS, CLOSE_REASON_NAMES, CLOSED_BY, CLOSED_BY_NAMES, EXCLUDING_REASONS, MILESTONE_MEANINGS, MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import { ESTIMATED_AT_DAYS, type KpiBlock } from '@app/reports';

/** How a figure is written: whole numbers of families, shares as per cent, days and hours with a decimal. */
export type FigureKind = 'count' | 'share' | 'days' | 'hours';

/** One figure of a block, as tables for people list it. */
export interface FigureLine {
  /** Its path in the JSON of the report. */
  readonly path: string;
  readonly section: string;
  readonly name: string;
  readonly kind: FigureKind;
  readonly of: (block: KpiBlock) => number | null;
}

const inSection = (section: string, lines: readonly Omit<FigureLine, 'section'>[]): FigureLine[] => lines.map((line) => ({ ...line, section }));
const count = (path: string, name: string, of: FigureLine['of']): Omit<FigureLine, 'section'> => ({ path, name, kind: 'count', of });
const share = (path: string, name: string, of: FigureLine['of']): Omit<FigureLine, 'section'> => ({ path, name, kind: 'share', of });
const days = (path: string, name: string, of: FigureLine['of']): Omit<FigureLine, 'section'> => ({ path, name, kind: 'days', of });
const hours = (path: string, name: string, of: FigureLine['of']): Omit<FigureLine, 'section'> => ({ path, name, kind: 'hours', of });

/** What the conversion is estimated to be this many days after the enquiry. */
function estimatedLines(at: number): Omit<FigureLine, 'section'>[] {
  const found = (block: KpiBlock) => block.conversion.estimated.find(({ days: asked }) => asked === at);
  const path = `conversion.estimated.${String(at)}`;
  const after = `after ${String(at)} days`;
  return [
    count(`${path}.atRisk`, `Followed for at least ${String(at)} days`, (block) => found(block)?.atRisk ?? null),
    share(`${path}.estimate`, `Estimated share approved ${after}`, (block) => found(block)?.estimate ?? null),
    share(`${path}.stdErr`, `Standard error of the estimate ${after}`, (block) => found(block)?.stdErr ?? null),
    share(`${path}.low`, `Estimate ${after}: 95% interval from`, (block) => found(block)?.low ?? null),
    share(`${path}.high`, `Estimate ${after}: 95% interval to`, (block) => found(block)?.high ?? null),
  ];
}

/** Every figure of the report, in the order of the report. */
export const FIGURE_LINES: readonly FigureLine[] = [
  ...inSection('Enquiries', [
    count('contacts', 'Contacts', (block) => block.contacts),
    ...EXCLUDING_REASONS.map((reason) => count(`excluded.${reason}`, `Not counted: ${CLOSE_REASON_NAMES[reason].toLowerCase()}`, (block) => block.excluded[reason])),
    count('enquiries', 'Enquiries', (block) => block.enquiries),
  ]),
  ...inSection('First response', [
    count('firstResponse.counted', 'Enquiries answered or past their due time', ({ firstResponse }) => firstResponse.counted),
    count('firstResponse.withinStandard', 'Of those, answered in time', ({ firstResponse }) => firstResponse.withinStandard),
    share('firstResponse.rate', 'Share answered in time', ({ firstResponse }) => firstResponse.rate),
    hours('firstResponse.medianWorkingHours', 'Median working hours to the answer', ({ firstResponse }) => firstResponse.medianWorkingHours),
    hours('firstResponse.p90WorkingHours', '90th percentile of working hours to the answer', ({ firstResponse }) => firstResponse.p90WorkingHours),
  ]),
  ...inSection('Funnel', MILESTONES.map((milestone) => count(`funnel.${milestone}`, `Reached: ${MILESTONE_MEANINGS[milestone].name.toLowerCase()}`, (block) => block.funnel[milestone]))),
  ...inSection('Conversion', [
    count('conversion.period.approvals', 'Approvals dated in the period', ({ conversion }) => conversion.period.approvals),
    share('conversion.period.rate', 'Approvals for each enquiry of the period', ({ conversion }) => conversion.period.rate),
    count('conversion.cohort.approved', 'Of the period’s enquiries, approved so far', ({ conversion }) => conversion.cohort.approved),
    share('conversion.cohort.rate', 'Share approved so far', ({ conversion }) => conversion.cohort.rate),
    share('conversion.cohort.low', 'Share approved so far: 95% interval from', ({ conversion }) => conversion.cohort.low),
    share('conversion.cohort.high', 'Share approved so far: 95% interval to', ({ conversion }) => conversion.cohort.high),
    ...ESTIMATED_AT_DAYS.flatMap(estimatedLines),
  ]),
  ...inSection('Drop-out', [
    count('dropOut.closed', 'Closed without approval', ({ dropOut }) => dropOut.closed),
    share('dropOut.rate', 'Share closed without approval', ({ dropOut }) => dropOut.rate),
    ...MILESTONES_BEFORE_APPROVAL.map((milestone) => count(`dropOut.byStage.${milestone}`, `Closed ${MILESTONE_MEANINGS[milestone].dropOut ?? ''}`, ({ dropOut }) => dropOut.byStage[milestone])),
    ...MILESTONES_BEFORE_APPROVAL.map((milestone) => share(`dropOut.steps.${milestone}.rate`, `Of those that reached ${MILESTONE_MEANINGS[milestone].name.toLowerCase()}, share closed there`, ({ dropOut }) => dropOut.steps[milestone].rate)),
    ...CLOSED_BY.map((who) => count(`dropOut.byWho.${who}`, `Closed by: ${CLOSED_BY_NAMES[who].toLowerCase()}`, ({ dropOut }) => dropOut.byWho[who])),
    ...ALL_CLOSE_REASONS.map((reason) => count(`dropOut.byReason.${reason}`, `Reason: ${CLOSE_REASON_NAMES[reason].toLowerCase()}`, ({ dropOut }) => dropOut.byReason[reason] ?? 0)),
  ]),
  ...inSection('Turnaround', [
    count('turnaround.approvals', 'Approvals dated in the period', ({ turnaround }) => turnaround.approvals),
    days('turnaround.medianDays', 'Median days from enquiry to approval', ({ turnaround }) => turnaround.medianDays),
    days('turnaround.meanDays', 'Mean days from enquiry to approval', ({ turnaround }) => turnaround.meanDays),
    days('turnaround.p90Days', '90th percentile of days from enquiry to approval', ({ turnaround }) => turnaround.p90Days),
    count('turnaround.withinSixMonths', 'Approved within six months', ({ turnaround }) => turnaround.withinSixMonths),
    share('turnaround.rate', 'Share approved within six months', ({ turnaround }) => turnaround.rate),
  ]),
  ...inSection('Processing', [
    count('processing.approvals', 'Approvals with a dated application', ({ processing }) => processing.approvals),
    days('processing.medianDays', 'Median days from application to approval', ({ processing }) => processing.medianDays),
    days('processing.meanDays', 'Mean days from application to approval', ({ processing }) => processing.meanDays),
    days('processing.p90Days', '90th percentile of days from application to approval', ({ processing }) => processing.p90Days),
    count('processing.withinEightMonths', 'Approved within eight months of the application', ({ processing }) => processing.withinEightMonths),
    share('processing.rate', 'Share approved within eight months', ({ processing }) => processing.rate),
  ]),
  ...inSection('Open now', [
    count('openNow.total', 'Still open', ({ openNow }) => openNow.total),
    ...MILESTONES_BEFORE_APPROVAL.map((milestone) => count(`openNow.byStage.${milestone}`, `Open, furthest milestone: ${MILESTONE_MEANINGS[milestone].name.toLowerCase()}`, ({ openNow }) => openNow.byStage[milestone])),
    count('openNow.pastSixMonths', 'Open for longer than six months', ({ openNow }) => openNow.pastSixMonths),
  ]),
];
