import { AUTHORITY_NAMES, type AuthorityCode } from '@app/authorities';
import { dateInWords, localDateOf, momentInWords } from '@app/kernel';
import type { ComputedKpi, KeptReport, KpiReport } from '@app/reports';
import { byAuthority } from './sections/by-authority';
import { conversion } from './sections/conversion';
import { dropOut } from './sections/drop-out';
import { firstResponse } from './sections/first-response';
import { journeyFunnel } from './sections/journey-funnel';
import { keyFigures } from './sections/key-figures';
import { months } from './sections/months';
import { movement } from './sections/movement';
import { type HeldAgainst, targets } from './sections/targets';
import { turnaround } from './sections/turnaround';

/** What the page of a report is made of. */
export interface ReportPageFacts {
  readonly computed: ComputedKpi;
  /** The same report a year earlier. */
  readonly yearBefore: KpiReport;
  readonly held: HeldAgainst | null;
  readonly kept: readonly KeptReport[];
  readonly authority: AuthorityCode | null;
}

/** The figures, charts and tables of a report, in the order of the page. */
export function reportPage({ computed: { report, months: byMonth, facts }, yearBefore, held, kept, authority }: ReportPageFacts) {
  const both = { now: report.total, before: yearBefore.total };
  const aimed = targets(held, report.total);
  const codes = Object.keys(report.byAuthority);
  return {
    about: aboutReport(report, authority),
    empty: report.total.contacts === 0 && report.total.turnaround.approvals === 0,
    figures: keyFigures(both, held, aimed),
    targets: aimed,
    funnel: journeyFunnel(both),
    conversion: conversion(both, facts),
    firstResponse: firstResponse(both, byMonth, report.asAt),
    dropOut: dropOut(both),
    turnaround: turnaround(both, facts),
    authorities: byAuthority(report),
    months: months(byMonth, report.asAt),
    movement: movement(kept, (past) => (codes.length === 1 ? past.byAuthority[codes[0] ?? ''] : past.total)),
    excluded: report.total.excluded,
    open: report.total.openNow,
  };
}

/** What it is a report of, as every print and export of it says. */
function aboutReport({ period, asAt, knownAt, generatedAt, definitions }: KpiReport, authority: AuthorityCode | null) {
  return {
    authority: authority === null ? null : AUTHORITY_NAMES[authority],
    period: `${dateInWords(period.from)} to ${dateInWords(period.to)}`,
    asAt: asAt === localDateOf(new Date(generatedAt)) ? 'as at now' : `as at the end of ${dateInWords(asAt)}`,
    knownAt: knownAt === null ? null : momentInWords(new Date(knownAt)),
    made: momentInWords(new Date(generatedAt)),
    definitions,
  };
}
