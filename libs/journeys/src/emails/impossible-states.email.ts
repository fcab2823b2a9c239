import type { ImpossibleStateCount } from '../queries/impossible-states';

/** What was found in the records, as mail to administrators, in plain text. Counts alone: no reference, no name. */
export function impossibleStatesEmail(found: readonly ImpossibleStateCount[], link: string): { readonly subject: string; readonly body: string } {
  const lines = found.map(({ what, journeys }) => `- ${what}: ${String(journeys)} ${journeys === 1 ? 'journey' : 'journeys'}`);
  return {
    subject: 'Something is wrong in the records',
    body: `Last night's look through the records found journeys in a state in which none can be:\n\n${lines.join('\n')}\n\nNothing was changed. It points to a defect in the system or to a change made past it. The references are in the trail:\n${link}\n\nPlease pass this on to whoever looks after the system. You are told again when something else is found.\n\nFoster for East Midlands, recruitment hub\nThis message was sent automatically. It names nobody on purpose.\n`,
  };
}
