import { ETHNICITIES } from '@app/carers';
import { CLOSE_REASONS, CLOSED_BY } from '@app/journeys';
import { localDate } from '@app/kernel';
import { leastAndMost, workedOut } from '../../../../tests/support/suppression-attack';
import { OUTCOMES_OF, reconciliation, withdrawalCode, type YearGroup, yearOf, type YearStanding } from './ofsted-year';
import { isSmall } from './suppression';
import { type CarersOfYear, YEAR_LINES, yearCell, type YearColumn, yearSums } from './year-lines';
import { yearWorkbook } from './year-workbook';

const group = (given: Partial<YearGroup>): YearGroup => ({ authorityAtStart: given.atStart === undefined || given.atStart === 'absent' ? null : 'derby', atStart: 'absent', appliedBefore: given.atStart === 'application', authority: 'derby', atEnd: 'enquiry', applied: false, endedInYear: false, closedBy: null, closedReason: null, count: 1, ...given });
const closedNow = { atEnd: 'closed', endedInYear: true, closedBy: 'applicant', closedReason: 'financial' } as const;

const AUTHORITIES = ['derby', 'derbyshire', 'nottingham', 'nottinghamshire', 'unrouted'];

/** Journeys that went through a year in any way that one can. */
function someGroups(seed: number, many: number): YearGroup[] {
  let state = seed;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;
  return Array.from({ length: many }, () => {
    const atStart = pick<YearStanding>(['absent', 'absent', 'absent', 'enquiry', 'application', 'closed', 'excluded']);
    const appliedBefore = atStart === 'application' || ((atStart === 'closed' || atStart === 'excluded') && random(2) === 0);
    const applied = appliedBefore || random(4) === 0;
    const atEnd = pick<YearStanding>(applied ? ['application', 'application', 'approved', 'closed'] : ['enquiry', 'closed', 'closed', 'closed', random(8) === 0 ? 'excluded' : 'closed']);
    const endedInYear = (atEnd === 'closed' || atEnd === 'approved') && (atStart === 'absent' || atStart === 'enquiry' || atStart === 'application' || random(2) === 0);
    const closedBy = pick(CLOSED_BY);
    const authority = AUTHORITIES[Math.min(random(5), random(5))]!;
    return group({ atStart, appliedBefore, applied, atEnd, endedInYear, authority, authorityAtStart: atStart === 'absent' ? null : random(12) === 0 ? pick(AUTHORITIES) : authority, ...(atEnd === 'closed' ? { closedBy, closedReason: pick(CLOSE_REASONS[closedBy]) } : {}) });
  });
}

describe('the year as Ofsted counts it', () => {
  it('takes an enquiry of the year into its book, and out by what became of it', () => {
    const year = yearOf([group({}), group({ applied: true, atEnd: 'application' }), group(closedNow), group({ atEnd: 'closed', endedInYear: true, closedBy: 'no_contact', closedReason: 'no_response' })], ['derby']);
    expect(year.enquiries).toMatchObject({ opening: 0, received: 4, out: { applied: 1, closed_applicant: 1, closed_no_contact: 1 }, closing: 1, ofTheYear: { open: 1, applied: 1 } });
    expect(year.applications).toMatchObject({ opening: 0, received: 1, closing: 1 });
  });

  it('counts a withdrawal of an application by its code, and of an enquiry by none', () => {
    const year = yearOf([group({ ...closedNow, atStart: 'application', applied: true }), group({ ...closedNow, applied: true, closedReason: 'chose_ifa' }), group(closedNow)], ['derby']);
    expect(year.withdrawals).toEqual({ AW0: 1, AW1: 0, AW2: 0, AW3: 0, AW4: 1, AW5: 0 });
    expect(year.applications.out.closed_applicant).toBe(2);
    expect(withdrawalCode('allegation_risk')).toBe('AW5');
  });

  it('leaves out what had ended before the year, and takes back in what was opened again', () => {
    const year = yearOf([group({ atStart: 'closed', atEnd: 'closed', closedBy: 'applicant', closedReason: 'other' }), group({ atStart: 'closed', atEnd: 'enquiry' }), group({ atStart: 'closed', ...closedNow }), group({ atStart: 'closed', appliedBefore: true, applied: true, atEnd: 'approved', endedInYear: true })], ['derby']);
    expect(year.enquiries).toMatchObject({ reopened: 2, closing: 1, out: { closed_applicant: 1 } });
    expect(year.applications).toMatchObject({ reopened: 1, out: { approved: 1 } });
  });

  it('shows what was in hand and moved, on both sides, and no move of the hub', () => {
    const moved = [group({ atStart: 'enquiry', authorityAtStart: 'derby', authority: 'nottingham' })];
    expect(yearOf(moved, ['derby']).enquiries).toMatchObject({ opening: 1, movedOut: 1, closing: 0 });
    expect(yearOf(moved, ['nottingham']).enquiries).toMatchObject({ opening: 0, movedIn: 1, closing: 1 });
    expect(yearOf(moved, ['derby', 'nottingham']).enquiries).toMatchObject({ opening: 1, movedIn: 0, movedOut: 0, closing: 1 });
  });

  it('has in each book: in hand and come in = gone out and in hand, for ten thousand journeys of every kind', () => {
    const groups = someGroups(5, 10_000);
    for (const authorities of [AUTHORITIES, ...AUTHORITIES.map((code) => [code])]) {
      const year = yearOf(groups, authorities);
      for (const which of ['enquiries', 'applications'] as const) {
        expect(reconciliation(year[which])).toMatchObject({ balances: true });
        expect(Object.values(year[which].ofTheYear).reduce((sum, count) => sum + count, 0)).toBe(year[which].received);
        expect(Object.keys(year[which].out)).toEqual([...OUTCOMES_OF[which]]);
      }
      expect(Object.values(year.withdrawals).reduce((sum, count) => sum + count, 0)).toBe(year.applications.out.closed_applicant);
    }
  });

  it('has a reader know that what was received is all in its outcomes: nothing is left that an unknown number could be', () => {
    for (const which of ['enquiries', 'applications'] as const) {
      const outcomes = YEAR_LINES.filter(({ id }) => id.startsWith(`${which}.ofTheYear.`)).map(({ id }) => yearCell('derby', id));
      expect(yearSums(['derby', 'nottingham'])).toContainEqual({ whole: yearCell('derby', `${which}.received`), parts: outcomes });
    }
  });

  it('does not balance when a journey stands as it cannot: the proof can fail', () => {
    expect(reconciliation(yearOf([group({ atStart: 'approved', atEnd: 'enquiry' })], ['derby']).enquiries).balances).toBe(false);
  });

  it.each([[1, 60], [2, 300], [3, 900]])('gives no count from 1 to 4 away when it is published (made-up year %i of %i journeys)', (seed, many) => {
    const groups = someGroups(seed, many);
    const column = (codes: readonly string[]): YearColumn => {
      const year = yearOf(groups, codes);
      const households = year.applications.out.approved ?? 0;
      const told = Object.fromEntries([...ETHNICITIES, 'not_told' as const].map((which, index) => [which, codes.reduce((sum, code) => sum + ((AUTHORITIES.indexOf(code) * 7 + index * 5 + seed) % 9), 0)])) as CarersOfYear['told'];
      const carers = { people: Object.values(told).reduce((sum, count) => sum + count, 0), told };
      return { ...year, carers, approvals: { households, withTerms: Math.floor(households / 2), places: households } };
    };
    const columns = Object.fromEntries([['total', column(AUTHORITIES)], ...AUTHORITIES.map((code) => [code, column([code])] as const)]);
    const workbook = yearWorkbook({ period: { from: localDate('2025-04-01'), to: localDate('2026-03-31') }, asAt: localDate('2026-03-31'), knownAt: null, generatedAt: new Date('2026-11-18T10:00:00Z'), columns }, 'publication', null);
    const told = new Map<string, number>();
    const hidden: string[] = [];
    workbook.sheets[0].rows.slice(-YEAR_LINES.length).forEach((row, line) => {
      Object.keys(columns).forEach((scope, index) => {
        const cell = row[index + 2]!;
        if (cell.kind === 'number') told.set(yearCell(scope, YEAR_LINES[line]!.id), cell.value);
        else hidden.push(yearCell(scope, YEAR_LINES[line]!.id));
      });
    });
    expect(told.size).toBeGreaterThan(20);
    expect([...told.values()].filter(isSmall)).toEqual([]);
    expect([...workedOut(told, yearSums(AUTHORITIES))].filter(([, value]) => isSmall(value))).toEqual([]);
    const truth = new Map(Object.entries(columns).flatMap(([scope, one]) => YEAR_LINES.map(({ id, of }) => [yearCell(scope, id), of(one)] as const)));
    for (const [id, value] of workedOut(truth, yearSums(AUTHORITIES))) truth.set(id, value);
    expect([...leastAndMost(told, yearSums(AUTHORITIES), [], hidden)].filter(([id, [, most]]) => isSmall(truth.get(id) ?? 0) && most < 5)).toEqual([]);
  });
});
