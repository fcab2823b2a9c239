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
}

export interface AuditFilters {
  readonly staffId?: string;
  readonly subjectId?: string;
  readonly action?: string;
  /** Only entries older than this one: the key of the page before. */
  readonly before?: string;
}

/** The trail, newest first, a page at a time. An actor without the right to read it gets none. */
export function auditEntries(tx: EntityManager, filters: AuditFilters, atMost = 50): Promise<AuditEntry[]> {
  return rows<AuditEntry>(
    tx,
    `SELECT e.id, e.at, e.actor_kind AS "actorKind", s.name AS "staffName", e.action, e.subject_kind AS "subjectKind", e.subject_id AS "subjectId",
            e.authority, e.address, e.request_id AS "requestId"
       FROM audit_entries e LEFT JOIN staff s ON s.id = e.staff_id
      WHERE ($1::uuid IS NULL OR e.staff_id = $1) AND ($2::text IS NULL OR e.subject_id = $2)
        AND ($3::text IS NULL OR e.action = $3) AND ($4::bigint IS NULL OR e.id < $4)
      ORDER BY e.id DESC LIMIT $5`,
    [filters.staffId ?? null, filters.subjectId ?? null, filters.action ?? null, filters.before ?? null, atMost],
  );
}
