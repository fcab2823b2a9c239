import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { projectRoot } from '../project-root';

const seed = (file: string): string => readFileSync(join(projectRoot(), 'libs/authorities/seed', file), 'utf8');

/** The councils' addresses are as they publish them; telephone and mail are the hub's, which takes every enquiry. */
const councils = [
  ['derby', 'E06000015', 'Derby City Council', 'https://www.derby.gov.uk', 'The Council House, Corporation Street, Derby'],
  ['derbyshire', 'E10000007', 'Derbyshire County Council', 'https://www.derbyshire.gov.uk', 'County Hall, Matlock, Derbyshire'],
  ['nottingham', 'E06000018', 'Nottingham City Council', 'https://www.nottinghamcity.gov.uk', 'Loxley House, Station Street, Nottingham'],
  ['nottinghamshire', 'E10000024', 'Nottinghamshire County Council', 'https://www.nottinghamshire.gov.uk', 'County Hall, Loughborough Road, West Bridgford'],
] as const;

interface BankHoliday { readonly date: string; readonly title: string }
interface HubFacts {
  readonly targets: { readonly source: string; readonly enquiries: number; readonly approval_rate_percent: number; readonly approvals: number; readonly baseline_approvals: number; readonly increase_percent: number; readonly turnaround_months: number };
}

const LIMITS = [
  ['first_response', 1, 'working_days', 'The hub\'s standard: one working day'],
  ['home_visit', 10, 'working_days', 'The hub\'s standard: ten working days from the initial application'],
  ['turnaround', 6, 'months', 'The hub\'s target: approval within six months of the enquiry'],
  ['follow_up', 5, 'working_days', 'The hub\'s practice: a family that is thinking it over hears from us again within five working days'],
] as const;

/** Financial years that the hub's targets are shown for, until others are entered. */
const TARGET_YEARS = ['2024-04-01', '2025-04-01', '2026-04-01'];

export class Hub0006 implements MigrationInterface {
  readonly name = 'Hub1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    const by = 'system:migration';
    for (const [index, [code, ons, name, website, address]] of councils.entries()) {
      await runner.query('INSERT INTO authorities (code, ons_code, name, display_order) VALUES ($1, $2, $3, $4)', [code, ons, name, index + 1]);
      await runner.query(
        `INSERT INTO authority_details (authority, holds_from, name, team, phone, email, website, address, recorded_by)
         VALUES ($1, '2024-03-01', $2, 'Fostering recruitment', '03033 132950', 'hello@fosterforeastmidlands.org.uk', $3, $4, $5)`,
        [code, name, website, address, by],
      );
    }
    await runner.query(`INSERT INTO authorities (code, ons_code, name, display_order) VALUES ('unrouted', NULL, 'Not yet routed', 9)`);

    const codeOf = new Map<string, string>(councils.map(([code, ons]) => [ons, code]));
    for (const line of seed('districts.csv').trim().split(/\r?\n/).slice(1)) {
      const [code, name, ons] = line.split(',');
      await runner.query('INSERT INTO districts (code, name, authority) VALUES ($1, $2, $3)', [code, name, codeOf.get(ons ?? '')]);
    }

    const holidays = JSON.parse(seed('bank-holidays.json')) as BankHoliday[];
    await runner.query('INSERT INTO bank_holidays (holiday_on, title) SELECT * FROM unnest($1::date[], $2::text[])', [holidays.map((h) => h.date), holidays.map((h) => h.title)]);
    await runner.query(`INSERT INTO opening_hours (holds_from, weekday, opens_at, closes_at, recorded_by) SELECT '2016-01-01', weekday, '09:00', '17:00', $1 FROM generate_series(1, 5) weekday`, [by]);

    for (const [rule, amount, unit, source] of LIMITS) {
      await runner.query(`INSERT INTO time_limits (rule, holds_from, amount, unit, source, recorded_by) VALUES ($1, '2016-01-01', $2, $3, $4, $5)`, [rule, amount, unit, source, by]);
    }

    const { targets } = JSON.parse(seed('hub-facts.json')) as HubFacts;
    const stated: readonly (readonly [string, number])[] = [
      ['enquiries', targets.enquiries],
      ['approval_rate', targets.approval_rate_percent / 100],
      ['approvals', targets.approvals],
      ['baseline_approvals', targets.baseline_approvals],
      ['increase_on_baseline', targets.increase_percent / 100],
      ['turnaround_months', targets.turnaround_months],
    ];
    for (const year of TARGET_YEARS) {
      for (const [measure, value] of stated) {
        await runner.query('INSERT INTO targets (year_from, measure, value, source, recorded_by) VALUES ($1, $2, $3, $4, $5)', [year, measure, value, targets.source, by]);
      }
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
