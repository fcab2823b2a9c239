import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What carers tell voluntarily: written and taken back by those who keep the register, read by nobody, and counted. */
const ethnicity = `
CREATE TABLE carer_ethnicity (
  person_id uuid PRIMARY KEY REFERENCES carer_people ON DELETE CASCADE,
  ethnicity text NOT NULL CHECK (ethnicity IN ('asian', 'black', 'mixed', 'white', 'other')),
  told_on   date NOT NULL
);
COMMENT ON TABLE carer_ethnicity IS 'Told voluntarily and used in aggregate alone: the application has no right to read the column, only to count it.';
ALTER TABLE carer_ethnicity ENABLE ROW LEVEL SECURITY;
CREATE POLICY register ON carer_ethnicity TO hub_app
  USING (EXISTS (SELECT FROM carer_people p JOIN carer_households h ON h.id = p.carer_id WHERE p.id = person_id AND h.authority = ANY ((SELECT scope_of('carers'))::text[])))
  WITH CHECK (EXISTS (SELECT FROM carer_people p JOIN carer_households h ON h.id = p.carer_id WHERE p.id = person_id AND h.authority = ANY ((SELECT scope_of('carers'))::text[])));
GRANT SELECT (person_id), INSERT, DELETE ON carer_ethnicity TO hub_app;

CREATE FUNCTION ethnicity_of_carers(day date) RETURNS TABLE (authority text, ethnicity text, people integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT h.authority, coalesce(e.ethnicity, 'not_told'), count(*)::int
    FROM carer_households h JOIN carer_people p ON p.carer_id = h.id LEFT JOIN carer_ethnicity e ON e.person_id = p.id AND e.told_on <= day
   WHERE h.authority = ANY (scope_of('figures')) AND h.kind = 'foster' AND h.approved_on <= day AND (h.left_on IS NULL OR h.left_on > day)
   GROUP BY 1, 2
$$;
`;

export class Ethnicity0098 implements MigrationInterface {
  readonly name = 'Ethnicity1700000000098';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ethnicity);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
