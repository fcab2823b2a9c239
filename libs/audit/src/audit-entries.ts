import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';

export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly staffName: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly authority: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  /** Codes and identifiers, never what a person said. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditFilters {
  readonly staffId?: string;
  readonly subjectId?: string;
  readonly action?: string;
  /** Only entries older than this one: the key of the page before. */
  readonly before?: string;
}

/** The trail by when things were done, newest first, a page at a time. An actor without the right to read it gets none. */
export function auditEntries(tx: EntityManager, filters: AuditFilters, atMost = 50): Promise<AuditEntry[]> {
  return rows<AuditEntry>(
    tx,
    `SELECT e.id, e.at, e.actor_kind AS "actorKind", s.name AS "staffName", e.action, e.subject_kind AS "subjectKind", e.subject_id AS "subjectId",
            e.authority, e.address, e.request_id AS "requestId", e.detail
       FROM audit_entries e LEFT JOIN staff s ON s.id = e.staff_id
      WHERE ($1::uuid IS NULL OR e.staff_id = $1) AND ($2::text IS NULL OR e.subject_id = $2)
        AND ($3::text IS NULL OR e.action = $3) AND ($4::bigint IS NULL OR (e.at, e.id) < (SELECT last.at, last.id FROM audit_entries last WHERE last.id = $4))
      ORDER BY e.at DESC, e.id DESC LIMIT $5`,
    [filters.staffId ?? null, filters.subjectId ?? null, filters.action ?? null, filters.before ?? null, atMost],
  );
}

/** Every action that the trail knows, by name: found by jumping through an index, however long the trail is. */
export async function auditedActions(tx: EntityManager): Promise<string[]> {
  const found = await rows<{ action: string }>(
    tx,
    `WITH RECURSIVE known AS (
       (SELECT action FROM audit_entries ORDER BY action LIMIT 1)
       UNION ALL SELECT (SELECT e.action FROM audit_entries e WHERE e.action > known.action ORDER BY e.action LIMIT 1) FROM known WHERE known.action IS NOT NULL
     ) SELECT action FROM known WHERE action IS NOT NULL`,
  );
  return found.map(({ action }) => action);
}
