import { ALL_CLOSE_REASONS, CLOSE_REASON_NAMES, CLOSED_BY, CLOSED_BY_NAMES, MILESTONE_MEANINGS, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { KpiBlock } from '@app/reports';
import { count, percent } from '../../../platform/words';
import { outOf, table, type WithYearBefore } from './cells';

/** Where, by whom and why journeys were closed without approval. */
export function dropOut(both: WithYearBefore) {
  return { ...byStage(both), who: byWho(both), reason: byReason(both) };
}

const shareOf = (part: number, { closed }: KpiBlock['dropOut']): number | null => (closed === 0 ? null : part / closed);

function byStage({ now: { dropOut: now }, before: { dropOut: before } }: WithYearBefore) {
  const most = MILESTONES_BEFORE_APPROVAL.reduce((found, stage) => (now.byStage[stage] > now.byStage[found] ? stage : found), MILESTONES_BEFORE_APPROVAL[0] ?? 'enquiry');
  const greatest = Math.max(1, ...Object.values(now.steps).map(({ rate }) => rate ?? 0));
  return {
    title: now.closed === 0 ? 'Nobody has dropped out' : `${outOf(now.byStage[most], now.closed)} who left did so ${MILESTONE_MEANINGS[most].dropOut ?? ''}`,
    sentence: `${count(now.closed)} closed without approval, ${percent(now.rate)} of the enquiries${before.rate === null ? '' : `; ${percent(before.rate)} a year before`}.`,
    bars: MILESTONES_BEFORE_APPROVAL.map((stage) => {
      const { reached, closed, rate } = now.steps[stage];
      const rateBefore = before.steps[stage].rate;
      return { name: dropOutName(stage), value: percent(rate), note: outOf(closed, reached), share: (rate ?? 0) / greatest, before: rateBefore === null ? null : Math.min(1, rateBefore / greatest), of: 'applicant' };
    }),
    table: table(
      'Drop-out by the furthest milestone reached',
      ['Left', 'Reached the milestone', 'Closed there', 'Of those that reached it', 'Of all closed', 'A year before, of those that reached it'],
      MILESTONES_BEFORE_APPROVAL.map((stage) => {
        const { reached, closed, rate } = now.steps[stage];
        return [dropOutName(stage), count(reached), count(closed), percent(rate), percent(shareOf(closed, now)), percent(before.steps[stage].rate)];
      }),
    ),
  };
}

function dropOutName(stage: (typeof MILESTONES_BEFORE_APPROVAL)[number]): string {
  const words = MILESTONE_MEANINGS[stage].dropOut ?? '';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function byWho({ now: { dropOut: now }, before: { dropOut: before } }: WithYearBefore) {
  return table(
    'Drop-out by who closed',
    ['Closed by', 'Closed', 'Of all closed', 'A year before'],
    CLOSED_BY.map((who) => [CLOSED_BY_NAMES[who], count(now.byWho[who]), percent(shareOf(now.byWho[who], now)), percent(shareOf(before.byWho[who], before))]),
  );
}

function byReason({ now: { dropOut: now }, before: { dropOut: before } }: WithYearBefore) {
  const reasons = ALL_CLOSE_REASONS.map((reason) => ({ name: CLOSE_REASON_NAMES[reason], closed: now.byReason[reason] ?? 0, before: before.byReason[reason] ?? 0 }))
    .filter(({ closed, before: then }) => closed + then > 0)
    .sort((left, right) => right.closed - left.closed || left.name.localeCompare(right.name, 'en-GB'));
  const [commonest] = reasons;
  const greatest = Math.max(1, commonest?.closed ?? 0);
  return {
    title: commonest === undefined || commonest.closed === 0 ? 'No reason has been recorded' : `The commonest reason is “${commonest.name.toLowerCase()}”: ${outOf(commonest.closed, now.closed)}`,
    bars: reasons.filter(({ closed }) => closed > 0).map(({ name, closed }) => ({ name, value: count(closed), note: percent(shareOf(closed, now)), share: closed / greatest, before: null, of: 'service' })),
    table: table(
      'Drop-out by reason',
      ['Reason', 'Closed', 'Of all closed', 'A year before, of all closed'],
      reasons.map(({ name, closed, before: then }) => [name, count(closed), percent(shareOf(closed, now)), percent(shareOf(then, before))]),
    ),
  };
}
