import type { PlannedJob } from '@app/jobs';
import { z } from 'zod';

/** What the queue of messages carries: the row that the work is about, and nothing of what is in it. */
export const messageJob = z.discriminatedUnion('name', [
  z.object({ name: z.literal('send_alert'), alertId: z.uuid() }),
  z.object({ name: z.literal('deliver_email'), emailId: z.uuid() }),
]);
export type MessageJob = z.infer<typeof messageJob>;

/** An alert at its time. */
export const alertJob = (alert: { readonly id: string; readonly dueAt: Date }): PlannedJob => ({ name: 'send_alert', id: `alert-${alert.id}`, payload: { alertId: alert.id }, runAt: alert.dueAt });

/** One attempt to deliver a mail; the next attempt is another job. */
export const emailJob = (email: { readonly id: string; readonly attempts: number; readonly nextAttemptAt: Date }): PlannedJob => ({
  name: 'deliver_email',
  id: `email-${email.id}-attempt-${String(email.attempts + 1)}`,
  payload: { emailId: email.id },
  runAt: email.nextAttemptAt,
});
