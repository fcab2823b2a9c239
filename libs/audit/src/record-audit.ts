import { type Actor, insertRows } from '@app/database';
import type { EntityManager } from 'typeorm';

export type AuditSubject = 'journey' | 'household' | 'contact' | 'staff' | 'settings' | 'report' | 'website' | 'session' | 'audit' | 'import' | 'carer' | 'constellation' | 'records';

/**
 * Adds a line to the trail: who did what to what, when and from where. The table takes no change and no deletion.
 * `detail` holds codes and identifiers, never what a person said.
 */
export async function recordAudit(
  tx: EntityManager,
  actor: Actor,
  now: Date,
  entry: { readonly action: string; readonly subjectKind: AuditSubject; readonly subjectId: string; readonly authority?: string | null; readonly detail?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const origin = actor.kind === 'system' ? undefined : actor.origin;
  await insertRows(tx, 'audit_entries', [
    {
      at: now,
      actor_kind: actor.kind === 'system' ? `system:${actor.process}` : actor.kind,
      staff_id: actor.kind === 'staff' ? actor.staffId : null,
      action: entry.action,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      authority: entry.authority ?? null,
      address: origin?.address ?? null,
      request_id: origin?.requestId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
    },
  ]);
}
