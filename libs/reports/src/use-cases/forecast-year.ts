import { setImmediate } from 'node:timers/promises';
import { type Actor, system, Transactions } from '@app/database';
import { Clock, financialYearOf, localDateOf, type LocalDate, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { type CountedForForecast, forecastFacts } from '../queries/forecast-facts';
import { statedTargets } from '../queries/stated-targets';
import { AS_IT_IS, type ApprovalForecast, drawForecast, expectedApprovals, type ForecastFacts, leverToReach, type WhatIf } from '../rules/forecast/approval-forecast';
import { enquiryPace, expectedEnquiries } from '../rules/forecast/enquiries-to-come';
import type { Levers, YearForecast } from '../rules/forecast/year-forecast';
import { cutOf } from '../rules/report-request';
import { authoritiesInReach } from './compute-kpi-report';

/** Why nothing is forecast. */
export type ForecastRefusal = 'unknown_authority' | 'in_the_future' | 'year_is_over' | 'too_little_history';

/** With fewer past steps or approvals than this, a forecast would be a guess. */
const FEWEST_STEPS = 13;
const FEWEST_APPROVALS = 5;
/** So many draws at a time, before others are served. */
const DRAWS_AT_A_TIME = 10;

/** What becomes of the financial year of a date, as at the end of that date, of the hub or one authority in the actor's reach. */
@Injectable()
export class ForecastYear {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, { authority, asAt }: { readonly authority: string | null; readonly asAt: LocalDate }): Promise<Result<YearForecast, ForecastRefusal>> {
    const now = this.clock.now();
    const inReach: readonly string[] = authoritiesInReach(actor);
    if (authority === null ? !inReach.includes('unrouted') : !inReach.includes(authority)) return refused('unknown_authority');
    if (asAt > localDateOf(now)) return refused('in_the_future');
    const year = financialYearOf(asAt);
    if (asAt === year.to) return refused('year_is_over');
    const { counted, target } = await this.transactions.read(system('forecast'), async (tx) => ({
      counted: await forecastFacts(tx, year, asAt, cutOf(asAt, now)),
      target: (await statedTargets(tx, year.from, authority)).stated.approvals,
    }));
    if (counted === null) return refused('too_little_history');
    const facts = factsOf(counted, authority);
    const approvals = facts.stays.reduce((sum, { onward, count }) => sum + (onward === 'approved' ? count : 0), 0);
    if (facts.enquiries.length < FEWEST_STEPS || approvals < FEWEST_APPROVALS) return refused('too_little_history');
    const approvedSoFar = counted.approved.filter((one) => authority === null || one.authority === authority).reduce((sum, { count }) => sum + count, 0);
    const asItIs = expectedApprovals(facts);
    const push = (change: Partial<WhatIf>): number => expectedApprovals(facts, { ...AS_IT_IS, ...change }) - asItIs;
    return ok({
      year, asAt, authority, approvedSoFar, target,
      toCome: await drawn(facts),
      open: facts.open.reduce((sum, { count }) => sum + count, 0),
      enquiriesToCome: expectedEnquiries(enquiryPace(facts.enquiries), facts.ahead).reduce((sum, count) => sum + count, 0),
      levers: target === null ? null : await leversTo(facts, target - approvedSoFar),
      pushes: { volume: push({ volume: 1.1 }), lost: push({ lost: 0.9 }), speed: push({ speed: 1.1 }) },
    });
  }
}

async function drawn(facts: ForecastFacts): Promise<ApprovalForecast> {
  const drawing = drawForecast(facts);
  for (let draw = 1; ; draw += 1) {
    const next = drawing.next();
    if (next.done === true) return next.value;
    if (draw % DRAWS_AT_A_TIME === 0) await setImmediate();
  }
}

async function leversTo(facts: ForecastFacts, approvals: number): Promise<Levers> {
  const volume = leverToReach(facts, approvals, 'volume');
  await setImmediate();
  const lost = leverToReach(facts, approvals, 'lost');
  await setImmediate();
  return { volume, lost, speed: leverToReach(facts, approvals, 'speed') };
}

/** The groups of the hub or one authority, as the rules take them; steps without an enquiry count as such. */
function factsOf({ calendar: { past, ahead }, stays, open, enquiries }: CountedForForecast, authority: string | null): ForecastFacts {
  const belongs = (group: { readonly authority: string }): boolean => authority === null || group.authority === authority;
  const came = new Map<number, number>();
  for (const { step, count } of enquiries.filter(belongs)) came.set(step, (came.get(step) ?? 0) + count);
  return { stays: stays.filter(belongs), open: open.filter(belongs), enquiries: past.map((step, index) => ({ ...step, count: came.get(index - past.length) ?? 0 })), ahead };
}
