import { type CountedFacts, daysOnHold, type KpiBlock } from '@app/reports';
import { count, countOf, percent } from '../../../platform/words';
import { columns } from '../charts/columns';
import { decimal, outOf, table, wholeDays, type WithYearBefore } from './cells';

/** Classes of thirty days: the first six are, but for a few days, six months. */
const CLASS_DAYS = 30;
const SIX_MONTHS_CLASSES = 6;
/** What takes longer than a year and a half stands in one class. */
const CLASSES = 18;

/** How long the approvals of the period took, from the enquiry and from the application. */
export function turnaround({ now, before }: WithYearBefore, { approvals }: CountedFacts) {
  const held = daysOnHold(approvals);
  const counts = Array.from({ length: CLASSES + 1 }, () => 0);
  for (const { turnaroundDays, count: households } of approvals) {
    const index = Math.min(CLASSES, Math.floor(turnaroundDays / CLASS_DAYS));
    counts[index] = (counts[index] ?? 0) + households;
  }
  const used = Math.max(SIX_MONTHS_CLASSES + 2, counts.findLastIndex((households) => households > 0) + 1);
  const classes = counts.slice(0, used).map((households, index) => ({ name: className(index), households }));
  return {
    title: now.turnaround.approvals === 0 ? 'No approvals in this period' : `${outOf(now.turnaround.withinSixMonths, now.turnaround.approvals)} approvals came within six months of the enquiry`,
    sentence: turnaroundSentence(now),
    onHold: held.households === 0 ? 'None of these households had been on hold.' : `${countOf(held.households, 'household', 'households')} of these had been on hold, for ${decimal(held.meanDays)} days on average. Those days are in the figures, not subtracted.`,
    drawing: columns({
      label: `Approvals by the days since the enquiry: ${classes.filter(({ households }) => households > 0).map(({ name, households }) => `${name} days ${String(households)}`).join(', ')}.`,
      columns: classes.map(({ name, households }, index) => ({ name: name.replace(/ to .*/, ''), value: households, words: households === 0 ? '' : count(households), of: index < SIX_MONTHS_CLASSES ? 'approved' : 'applicant' })),
      limit: { after: SIX_MONTHS_CLASSES, name: 'six months' },
      counted: `approvals by days since the enquiry, in steps of ${String(CLASS_DAYS)}`,
    }),
    distribution: table('Approvals by the days since the enquiry', ['Days', 'Approvals'], classes.map(({ name, households }) => [name, count(households)])),
    table: table(
      'Turnaround and processing',
      ['Measure', 'Approvals', 'Median days', 'Mean days', '9 in 10 within', 'Within the limit', 'Share', 'A year before'],
      [
        measure('From enquiry to approval (six months)', now.turnaround, now.turnaround.withinSixMonths, before.turnaround.rate),
        measure('From application to approval (eight months)', now.processing, now.processing.withinEightMonths, before.processing.rate),
      ],
    ),
  };
}

/** How long half of them took, beside the six months that are aimed at. */
export function turnaroundSentence({ turnaround: { approvals, medianDays, p90Days } }: KpiBlock): string {
  if (approvals === 0) return 'Nobody was approved in this period.';
  return `Half of the approvals took ${wholeDays(medianDays)} days or fewer, nine in ten ${wholeDays(p90Days)} or fewer.`;
}

function className(index: number): string {
  return index === CLASSES ? `${String(CLASSES * CLASS_DAYS)} and more` : `${String(index * CLASS_DAYS)} to ${String((index + 1) * CLASS_DAYS - 1)}`;
}

function measure(name: string, figures: KpiBlock['turnaround'] | KpiBlock['processing'], within: number, rateBefore: number | null): string[] {
  return [name, count(figures.approvals), decimal(figures.medianDays), decimal(figures.meanDays), decimal(figures.p90Days), count(within), percent(figures.rate), percent(rateBefore)];
}
