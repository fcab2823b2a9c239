import { REPORTED_AUTHORITIES } from '@app/authorities';
import { ALL_CLOSE_REASONS, CLOSED_BY, EXCLUDING_REASONS, MILESTONES, MILESTONES_BEFORE_APPROVAL } from '@app/journeys';
import type { KpiBlock } from '@app/reports';
import { z } from 'zod';

const count = z.int().min(0);
const share = z.number().min(0).max(1).nullable();
const days = z.number().min(0).nullable();
/** An object with one value for each of the keys. */
const each = <Key extends string, Schema extends z.ZodType>(keys: readonly Key[], schema: Schema) => z.strictObject(Object.fromEntries(keys.map((key) => [key, schema])) as Record<Key, Schema>);
const described = <Schema extends z.ZodType>(description: string, schema: Schema): Schema => schema.meta({ description });

const daysToApproval = { approvals: count, medianDays: days, meanDays: days, p90Days: days };

/** The figures of one block of the KPI report. */
export const kpiBlockBody = z
  .strictObject({
    contacts: described('Enquiries as they came in.', z.int().min(0)),
    excluded: described('Journeys that count nowhere else.', each(EXCLUDING_REASONS, count)),
    enquiries: described('Journeys that began in the period, without the excluded ones.', z.int().min(0)),
    firstResponse: described('Answers in person, against the time limit in force.', z.strictObject({ counted: count, withinStandard: count, rate: share, medianWorkingHours: days, p90WorkingHours: days })),
    funnel: described('How many of the enquiries had reached each milestone.', each(MILESTONES, count)),
    conversion: z.strictObject({
      period: z.strictObject({ approvals: count, enquiries: count, rate: z.number().min(0).nullable() }),
      cohort: z.strictObject({ approved: count, enquiries: count, rate: share, low: share, high: share }),
      estimated: z.array(z.strictObject({ days: z.int(), atRisk: count, estimate: share, stdErr: days, low: share, high: share })),
    }),
    dropOut: z.strictObject({
      closed: count,
      rate: share,
      byStage: each(MILESTONES_BEFORE_APPROVAL, count),
      byWho: each(CLOSED_BY, count),
      byReason: described('Only the reasons that occurred.', z.partialRecord(z.enum(ALL_CLOSE_REASONS), count)),
      steps: each(MILESTONES_BEFORE_APPROVAL, z.strictObject({ reached: count, closed: count, rate: share })),
    }),
    turnaround: described('From the enquiry to approval.', z.strictObject({ ...daysToApproval, withinSixMonths: count, rate: share })),
    processing: described('From the application to approval.', z.strictObject({ ...daysToApproval, withinEightMonths: count, rate: share })),
    openNow: z.strictObject({ total: count, byStage: each(MILESTONES_BEFORE_APPROVAL, count), pastSixMonths: count }),
  })
  .meta({ id: 'KpiBlock', description: 'Rates are fractions from 0 to 1; a figure without a base is null.' }) satisfies z.ZodType<KpiBlock>;

/** The KPI report as `hub report kpi` and the API give it. */
export const kpiReportBody = z
  .strictObject({
    definitions: described('Changes when a figure comes to mean something else.', z.string()),
    period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
    asAt: z.iso.date(),
    knownAt: z.iso.datetime().nullable(),
    generatedAt: z.iso.datetime(),
    total: kpiBlockBody,
    byAuthority: described('By council, and unrouted.', z.partialRecord(z.enum(REPORTED_AUTHORITIES), kpiBlockBody)),
  })
  .meta({ id: 'KpiReport', description: 'Dates are local dates in Europe/London, moments are in UTC.' });
