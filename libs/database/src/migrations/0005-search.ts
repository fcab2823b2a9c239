import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Text search and the search for duplicates run with the owner's rights, because a row-level policy keeps PostgreSQL
 * from using trigram indexes (their operators are not leakproof). They filter by the actor's own scope themselves.
 */
const search = `
CREATE FUNCTION search_households(asked text, at_most integer) RETURNS TABLE (household_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  scope text[] := scope_of('people');
  word text;
  query text := 'SELECT h.id FROM households h WHERE h.merged_into IS NULL AND h.authority = ANY ($1)';
BEGIN
  FOREACH word IN ARRAY regexp_split_to_array(trim(fold_for_search(asked)), '\\s+') LOOP
    query := query || format(' AND h.search_text LIKE %L', '%' || replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%');
  END LOOP;
  RETURN QUERY EXECUTE query || ' LIMIT $2' USING scope, at_most;
END $$;

CREATE FUNCTION possible_duplicates(full_names text[], emails text[], phones text[], at_postcode text)
RETURNS TABLE (household_id uuid, in_scope boolean, same_email boolean, same_phone boolean, same_postcode boolean, name_similarity real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH asked AS (SELECT unnest(full_names) AS name),
  candidates AS (
    SELECT a.household_id FROM applicants a WHERE lower(a.email) = ANY (SELECT lower(e) FROM unnest(emails) e)
    UNION SELECT a.household_id FROM applicants a WHERE a.phone = ANY (phones)
    UNION SELECT h.id FROM households h WHERE h.postcode = at_postcode
    UNION SELECT a.household_id FROM asked, applicants a
           WHERE lower(a.last_name) = lower(regexp_replace(asked.name, '^.*\\s', '')) AND lower(left(a.first_name, 3)) = lower(left(asked.name, 3))
  ),
  judged AS (
    SELECT h.id, h.authority = ANY (scope_of('people')) AS seen,
           EXISTS (SELECT FROM applicants a WHERE a.household_id = h.id AND lower(a.email) = ANY (SELECT lower(e) FROM unnest(emails) e)) AS by_email,
           EXISTS (SELECT FROM applicants a WHERE a.household_id = h.id AND a.phone = ANY (phones)) AS by_phone,
           coalesce(h.postcode = at_postcode, false) AS by_postcode,
           coalesce((SELECT max(similarity(fold_for_search(a.first_name || ' ' || a.last_name), fold_for_search(asked.name)))
                       FROM applicants a, asked WHERE a.household_id = h.id), 0)::real AS by_name
      FROM candidates c JOIN households h ON h.id = c.household_id AND h.merged_into IS NULL
  )
  SELECT CASE WHEN seen THEN id END, seen, by_email, by_phone, by_postcode, by_name
    FROM judged
   WHERE actor_kind() IN ('staff', 'system') AND (by_email OR by_phone OR (by_postcode AND by_name >= 0.3) OR by_name >= 0.75)
   ORDER BY by_email::int + by_phone::int + by_postcode::int + by_name DESC
   LIMIT 10
$$;
`;

export class Search0005 implements MigrationInterface {
  readonly name = 'Search1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(search);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
