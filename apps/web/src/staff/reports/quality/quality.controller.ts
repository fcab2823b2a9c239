import { may } from '@app/access';
import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { system, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { FAULT_MEANINGS, type FaultCount, faultCounts, QUALITY_FAULTS, type QualityFault, recordFaults } from '@app/publications';
import { authoritiesInReach } from '@app/reports';
import { Controller, Get, NotFoundException, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { count } from '../../../platform/words';
import { reportPlaces } from '../report-places';
import { table } from '../sections/cells';
import { faultLine, FAULTS_LISTED } from './fault-lines';

const PATH = '/staff/reports/data-quality';

/** What is impossible or missing in the records: counts for whoever reads figures, families for whoever may mend them. */
@Controller('staff/reports/data-quality')
@Access('reports.read')
export class QualityController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query('fault') fault: unknown, @Query('authority') authority: unknown): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const reach = authoritiesInReach(actor);
    const asked = { fault: oneOf(QUALITY_FAULTS, fault), authority: oneOf(reach, authority) };
    const counts = await this.transactions.read(system('data-quality'), (tx) => faultCounts(tx, now, reach));
    const seesFamilies = may(actor, 'journeys.read');
    const { families, own } = seesFamilies
      ? await this.transactions.read(actor, async (tx) => ({ families: await recordFaults(tx, now, asked, FAULTS_LISTED), own: await faultCounts(tx, now, reach) }))
      : { families: [], own: [] };
    await page(response, 'staff/reports/quality/quality', {
      title: 'Data quality',
      places: reportPlaces(actor, PATH),
      total: totalOf(counts),
      kinds: kindsTable(counts, reach),
      owners: ownersTable(counts),
      meanings: QUALITY_FAULTS.map((one) => FAULT_MEANINGS[one]),
      seesFamilies,
      listed: FAULTS_LISTED,
      values: { fault: asked.fault ?? '', authority: asked.authority ?? '' },
      faults: [{ value: '', text: 'All' }, ...QUALITY_FAULTS.map((one) => ({ value: one, text: FAULT_MEANINGS[one].name }))],
      authorities: reach.length < 2 ? [] : [{ value: '', text: 'All of them' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
      families: families.map((found) => faultLine(actor, found, listPath(asked))),
      beyond: beyondTheList(counts, own, reach.filter((code) => may(actor, 'journeys.read', code) && (asked.authority === null || code === asked.authority)), asked.fault),
    });
  }
}

/** The list of families under the filters that are on: whoever mended one goes on with the next of its kind. */
function listPath(asked: Readonly<Record<'fault' | 'authority', string | null>>): string {
  const filters = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, value] satisfies [string, string]]))).toString();
  return filters === '' ? PATH : `${PATH}?${filters}#families`;
}

/** The one of a choice that an address names, or null when it names none. Another is a page that is not there. */
function oneOf<Choice extends string>(choices: readonly Choice[], asked: unknown): Choice | null {
  if (asked === undefined || asked === '') return null;
  const found = choices.find((one) => one === asked);
  if (found === undefined) throw new NotFoundException();
  return found;
}

/** Who mends what a reader of families cannot see, so that it is in the counts and not in the list. */
const BEYOND: Readonly<Partial<Record<QualityFault, (count: string, one: boolean) => string>>> = {
  suspected_duplicate: (count, one) => `${count} more ${one ? 'shares' : 'share'} something with a family of another council: the hub merges ${one ? 'it' : 'them'}.`,
  dates_out_of_order: (count, one) => `${count} more ${one ? 'lies' : 'lie'} in assessment files: the council puts ${one ? 'it' : 'them'} right.`,
};

/** How many of the faults counted of some authorities the list leaves out, because what they lie in is out of the reader's reach. */
function beyondTheList(counts: readonly FaultCount[], own: readonly FaultCount[], authorities: readonly string[], asked: QualityFault | null): string[] {
  return QUALITY_FAULTS.filter((fault) => asked === null || fault === asked).flatMap((fault) => {
    const of = (some: readonly FaultCount[]): number => totalOf(some.filter((one) => one.fault === fault && authorities.includes(one.authority)));
    const beyond = of(counts) - of(own);
    return beyond > 0 ? (BEYOND[fault]?.(count(beyond), beyond === 1) ?? []) : [];
  });
}

function totalOf(counts: readonly FaultCount[]): number {
  return counts.reduce((sum, one) => sum + one.count, 0);
}

/** What is wrong, by authority. */
function kindsTable(counts: readonly FaultCount[], reach: readonly AuthorityCode[]) {
  const of = (fault: QualityFault, authority?: string): number => totalOf(counts.filter((one) => one.fault === fault && (authority === undefined || one.authority === authority)));
  const columns = reach.length < 2 ? [] : reach;
  return table('By authority', ['What is wrong', 'All', ...columns.map((code) => AUTHORITY_NAMES[code])], QUALITY_FAULTS.map((fault) => [FAULT_MEANINGS[fault].name, count(of(fault)), ...columns.map((code) => count(of(fault, code)))]));
}

/** With whom it lies, those with most first. */
function ownersTable(counts: readonly FaultCount[]) {
  const owners = [...new Set(counts.map(({ owner }) => owner))].map((owner) => ({ owner, of: (fault?: QualityFault) => totalOf(counts.filter((one) => one.owner === owner && (fault === undefined || one.fault === fault))) }));
  const rows = owners.sort((one, other) => other.of() - one.of()).map(({ owner, of }) => [owner ?? 'Nobody yet', count(of()), ...QUALITY_FAULTS.map((fault) => count(of(fault)))]);
  return table('By who looks after the family', ['Who', 'All', ...QUALITY_FAULTS.map((fault) => FAULT_MEANINGS[fault].name)], rows);
}
