import { type IncidenceAt, JOURNEY_ENDINGS, type JourneyEnding } from '@app/reports';
import { count, countOf, percent } from '../../../platform/words';
import { stackedAreas } from '../charts/stacked-areas';
import { table, withInterval } from './cells';

/** Half a year, nine months and a year, as the report estimates them. */
export const NAMED_DAYS = [
  { day: 183, name: '6 months' },
  { day: 274, name: '9 months' },
  { day: 365, name: '12 months' },
] as const;

/** How the ways to end are called, and in which colour they are drawn, from the bottom up. */
export const ENDINGS: Readonly<Record<JourneyEnding, { readonly name: string; readonly of: string }>> = {
  approved: { name: 'approved', of: 'approved' },
  applicant: { name: 'withdrew', of: 'applicant' },
  service: { name: 'closed by us', of: 'service' },
  no_contact: { name: 'not reached', of: 'no-contact' },
};

export type EndingsCurve = readonly IncidenceAt<JourneyEnding>[];

/** The pile of endings day by day; null for an empty curve. The axis goes to `untilDay`, so that several can be compared. */
export function endingsDrawing(curve: EndingsCurve, who = 'enquiries', untilDay?: number) {
  const last = curve.at(-1);
  if (last === undefined) return null;
  const shares = JOURNEY_ENDINGS.map((ending) => `${percent(last.byCause[ending].estimate)} ${ENDINGS[ending].name}`).join(', ');
  return stackedAreas({
    label: `How ${who} end by the days since the enquiry. After ${countOf(last.time, 'day', 'days')}: ${shares}, ${percent(last.eventFree.estimate)} still on their way.${untilDay === undefined || last.time >= untilDay ? '' : ' What comes later is not known yet.'}`,
    layers: JOURNEY_ENDINGS.map((ending) => ({ ...ENDINGS[ending], shares: curve.map(({ byCause }) => byCause[ending].estimate) })),
    rest: 'still on their way',
    marks: NAMED_DAYS,
    ...(untilDay === undefined ? {} : { untilDay }),
  });
}

/** When a curve ends, in words that a title begins with. */
export function endOfCurve({ time }: IncidenceAt<JourneyEnding>): string {
  return time === 365 ? 'A year after enquiring' : `${countOf(time, 'day', 'days')} after enquiring`;
}

/** The same numbers every thirty days, at the named days and at the last. */
export function endingsTable(curve: EndingsCurve, who = 'enquiries') {
  const last = curve.at(-1)?.time ?? 0;
  return table(
    `How ${who} end, estimated by the days since the enquiry`,
    ['Days since the enquiry', 'Still followed that day', 'Approved', 'Withdrew', 'Closed by us', 'Not reached', 'Still on their way'],
    curve
      .filter(({ time }) => time % 30 === 0 || NAMED_DAYS.some(({ day }) => day === time) || time === last)
      .map(({ time, atRisk, byCause, eventFree }) => [
        String(time), count(atRisk), withInterval({ share: byCause.approved.estimate, low: byCause.approved.low, high: byCause.approved.high }),
        ...JOURNEY_ENDINGS.slice(1).map((ending) => percent(byCause[ending].estimate)), percent(eventFree.estimate),
      ]),
  );
}
