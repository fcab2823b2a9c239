import type { Council } from '@app/authorities';
import { type ClosedBy, type CloseReason, isClosedBy, isCloseReasonOf, type Milestone, MILESTONES } from '@app/journeys';
import type { Dice } from './dice';
import { COUNCIL_INTEREST, type Ending, ENDINGS, GOES_ON, SOURCES, type Source } from './rates';

/** How a journey comes out, decided before it is lived: how far it gets, and how it ends when it is not approved. */
export type Fate = { readonly furthest: 'approved' } | { readonly furthest: Exclude<Milestone, 'approved'>; readonly by: ClosedBy; readonly reason: CloseReason };

/** Draws a fate by the rates. */
export function drawFate(dice: Dice, council: Council, source: Source): Fate {
  const interest = COUNCIL_INTEREST[council] * SOURCES[source].interest;
  let furthest: Milestone = 'enquiry';
  for (const milestone of MILESTONES) {
    if (milestone === 'enquiry') continue;
    if (!dice.chance(GOES_ON[milestone] * (milestone === 'initial_application' ? interest : 1))) break;
    furthest = milestone;
  }
  return furthest === 'approved' ? { furthest } : { furthest, ...endingOf(dice.weighted(ENDINGS[furthest])) };
}

/** A fate that is wanted for its end. */
export function fateOf(furthest: Exclude<Milestone, 'approved'>, ending: Ending): Fate {
  return { furthest, ...endingOf(ending) };
}

function endingOf(ending: Ending): { readonly by: ClosedBy; readonly reason: CloseReason } {
  const [by = '', reason = ''] = ending.split('/');
  if (!isClosedBy(by) || !isCloseReasonOf(by, reason)) throw new RangeError(`No such ending: ${ending}`);
  return { by, reason };
}

/** Whether a journey of this fate gets as far as a milestone. */
export function getsTo(fate: Fate, milestone: Milestone): boolean {
  return MILESTONES.indexOf(fate.furthest) >= MILESTONES.indexOf(milestone);
}
