import { z } from 'zod';
import { choice } from '../../../platform/controls';
import type { Step } from '../step';

/** Whether the person fosters already: an earlier provider's reference is asked for by law (2011 Regulations, reg 26(1A)). */
export const fosteringNowStep = {
  slug: 'fostering-now',
  question: 'Do you foster now, or have you fostered before?',
  controls: ['fostersNow'],
  schema: z.object({ fostersNow: choice(['no', 'council', 'agency', 'before'], 'Select whether you foster now or have fostered before') }),
} as const satisfies Step;

export const fosteringNowWords: Readonly<Record<z.infer<(typeof fosteringNowStep)['schema']>['fostersNow'], string>> = {
  no: 'No',
  council: 'Yes, for a council',
  agency: 'Yes, for a fostering agency',
  before: 'Not now, but I have before',
};
