import { type LocalDate, shortDateInWords } from '@app/kernel';
import type { KeptReport, KpiBlock } from '@app/reports';
import { count, percent } from '../../../platform/words';
import { table } from './cells';

/** How the figures of the year moved, from the reports that the nights have kept: at most a dozen, the newest first. */
export function movement(kept: readonly KeptReport[], blockOf: (report: KeptReport['report']) => KpiBlock | undefined) {
  if (kept.length === 0) return null;
  const step = Math.max(1, Math.ceil(kept.length / 12));
  const shown = [...kept].reverse().filter((_, index) => index % step === 0);
  const rows = shown.flatMap(({ asAt, report }): string[][] => {
    const block = blockOf(report);
    return block === undefined ? [] : [row(asAt, block)];
  });
  return table('Reports kept at night, as at the end of a day', ['As at', 'Enquiries', 'Approvals', 'Approvals for each enquiry', 'Answered in time', 'Within six months', 'Still open'], rows);
}

function row(asAt: LocalDate, block: KpiBlock): string[] {
  return [shortDateInWords(asAt), count(block.enquiries), count(block.turnaround.approvals), percent(block.conversion.period.rate), percent(block.firstResponse.rate), percent(block.turnaround.rate), count(block.openNow.total)];
}
