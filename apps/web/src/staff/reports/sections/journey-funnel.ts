import { MILESTONE_MEANINGS, MILESTONES } from '@app/journeys';
import { count, countOf, percent } from '../../../platform/words';
import { table, type WithYearBefore } from './cells';

/** How many of the enquirers came how far. */
export function journeyFunnel({ now, before }: WithYearBefore) {
  const { funnel, enquiries } = now;
  const longest = Math.max(1, enquiries);
  const shareOf = (block: WithYearBefore['now'], reached: number): number | null => (block.enquiries === 0 ? null : reached / block.enquiries);
  const rows = MILESTONES.map((milestone, index) => {
    const previous = MILESTONES[index - 1];
    const reached = funnel[milestone];
    return {
      milestone,
      reached,
      share: shareOf(now, reached),
      ofPrevious: previous === undefined || funnel[previous] === 0 ? null : reached / funnel[previous],
      shareBefore: shareOf(before, before.funnel[milestone]),
    };
  });
  return {
    title:
      enquiries === 0
        ? 'Nobody enquired in this period'
        : `Of ${countOf(enquiries, 'enquirer', 'enquirers')}, ${count(funnel.initial_application)} completed the initial application, ${count(funnel.application)} applied and ${count(funnel.approved)} ${funnel.approved === 1 ? 'is' : 'are'} approved so far`,
    bars: rows.map(({ milestone, reached, share, shareBefore }) => ({
      name: MILESTONE_MEANINGS[milestone].name,
      value: count(reached),
      note: milestone === 'enquiry' ? '' : percent(share),
      share: reached / longest,
      before: milestone === 'enquiry' ? null : shareBefore,
    })),
    table: table(
      'Enquirers by the milestones that they have reached',
      ['Milestone', 'Reached', 'Of the enquiries', 'Of the milestone before', 'A year before, of the enquiries'],
      rows.map(({ milestone, reached, share, ofPrevious, shareBefore }) => [MILESTONE_MEANINGS[milestone].name, count(reached), percent(share), percent(ofPrevious), percent(shareBefore)]),
    ),
  };
}
