import { REPORTED_AUTHORITIES } from '@app/authorities';
import { z } from 'zod';

const day = (description: string) => z.string().meta({ format: 'date', description, examples: ['2026-04-01'] });

/** What the report can be asked for with, in the address. What the values have to be is checked where the command's options are. */
export const kpiParameters = z.strictObject({
  from: day('First day of the period.').optional(),
  to: day('Last day of the period.').optional(),
  asAt: day('What happened after this day does not count. Today, when left out.').optional(),
  knownAt: z.string().meta({ description: 'What was recorded after this moment does not count: local time, or with an offset, or a day for its end.', examples: ['2026-05-02T10:15'] }).optional(),
  authority: z.string().meta({ enum: [...REPORTED_AUTHORITIES], description: 'One council, or unrouted. All of them, when left out.' }).optional(),
});

/** The parameters without which there is no report. */
export const NEEDED_PARAMETERS = ['from', 'to'] as const satisfies readonly (keyof z.output<typeof kpiParameters>)[];
