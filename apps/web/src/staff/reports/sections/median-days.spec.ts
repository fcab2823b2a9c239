import { localDate } from '@app/kernel';
import { kpiReport } from '@app/reports';
import { byAuthority } from './by-authority';
import { months } from './months';

/** Two approvals, of 100 and of 101 days: half of them took 100.5 days. */
const FACTS = {
  contacts: [], excluded: [], enquiries: [], times: [], responses: [],
  approvals: [100, 101].map((turnaroundDays) => ({ authority: 'derby' as const, month: '2024-07', turnaroundDays, withinSixMonths: true, processing: null, heldDays: 0, count: 1 })),
};
const PERIOD = { from: localDate('2024-07-01'), to: localDate('2024-07-31') };

it('tells a median between two days alike in every table', () => {
  const report = kpiReport({ period: PERIOD, asAt: localDate('2024-09-30'), knownAt: null, authority: null }, FACTS, ['derby', 'unrouted'], new Date('2024-10-01T09:00:00Z'));

  expect(texts(byAuthority(report)?.table, 'Median days')).toEqual(['100.5', '–', '100.5']);
  expect(texts(months([{ period: PERIOD, block: report.total }], report.asAt).table, 'Their median days')).toEqual(['100.5']);
});

/** What the rows say under a heading. */
function texts(table: ReturnType<typeof months>['table'] | undefined, heading: string): (string | undefined)[] {
  const column = table?.head.findIndex(({ text }) => text === heading) ?? -1;
  return (table?.rows ?? []).map((row) => row[column]?.text);
}
