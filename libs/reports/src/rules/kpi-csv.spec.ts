import { localDate } from '@app/kernel';
import type { CountedFacts } from './counted-facts';
import { kpiCsv } from './kpi-csv';
import { kpiReport } from './kpi-report';

const FACTS: CountedFacts = {
  contacts: [{ authority: 'derby', month: '2024-04', count: 4 }],
  excluded: [],
  enquiries: [
    { authority: 'derby', month: '2024-04', standing: 'approved', furthest: 'approved', count: 1 },
    { authority: 'derby', month: '2024-04', standing: 'closed', furthest: 'enquiry', closedBy: 'service', closedReason: 'health', count: 3 },
  ],
  times: [
    { authority: 'derby', month: '2024-04', days: 100, ending: 'approved', count: 1 },
    { authority: 'derby', month: '2024-04', days: 5, ending: 'service', count: 3 },
  ],
  approvals: [{ authority: 'derby', month: '2024-07', turnaroundDays: 100, withinSixMonths: true, processing: null, heldDays: 0, count: 1 }],
  responses: [],
};

describe('the report as a table', () => {
  const request = { period: { from: localDate('2024-04-01'), to: localDate('2025-03-31') }, asAt: localDate('2025-09-30'), knownAt: null, authority: null };
  const csv = kpiCsv(kpiReport(request, FACTS, ['derby', 'unrouted'], new Date('2026-11-21T17:00:00.123Z')));
  const lines = csv.split('\r\n');
  const line = (name: string): string | undefined => lines.find((text) => text.startsWith(`${name},`));

  it('says what it is a report of', () => {
    expect(lines.slice(0, 7)).toEqual([
      'figure,total,derby,unrouted', 'definitions,1.1,,', 'period.from,2024-04-01,,', 'period.to,2025-03-31,,', 'asAt,2025-09-30,,', 'knownAt,,,', 'generatedAt,2026-11-21T17:00:00Z,,',
    ]);
  });

  it('has a line for each figure under its path in the JSON, empty where it has no base', () => {
    expect(line('enquiries')).toBe('enquiries,4,4,0');
    expect(line('conversion.cohort.rate')).toBe('conversion.cohort.rate,0.25,0.25,');
    expect(line('conversion.estimated.183.estimate')).toBe('conversion.estimated.183.estimate,0.25,0.25,');
    expect(line('dropOut.byReason.health')).toBe('dropOut.byReason.health,3,3,0');
    expect(line('dropOut.byReason.age')).toBe('dropOut.byReason.age,0,0,0');
    expect(line('dropOut.steps.enquiry.rate')).toBe('dropOut.steps.enquiry.rate,0.75,0.75,');
    expect(line('processing.medianDays')).toBe('processing.medianDays,,,');
  });

  it('has as many cells in every line, and every line ends as a line', () => {
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(new Set(lines.slice(0, -1).map((text) => text.split(',').length))).toEqual(new Set([4]));
    expect(new Set(lines).size).toBe(lines.length);
  });
});
