import type { MigrationInterface, QueryRunner } from 'typeorm';

const review = `
ALTER TABLE representations ADD COLUMN ended_without boolean NOT NULL DEFAULT false;
ALTER TABLE representations ADD CONSTRAINT ended_on_a_day CHECK (NOT ended_without OR way = 'irm' AND concluded_on IS NOT NULL);
COMMENT ON COLUMN representations.ended_without IS 'The review ended without a recommendation: the family withdrew, or it was not taken on. Then recommendation says why.';
`;

/** The day of the decision that ended a case for good. A date alone: whoever may reopen a journey may know it, also without being of its council. */
const forGood = `
CREATE FUNCTION refused_for_good_on(of_journey uuid) RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT d.decided_on FROM decisions d JOIN journeys j ON j.id = d.journey_id
   WHERE j.id = of_journey AND d.kind IN ('final_refusal', 'lapse') AND j.authority = ANY ((SELECT scope_of('people'))::text[])
$$;
`;

export class FinalDecisions0079 implements MigrationInterface {
  readonly name = 'FinalDecisions1700000000079';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [review, forGood]) await runner.query(part);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
