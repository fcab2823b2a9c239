import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Text search and the search for duplicates run with the owner's rights, because a row-level policy keeps PostgreSQL
 * from using trigram indexes (their operators are not leakproof). They filter by the actor's own scope themselves.
 */
const search = `
-- Every word has to be in the household's search text, as it is: signs that LIKE reads as wildcards are escaped.
CREATE FUNCTION has_every_word(words text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(format(' AND h.search_text LIKE %L', '%' || regexp_replace(fold_for_search(word), '([\\\\%_])', '\\\\\\1', 'g') || '%'), ''), ' AND false') FROM unnest(words) word WHERE word <> ''
$$;

-- Households with all the words, or with a journey whose reference holds the text.
CREATE FUNCTION reference_is_taken(asked text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT EXISTS (SELECT FROM journeys WHERE reference = asked) OR EXISTS (SELECT FROM contacts WHERE reference = asked) $$;

CREATE FUNCTION search_households(words text[], reference_like text, at_most integer) RETURNS TABLE (household_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  scope text[] := scope_of('people');
BEGIN
  RETURN QUERY EXECUTE '(SELECT h.id FROM households h WHERE h.merged_into IS NULL AND h.authority = ANY ($1)' || has_every_word(words) || ' LIMIT $3)
    UNION (SELECT j.household_id FROM journeys j WHERE j.authority = ANY ($1) AND j.reference ILIKE $2 LIMIT $3)' USING scope, reference_like, at_most;
END $$;

-- Open journeys of such households, the ones that are due first: the worklist's text filter.
CREATE FUNCTION open_journeys_matching(words text[], reference_like text, at_most integer) RETURNS TABLE (journey_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  scope text[] := scope_of('people');
BEGIN
  RETURN QUERY EXECUTE '(SELECT j.id FROM journeys j JOIN households h ON h.id = j.household_id AND h.authority = ANY ($1)
                          WHERE j.status IN (''open'', ''on_hold'') AND j.authority = ANY ($1)' || has_every_word(words) || ' ORDER BY j.next_due_at, j.id LIMIT $3)
    UNION (SELECT j.id FROM journeys j WHERE j.status IN (''open'', ''on_hold'') AND j.authority = ANY ($1) AND j.reference ILIKE $2 LIMIT $3)' USING scope, reference_like, at_most;
END $$;

CREATE FUNCTION possible_duplicates(full_names text[], emails text[], phones text[], at_postcode text)
RETURNS TABLE (household_id uuid, in_scope boolean, same_email boolean, same_phone boolean, same_postcode boolean, name_similarity real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET pg_trgm.word_similarity_threshold = 0.7 AS $$
  WITH asked AS (SELECT fold_for_search(name) AS name FROM unnest(full_names) name WHERE name LIKE '% %'),
  candidates AS (
    SELECT a.household_id FROM applicants a WHERE lower(a.email) = ANY (SELECT lower(e) FROM unnest(emails) e)
    UNION SELECT a.household_id FROM applicants a WHERE a.phone = ANY (phones)
    UNION SELECT h.id FROM households h WHERE h.postcode = at_postcode
    UNION SELECT h.id FROM asked, households h WHERE h.search_text %> asked.name
  ),
  judged AS (
    SELECT h.id, h.authority = ANY (scope_of('people')) AS seen,
           EXISTS (SELECT FROM applicants a WHERE a.household_id = h.id AND lower(a.email) = ANY (SELECT lower(e) FROM unnest(emails) e)) AS by_email,
           EXISTS (SELECT FROM applicants a WHERE a.household_id = h.id AND a.phone = ANY (phones)) AS by_phone,
           coalesce(h.postcode = at_postcode, false) AS by_postcode,
           coalesce((SELECT max(similarity(fold_for_search(a.first_name || ' ' || a.last_name), asked.name))
                       FROM applicants a, asked WHERE a.household_id = h.id), 0)::real AS by_name
      FROM candidates c JOIN households h ON h.id = c.household_id AND h.merged_into IS NULL
  )
  SELECT CASE WHEN seen THEN id END, seen, by_email, by_phone, by_postcode, by_name
    FROM judged
   WHERE actor_kind() IN ('staff', 'system') AND (by_email OR by_phone OR (by_postcode AND by_name >= 0.3) OR by_name >= 0.6)
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
