import { ETHNICITIES, ethnicityOfCarers } from '@app/carers';
import { type Actor, system, Transactions } from '@app/database';
import { Clock, type LocalDate, ok, type Result } from '@app/kernel';
import { authoritiesInReach, cutOf } from '@app/reports';
import { Injectable } from '@nestjs/common';
import { approvedPlaces, yearGroups } from '../queries/year-groups';
import { yearOf } from '../rules/ofsted-year';
import { type YearRefusal, yearQuestion } from '../rules/year-question';
import type { CarersOfYear, YearColumn } from '../rules/year-lines';
import type { OfstedYear } from '../rules/year-workbook';

/**
 * The financial year of a date as Ofsted and the Department count it, as far as it has come, of the authorities in the
 * actor's reach. Counts as the system, like the report: a journey belongs to the authority it had, not to the one it has.
 * Asked as it was known at a moment, it is the year as it would have been counted then: of the register, which keeps no
 * history, the people are those known now. Refuses what `yearQuestion` refuses.
 */
@Injectable()
export class CountOfstedYear {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, inYearOf: LocalDate, knownAt: Date | null = null): Promise<Result<OfstedYear, YearRefusal>> {
    const now = this.clock.now();
    const asked = yearQuestion(inYearOf, knownAt, now);
    if (!asked.ok) return asked;
    const { period, asAt } = asked.value;
    const question = { from: period.from, asAt, before: cutOf(asAt, now).eventsBefore, knownAt };
    const reach = authoritiesInReach(actor);
    const { groups, places, told } = await this.transactions.read(system('ofsted-year'), async (tx) => ({ groups: await yearGroups(tx, question), places: await approvedPlaces(tx, question), told: await ethnicityOfCarers(tx, asAt) }));
    const column = (codes: readonly string[]): YearColumn => {
      const found = places.filter(({ authority }) => codes.includes(authority));
      const sum = (what: 'households' | 'withTerms' | 'places'): number => found.reduce((total, place) => total + place[what], 0);
      const carers = told.filter(({ authority }) => codes.includes(authority));
      const people = (which?: string): number => carers.filter(({ ethnicity }) => which === undefined || ethnicity === which).reduce((total, count) => total + count.people, 0);
      const byEthnicity = Object.fromEntries([...ETHNICITIES, 'not_told' as const].map((which) => [which, people(which)])) as CarersOfYear['told'];
      return { ...yearOf(groups, codes), carers: { people: people(), told: byEthnicity }, approvals: { households: sum('households'), withTerms: sum('withTerms'), places: sum('places') } };
    };
    const columns = reach.length === 1 ? { total: column(reach) } : Object.fromEntries([['total', column(reach)], ...reach.map((code) => [code, column([code])] as const)]);
    return ok({ ...asked.value, generatedAt: now, columns });
  }
}
