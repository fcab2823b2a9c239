import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two publication copies about the same families can be set against each other. The trail knows every copy that was taken;
 * it is read by few, so this tells of the copies alone: which, when and by whom.
 */
const publicationCopies = `
CREATE FUNCTION publication_copies(first_day date, last_day date, of_authorities text[])
RETURNS TABLE (id text, taken_at timestamptz, taken_by text, what text, authorities text[], period_from date, period_to date, as_at date, known_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT * FROM (
    SELECT e.id::text, e.at, s.name, e.subject_id,
           CASE WHEN e.detail ? 'authorities' THEN ARRAY(SELECT jsonb_array_elements_text(e.detail -> 'authorities'))
                WHEN coalesce(e.authority, r.authority) IS NOT NULL THEN ARRAY[coalesce(e.authority, r.authority)]
                ELSE (SELECT array_agg(code) FROM authorities) END AS authorities,
           coalesce((e.detail ->> 'from')::date, r.period_from) AS period_from, coalesce((e.detail ->> 'to')::date, r.period_to) AS period_to,
           coalesce((e.detail ->> 'asAt')::date, r.as_at), coalesce((e.detail ->> 'knownAt')::timestamptz, r.known_at)
      FROM audit_entries e LEFT JOIN staff s ON s.id = e.staff_id
      LEFT JOIN saved_reports r ON e.subject_id = 'saved' AND r.id::text = e.detail ->> 'reportId'
     WHERE e.action = 'report.export' AND e.detail ->> 'readership' = 'publication' AND (SELECT actor_kind()) = 'staff') copies
   WHERE period_from <= last_day AND period_to >= first_day AND authorities && of_authorities
   ORDER BY 2 DESC, 1 DESC
$$;
`;

export class PublicationCopies0110 implements MigrationInterface {
  readonly name = 'PublicationCopies1700000000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(publicationCopies);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
