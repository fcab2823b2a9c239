import { z } from 'zod';
import type { Problem } from '../../platform/problem';

/** Why a request was refused (RFC 9457). */
export const problemBody = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().meta({ description: 'The name of the status.' }),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'What is wrong and what to do, in words.' }),
    requestId: z.string().meta({ description: 'To be quoted when you ask us about it.' }),
    errors: z.record(z.string(), z.array(z.string()).min(1)).exactOptional().meta({ description: 'By field of the body, or by parameter: what is wrong with it. For an enquiry, in words for the person who gave the answer.' }),
  })
  .meta({ id: 'Problem' }) satisfies z.ZodType<Problem>;
