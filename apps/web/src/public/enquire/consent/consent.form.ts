import { z } from 'zod';
import { ticked } from '../../../platform/controls';
import type { Step } from '../step';

/** News and invitations, apart from the enquiry itself and only for those who ask for them: the box is never ticked beforehand. */
export const consentStep = {
  slug: 'consent',
  question: 'Your information',
  controls: ['marketingConsent'],
  schema: z.object({ marketingConsent: ticked }),
} as const satisfies Step;
