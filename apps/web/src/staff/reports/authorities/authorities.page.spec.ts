import { kpiBlock } from '@app/reports';
import { SHARE_CHOICES, shareAsked } from './authorities.measures';
import { authoritiesPage } from './authorities.page';

/** So many answered in time of so many, in each council. */
function answered(counts: Readonly<Record<string, readonly [number, number]>>) {
  const byAuthority = Object.fromEntries(Object.entries(counts).map(([authority, [inTime, of]]) => [authority, kpiBlock({
    contacts: [], excluded: [], enquiries: [], times: [], approvals: [],
    responses: [[true, inTime] as const, [false, of - inTime] as const].filter(([, count]) => count > 0).map(([withinStandard, count]) => ({ authority, count, withinStandard, workingMinutes: 30 })),
  })]));
  return authoritiesPage(shareAsked('answered').measure, { byAuthority }).chart!;
}

const placesOf = ({ table }: ReturnType<typeof answered>): string[] => table.rows.slice(0, -1).map((row) => row.at(-1)!.text);

describe('authorities side by side', () => {
  it('are too few to tell where even none or all of them would come by chance', () => {
    const few = answered({ derby: [1, 1], derbyshire: [1, 2] });
    expect(few.title).toBe('Answered in time: too few to tell authorities from chance');
    expect(placesOf(few)).toEqual(['too few to tell', 'too few to tell']);
    expect(answered({ derby: [90, 90], derbyshire: [120, 120] }).title).toContain('too few to tell');
    expect(answered({ derby: [0, 90], derbyshire: [0, 120] }).title).toContain('too few to tell');
    expect(answered({ derby: [1, 1], derbyshire: [180, 200], nottingham: [170, 200] }).title).toBe('Answered in time: chance explains how the authorities differ, with too few to tell in Derby');
    expect(answered({ derby: [100, 200], derbyshire: [190, 200] }).title).toBe('Answered in time: chance hardly explains Derby and Derbyshire');
  });

  it('leave out those who are not yet routed, and say how many', () => {
    const chart = answered({ derby: [80, 100], derbyshire: [90, 100], unrouted: [3, 7] });
    expect(chart.description).toContain('All 2 councils together it is 85.0%, without the 7 not yet routed to one.');
  });

  it('have each name beside its own dot or tied to it, and none over another', () => {
    const { drawing } = answered({ derby: [180, 200], derbyshire: [182, 202], nottingham: [184, 206], nottinghamshire: [183, 205] });
    for (const { marks, width } of [drawing.wide, drawing.narrow]) {
      const names = marks.flatMap((mark) => (mark.kind === 'text' && mark.of === 'dot-name' ? [mark] : []));
      const dots = marks.flatMap((mark) => (mark.kind === 'circle' ? [mark] : []));
      const ties = marks.flatMap((mark) => (mark.kind === 'line' && mark.of === 'base' ? [mark] : []));
      expect([names.length, dots.length]).toEqual([4, 4]);
      names.forEach((name, index) => {
        const dot = dots[index]!;
        expect(Math.abs(name.y - 5 - dot.y) <= 9 || ties.some(({ x1, y1 }) => x1 === dot.x && y1 === dot.y)).toBe(true);
        expect(name.anchor === 'end' ? name.x - name.text.length * 8 >= 0 : name.x + name.text.length * 8 <= width).toBe(true);
      });
      const boxes = names.map(({ x, y, text, anchor }) => ({ left: anchor === 'end' ? x - text.length * 8 : x, right: anchor === 'end' ? x : x + text.length * 8, y }));
      for (const [index, one] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(Math.abs(one.y - other.y) >= 16 || one.left >= other.right || other.left >= one.right).toBe(true);
    }
  });

  it('have an axis that begins near the lowest of what is drawn', () => {
    const { drawing } = answered({ derby: [180, 200], derbyshire: [340, 400] });
    const ticks = drawing.wide.marks.flatMap((mark) => (mark.kind === 'text' && /^\d+%$/.test(mark.text) ? [Number.parseInt(mark.text, 10)] : []));
    expect(Math.min(...ticks)).toBeGreaterThan(60);
  });

  it('say how many are still on the way where that goes on changing the share', () => {
    const enquiries = (authority: string, open: number, closed: number) => kpiBlock({ contacts: [], excluded: [], times: [], approvals: [], responses: [], enquiries: [
      { authority, count: open, furthest: 'enquiry', standing: 'open', pastSixMonths: false }, { authority, count: closed, furthest: 'enquiry', standing: 'closed', closedBy: 'applicant', closedReason: 'not_now' },
    ] });
    const byAuthority = { derby: enquiries('derby', 40, 60), derbyshire: enquiries('derbyshire', 5, 95) };
    for (const share of ['approved', 'closed', 'reached_panel', 'closed_enquiry']) expect(authoritiesPage(shareAsked(share).measure, { byAuthority }).chart!.description).toContain('Of the 200 enquirers 45 are still on the way, so these shares go on changing');
    expect(answered({ derby: [80, 100], derbyshire: [90, 100] }).description).not.toContain('on the way');
  });

  it('have names that keep clear of the limits where there is room', () => {
    // As close together as four councils of a hub stand.
    const { drawing } = answered({ derby: [122, 151], derbyshire: [253, 316], nottingham: [186, 238], nottinghamshire: [279, 347] });
    for (const { marks } of [drawing.wide, drawing.narrow]) {
      const lines = marks.flatMap((mark) => (mark.kind === 'path' && mark.of.endsWith('limit') ? [[...mark.d.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)] : []));
      expect(lines).toHaveLength(4);
      for (const { x, y, text, anchor } of marks.flatMap((mark) => (mark.kind === 'text' && mark.of === 'dot-name' ? [mark] : []))) {
        const [left, right] = anchor === 'end' ? [x - text.length * 8, x] : [x, x + text.length * 8];
        const crossed = lines.flat().filter(([at, height]) => at > left && at < right && height > y - 12 && height < y + 3);
        expect([text, crossed]).toEqual([text, []]);
      }
    }
  });

  it('have all of their words within the drawing, even where all shares are nought', () => {
    const { drawing } = answered({ derby: [0, 3], derbyshire: [0, 2] });
    for (const { marks, height } of [drawing.wide, drawing.narrow]) for (const mark of marks) if (mark.kind === 'text') expect(mark.y).toBeLessThanOrEqual(height - 6);
  });

  it('offer the steps of the funnel and of the drop-out', () => {
    const offered = SHARE_CHOICES.flatMap(({ items }) => items.map(({ value }) => value));
    expect(offered).toEqual(expect.arrayContaining(['approved', 'answered', 'reached_home_visit', 'reached_application', 'closed', 'closed_stage_2', 'six_months', 'eight_months']));
    expect(shareAsked('toString').value).toBe('approved');
  });
});
