import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two families can share a telephone number or an address of mail: a couple that parted, a grown-up child. Once somebody
 * has looked and said so, the two are not suspected of being one any more.
 */
const toldApart = `
CREATE TABLE households_told_apart (
  household_id uuid NOT NULL REFERENCES households,
  other_id     uuid NOT NULL REFERENCES households,
  told_at      timestamptz NOT NULL,
  told_by      text NOT NULL,
  PRIMARY KEY (household_id, other_id),
  CONSTRAINT pair_in_order CHECK (household_id < other_id)
);
CREATE INDEX households_told_apart_other ON households_told_apart (other_id);
COMMENT ON TABLE households_told_apart IS 'Pairs of households that somebody looked at and found to be two families.';
ALTER TABLE households_told_apart ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON households_told_apart TO hub_app USING (EXISTS (SELECT FROM households h WHERE h.id = household_id) AND EXISTS (SELECT FROM households h WHERE h.id = other_id));
GRANT SELECT, INSERT ON households_told_apart TO hub_app;
`;

export class ToldApart0131 implements MigrationInterface {
  readonly name = 'ToldApart1700000000131';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(toldApart);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
