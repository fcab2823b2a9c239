import { AUTHORITY_CODES } from '@app/authorities';
import { parseLocalDate } from '@app/kernel';
import { TARGET_MEASURES, type StatedTargets } from '@app/reports';
import { z } from 'zod';

/** How each target is asked for; rates in per cent, as people state them. */
export const TARGET_QUESTIONS: Readonly<Record<keyof StatedTargets, { readonly text: string; readonly unit: 'number' | 'percent' }>> = {
  enquiries: { text: 'Enquiries in the year', unit: 'number' },
  approvalRate: { text: 'Approvals for each enquiry, in per cent', unit: 'percent' },
  approvals: { text: 'Approvals in the year', unit: 'number' },
  baselineApprovals: { text: 'Baseline: approvals in a year before the hub', unit: 'number' },
  increaseOnBaseline: { text: 'Increase on the baseline, in per cent', unit: 'percent' },
  turnaroundMonths: { text: 'Months from enquiry to approval', unit: 'number' },
};

const names = Object.keys(TARGET_MEASURES) as [keyof StatedTargets, ...(keyof StatedTargets)[]];

/** A target as it is typed: the number may have thousands separated by commas, and a per cent sign. */
export const targetForm = z
  .object({
    year: z.string('Choose the financial year').transform((text, context) => {
      const date = parseLocalDate(text);
      if (date?.endsWith('-04-01')) return date;
      context.addIssue('Choose the financial year');
      return z.NEVER;
    }),
    authority: z.union([z.literal('').transform(() => null), z.enum(AUTHORITY_CODES)], 'Choose the hub or one of its councils'),
    target: z.enum(names, 'Choose what the target is for'),
    value: z
      .string('Enter the number')
      .transform((text) => text.replace(/[,%\s]/g, ''))
      .refine((text) => /^\d+(\.\d+)?$/.test(text) && Number(text) > 0, 'Enter a number above 0, such as 660 or 15.45')
      .transform(Number),
    source: z.string('Say who set it').trim().min(1, 'Say who set it, and where that is written').max(300, 'Use at most 300 characters'),
  })
  .transform(({ year, value, ...rest }) => ({ ...rest, yearFrom: year, value: TARGET_QUESTIONS[rest.target].unit === 'percent' ? value / 100 : value }));
