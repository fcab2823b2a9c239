import fc from 'fast-check';
import type { CountedFacts } from './counted-facts';
import { factsOfAuthorities, factsOfMonth } from './counted-facts';
import { kpiBlock } from './kpi-block';

const NOTHING: CountedFacts = { contacts: [], excluded: [], enquiries: [], times: [], approvals: [], responses: [] };

/** Ten enquiries in two authorities, small enough to work out every figure by hand. */
const FACTS: CountedFacts = {
  contacts: [
    { authority: 'derby', month: '2024-04', count: 9 },
    { authority: 'nottingham', month: '2024-05', count: 4 },
  ],
  excluded: [
    { authority: 'derby', month: '2024-04', excludedAs: 'duplicate', count: 2 },
    { authority: 'nottingham', month: '2024-05', excludedAs: 'kinship', count: 1 },
  ],
  enquiries: [
    { authority: 'derby', month: '2024-04', standing: 'approved', furthest: 'approved', count: 2 },
    { authority: 'derby', month: '2024-04', standing: 'closed', furthest: 'enquiry', closedBy: 'service', closedReason: 'no_spare_room', count: 3 },
    { authority: 'derby', month: '2024-04', standing: 'closed', furthest: 'stage_2', closedBy: 'applicant', closedReason: 'other', count: 1 },
    { authority: 'derby', month: '2024-04', standing: 'open', furthest: 'application', pastSixMonths: true, count: 1 },
    { authority: 'nottingham', month: '2024-05', standing: 'closed', furthest: 'enquiry', closedBy: 'service', closedReason: 'other', count: 1 },
    { authority: 'nottingham', month: '2024-05', standing: 'open', furthest: 'enquiry', pastSixMonths: false, count: 2 },
  ],
  times: [
    { authority: 'derby', month: '2024-04', days: 150, ending: 'approved', count: 1 },
    { authority: 'derby', month: '2024-04', days: 260, ending: 'approved', count: 1 },
    { authority: 'derby', month: '2024-04', days: 0, ending: 'service', count: 3 },
    { authority: 'derby', month: '2024-04', days: 200, ending: 'applicant', count: 1 },
    { authority: 'derby', month: '2024-04', days: 300, ending: 'censored', count: 1 },
    { authority: 'nottingham', month: '2024-05', days: 10, ending: 'service', count: 1 },
    { authority: 'nottingham', month: '2024-05', days: 20, ending: 'censored', count: 2 },
  ],
  approvals: [
    { authority: 'derby', month: '2024-04', turnaroundDays: 150, withinSixMonths: true, processing: { days: 100, withinEightMonths: true }, heldDays: 0, count: 1 },
    { authority: 'derby', month: '2024-04', turnaroundDays: 260, withinSixMonths: false, processing: null, heldDays: 0, count: 1 },
    { authority: 'derby', month: '2024-04', turnaroundDays: 400, withinSixMonths: false, processing: { days: 300, withinEightMonths: false }, heldDays: 40, count: 1 },
  ],
  responses: [
    { authority: 'derby', month: '2024-04', withinStandard: true, workingMinutes: 0, count: 2 },
    { authority: 'derby', month: '2024-04', withinStandard: true, workingMinutes: 90, count: 3 },
    { authority: 'derby', month: '2024-04', withinStandard: false, workingMinutes: 1200, count: 1 },
    { authority: 'derby', month: '2024-04', withinStandard: false, workingMinutes: null, count: 1 },
    { authority: 'nottingham', month: '2024-05', withinStandard: false, workingMinutes: null, count: 1 },
  ],
};

describe('one block of the report', () => {
  const block = kpiBlock(FACTS);

  it('counts contacts, exclusions and enquiries', () => {
    expect(block).toMatchObject({ contacts: 13, excluded: { duplicate: 2, not_an_enquiry: 0, kinship: 1 }, enquiries: 10 });
  });

  it('rates first responses over those that were answered or due, and their hours over those answered', () => {
    expect(block.firstResponse).toEqual({
      counted: 8,
      withinStandard: 5,
      rate: 5 / 8,
      medianWorkingHours: 1.5,
      // 0, 0, 90, 90, 90, 1200 minutes: position 4.5, half-way from 90 to 1200.
      p90WorkingHours: (90 + 1200) / 2 / 60,
    });
  });

  it('lets a later milestone imply the earlier ones', () => {
    expect(block.funnel).toEqual({
      enquiry: 10, initial_application: 4, home_visit: 4, application: 4, stage_1: 3, stage_2: 3, panel: 2, approved: 2,
    });
  });

  it('tells the conversion of the period from that of the cohort', () => {
    expect(block.conversion.period).toEqual({ approvals: 3, enquiries: 10, rate: 0.3 });
    expect(block.conversion.cohort).toMatchObject({ approved: 2, enquiries: 10, rate: 0.2 });
    expect(block.conversion.cohort.low).toBeCloseTo(0.0567, 4);
    expect(block.conversion.cohort.high).toBeCloseTo(0.5098, 4);
  });

  it('estimates conversion with open journeys censored, as long as somebody was followed that far', () => {
    const [half, nine, year] = block.conversion.estimated;
    // Day 0: 3 of 10 end; day 10: 1 of 7; day 20: two censored; day 150: 1 of 4 is approved.
    expect(half).toMatchObject({ days: 183, atRisk: 3 });
    expect(half!.estimate).toBeCloseTo(0.7 * (6 / 7) * (1 / 4), 12);
    // Day 200: 1 of 3 leaves; day 260: 1 of 2 is approved.
    expect(nine).toMatchObject({ days: 274, atRisk: 1 });
    expect(nine!.estimate).toBeCloseTo(0.7 * (6 / 7) * (1 / 4 + (3 / 4) * (2 / 3) * (1 / 2)), 12);
    expect(year).toEqual({ days: 365, atRisk: 0, estimate: null, stdErr: null, low: null, high: null });
  });

  it('knows the estimate past the longest time when every journey has ended', () => {
    const ended = FACTS.times.filter(({ ending }) => ending !== 'censored');
    const year = kpiBlock({ ...FACTS, times: ended }).conversion.estimated[2]!;
    expect(year.atRisk).toBe(0);
    expect(year.estimate).toBeCloseTo(2 / 7, 12);
    expect(year.stdErr).toBeCloseTo(Math.sqrt(((2 / 7) * (5 / 7)) / 7), 12);
  });

  it('breaks the drop-out down by stage, by who closed and by reason', () => {
    expect(block.dropOut).toMatchObject({
      closed: 5,
      rate: 0.5,
      byStage: { enquiry: 4, initial_application: 0, home_visit: 0, application: 0, stage_1: 0, stage_2: 1, panel: 0 },
      byWho: { applicant: 1, service: 4, no_contact: 0 },
      byReason: { no_spare_room: 3, other: 2 },
    });
    expect(block.dropOut.steps.enquiry).toEqual({ reached: 10, closed: 4, rate: 0.4 });
    expect(block.dropOut.steps.stage_2).toEqual({ reached: 3, closed: 1, rate: 1 / 3 });
  });

  it('measures turnaround over all approvals, and processing over those with an application', () => {
    expect(block.turnaround).toEqual({
      approvals: 3, medianDays: 260, meanDays: 270, p90Days: expect.closeTo(372, 10) as number, withinSixMonths: 1, rate: 1 / 3,
    });
    expect(block.processing).toEqual({
      approvals: 2, medianDays: 200, meanDays: 200, p90Days: expect.closeTo(280, 10) as number, withinEightMonths: 1, rate: 1 / 2,
    });
  });

  it('shows what is still open by the furthest milestone', () => {
    expect(block.openNow).toEqual({
      total: 3,
      byStage: { enquiry: 2, initial_application: 0, home_visit: 0, application: 1, stage_1: 0, stage_2: 0, panel: 0 },
      pastSixMonths: 1,
    });
  });

  it('gives null, never 0 or NaN, where a figure has no base', () => {
    const empty = kpiBlock(NOTHING);
    expect(empty.enquiries).toBe(0);
    expect(empty.firstResponse).toEqual({ counted: 0, withinStandard: 0, rate: null, medianWorkingHours: null, p90WorkingHours: null });
    expect(empty.conversion.cohort).toEqual({ approved: 0, enquiries: 0, rate: null, low: null, high: null });
    expect(empty.conversion.estimated.map(({ estimate }) => estimate)).toEqual([null, null, null]);
    expect(empty.dropOut.steps.panel).toEqual({ reached: 0, closed: 0, rate: null });
    expect(empty.turnaround).toEqual({ approvals: 0, medianDays: null, meanDays: null, p90Days: null, withinSixMonths: 0, rate: null });
    expect(JSON.stringify(empty)).not.toContain('NaN');
  });

  it('is that of an authority or of a month when the facts are', () => {
    const derby = kpiBlock(factsOfAuthorities(FACTS, ['derby']));
    expect([derby.contacts, derby.enquiries, derby.dropOut.closed, derby.openNow.total]).toEqual([9, 7, 4, 1]);
    expect(kpiBlock(factsOfMonth(FACTS, '2024-04'))).toEqual(derby);
    expect(kpiBlock(factsOfAuthorities(FACTS, ['derbyshire']))).toEqual(kpiBlock(NOTHING));
  });

  it('does not change when groups come in pieces or in another order', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (randoms) => {
        const next = (): number => Number(randoms.next().value);
        const pieces = <Fact extends { readonly count: number }>(facts: readonly Fact[]): Fact[] =>
          facts
            .flatMap((fact) => Array.from({ length: fact.count }, () => ({ ...fact, count: 1 })))
            .map((fact) => ({ fact, order: next() }))
            .sort((left, right) => left.order - right.order)
            .map(({ fact }) => fact);
        const inPieces: CountedFacts = {
          contacts: pieces(FACTS.contacts),
          excluded: pieces(FACTS.excluded),
          enquiries: pieces(FACTS.enquiries),
          times: pieces(FACTS.times),
          approvals: pieces(FACTS.approvals),
          responses: pieces(FACTS.responses),
        };
        expect(kpiBlock(inPieces)).toEqual(block);
      }),
      { numRuns: 20 },
    );
  });
});
