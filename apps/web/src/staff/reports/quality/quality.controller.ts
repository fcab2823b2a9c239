import { may } from '@app/access';
import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { system, Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { FAULT_MEANINGS, type FaultCount, faultCounts, QUALITY_FAULTS, type QualityFault, type RecordFault, recordFaults } from '@app/publications';
import { authoritiesInReach } from '@app/reports';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { count } from '../../../platform/words';
import { familyFormPath, familyPath } from '../../paths';
import { reportPlaces } from '../report-places';
import { table } from '../sections/cells';

const PATH = '/staff/reports/data-quality';
/** As many families as a page lists; mending those brings the next. */
const LISTED = 200;

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
    const asked = { fault: QUALITY_FAULTS.find((one) => one === fault) ?? null, authority: reach.find((code) => code === authority) ?? null };
    const counts = await this.transactions.read(system('data-quality'), (tx) => faultCounts(tx, now, reach));
    const seesFamilies = may(actor, 'journeys.read');
    const families = seesFamilies ? await this.transactions.read(actor, (tx) => recordFaults(tx, now, asked, LISTED)) : [];
    await page(response, 'staff/reports/quality/quality', {
      title: 'Data quality',
      places: reportPlaces(actor, PATH),
      total: totalOf(counts),
      kinds: kindsTable(counts, reach),
      owners: ownersTable(counts),
      meanings: QUALITY_FAULTS.map((one) => FAULT_MEANINGS[one]),
      seesFamilies,
      listed: LISTED,
      values: { fault: asked.fault ?? '', authority: asked.authority ?? '' },
      faults: [{ value: '', text: 'All' }, ...QUALITY_FAULTS.map((one) => ({ value: one, text: FAULT_MEANINGS[one].name }))],
      authorities: reach.length < 2 ? [] : [{ value: '', text: 'All of them' }, ...reach.map((code) => ({ value: code, text: AUTHORITY_NAMES[code] }))],
      families: families.map(familyLine),
    });
  }
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

function familyLine({ fault, reference, name, authority, owner, sharedWith }: RecordFault) {
  const { name: what, mendedBy, mend } = FAULT_MEANINGS[fault];
  return { what, name, reference, href: familyPath(reference), authority: AUTHORITY_NAMES[authority as AuthorityCode], owner: owner ?? 'Nobody yet', mend, mendHref: familyFormPath(reference, mendedBy, PATH), sharedWith: sharedWith.map((other) => ({ reference: other, href: familyPath(other) })) };
}
