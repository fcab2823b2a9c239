import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { aalenJohansen, logLogInterval } from './aalen-johansen';
import type { TimeCount } from './aalen-johansen';

interface Row {
  readonly time: number;
  readonly event: string;
  readonly group: string;
}

function rowsOf(file: string): string[][] {
  return readFileSync(join(__dirname, 'reference', file), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
}

function subjectsOf(file: string): Row[] {
  return rowsOf(file).map(([time, event, group]) => ({ time: Number(time), event: event!, group: group! }));
}

function countsOf(rows: readonly Row[]): TimeCount<'1' | '2'>[] {
  return rows.map(({ time, event }) => ({ time, ending: event === '0' ? 'censored' : (event as '1' | '2'), count: 1 }));
}

/** The influence of every subject, followed one by one through every time: the definition, slowly. */
function bySubject(rows: readonly { time: number; ending: string }[], cause: string, until: number) {
  const times = [...new Set(rows.map(({ time }) => time))].filter((time) => time <= until).sort((a, b) => a - b);
  let [free, incidence] = [1, 0];
  const influences = rows.map(() => ({ free: 0, incidence: 0 }));
  for (const at of times) {
    const atRisk = rows.filter(({ time }) => time >= at).length;
    const all = rows.filter(({ time, ending }) => time === at && ending !== 'censored').length / atRisk;
    const own = rows.filter(({ time, ending }) => time === at && ending === cause).length / atRisk;
    rows.forEach(({ time, ending }, index) => {
      const influence = influences[index]!;
      const here = time >= at ? 1 / atRisk : 0;
      const anyEvent = time === at && ending !== 'censored' ? 1 : 0;
      const ownEvent = time === at && ending === cause ? 1 : 0;
      influence.incidence += influence.free * own + free * here * (ownEvent - own);
      influence.free = influence.free * (1 - all) - free * here * (anyEvent - all);
    });
    incidence += free * own;
    free *= 1 - all;
  }
  return { free, incidence, stdErr: Math.sqrt(influences.reduce((sum, { incidence: own }) => sum + own * own, 0)) };
}

describe('the Aalen–Johansen estimate', () => {
  const expected = rowsOf('expected.csv');

  it.each(expected)('agrees with R on %s, %s, at %s (at risk %s): %s', (file, group, time, atRisk, state, estimate, stdErr) => {
    const subjects = subjectsOf(file).filter((subject) => group === 'all' || subject.group === group);
    const [at] = aalenJohansen(countsOf(subjects), ['1', '2'], [Number(time)]);
    const found = state === 'cause1' ? at!.byCause['1'] : state === 'cause2' ? at!.byCause['2'] : at!.eventFree;
    expect(at!.atRisk).toBe(Number(atRisk));
    expect(found.estimate).toBeCloseTo(Number(estimate), 8);
    if (stdErr === 'NaN') expect(found.stdErr).toBeNull();
    else expect(found.stdErr).toBeCloseTo(Number(stdErr), 8);
  });

  it('can be followed by hand on six subjects', () => {
    const endings = ['A', 'W', 'censored', 'A', 'W', 'censored'] as const;
    const counts = endings.map((ending, index) => ({ time: index + 1, ending, count: 1 }));
    const byTime = aalenJohansen(counts, ['A', 'W'], [0, 1, 2, 3, 4, 5, 6, 7]);
    const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));
    expect(byTime.map(({ byCause }) => byCause.A.estimate)).toEqual(close([0, 1 / 6, 1 / 6, 1 / 6, 7 / 18, 7 / 18, 7 / 18, 7 / 18]));
    expect(byTime.map(({ byCause }) => byCause.W.estimate)).toEqual(close([0, 0, 1 / 6, 1 / 6, 1 / 6, 7 / 18, 7 / 18, 7 / 18]));
    expect(byTime[6]!.eventFree.estimate).toBeCloseTo(4 / 18, 12);
    expect(byTime.map(({ atRisk }) => atRisk)).toEqual([6, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('stays below the naive figure that treats the other endings as censored', () => {
    const endings = ['A', 'W', 'censored', 'A', 'W', 'censored'] as const;
    const naive = endings.map((ending, index) => ({ time: index + 1, ending: ending === 'A' ? ending : ('censored' as const), count: 1 }));
    const [at] = aalenJohansen(naive, ['A'], [6]);
    expect(1 - at!.eventFree.estimate).toBeCloseTo(4 / 9, 12);
    const mgus = countsOf(subjectsOf('mgus2.csv')).map((count) => (count.ending === '2' ? { ...count, ending: 'censored' as const } : count));
    const naives = aalenJohansen(mgus, ['1'], [120, 240, 360]).map(({ eventFree }) => 1 - eventFree.estimate);
    [0.0952, 0.2096, 0.4248].forEach((figure, index) => expect(naives[index]).toBeCloseTo(figure, 4));
  });

  it('gives the published survival of the 6-mercaptopurine patients of Freireich', () => {
    const [died, censored] = [[6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]];
    const counts = [
      ...died.map((time) => ({ time, ending: 'relapse' as const, count: 1 })),
      ...censored.map((time) => ({ time, ending: 'censored' as const, count: 1 })),
    ];
    const published = [[6, 21, 0.857, 0.0764], [7, 17, 0.807, 0.0869], [10, 15, 0.753, 0.0963], [13, 12, 0.69, 0.1068], [16, 11, 0.627, 0.1141], [22, 7, 0.538, 0.1282], [23, 6, 0.448, 0.1346]];
    const found = aalenJohansen(counts, ['relapse'], published.map(([time]) => time!));
    published.forEach(([, atRisk, survival, stdErr], index) => {
      expect(found[index]!.atRisk).toBe(atRisk);
      expect(found[index]!.eventFree.estimate).toBeCloseTo(survival!, 3);
      expect(found[index]!.eventFree.stdErr).toBeCloseTo(stdErr!, 4);
    });
  });

  it('equals the sum over every subject’s influence, and does not care about order or grouping', () => {
    const ending = fc.constantFrom('censored' as const, 'A' as const, 'B' as const);
    const subject = fc.record({ time: fc.integer({ min: 0, max: 12 }), ending });
    fc.assert(
      fc.property(fc.array(subject, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 14 }), (subjects, time) => {
        const [at] = aalenJohansen(subjects.map((one) => ({ ...one, count: 1 })), ['A', 'B'], [time]);
        const slow = bySubject(subjects, 'A', time);
        expect(at!.eventFree.estimate).toBeCloseTo(slow.free, 10);
        expect(at!.byCause.A.estimate).toBeCloseTo(slow.incidence, 10);
        expect(at!.byCause.A.stdErr).toBeCloseTo(slow.stdErr, 10);
        const total = at!.eventFree.estimate + at!.byCause.A.estimate + at!.byCause.B.estimate;
        expect(total).toBeCloseTo(1, 10);
        const grouped = new Map<string, TimeCount<'A' | 'B'>>();
        for (const one of [...subjects].reverse()) {
          const key = `${String(one.time)} ${one.ending}`;
          grouped.set(key, { ...one, count: (grouped.get(key)?.count ?? 0) + 1 });
        }
        expect(aalenJohansen(grouped.values(), ['A', 'B'], [time])).toEqual([at]);
      }),
      { numRuns: 500 },
    );
  });

  it('counts events on day 0, and events before censorings on the same day', () => {
    const [at] = aalenJohansen(
      [
        { time: 0, ending: 'censored', count: 5 },
        { time: 0, ending: 'A', count: 5 },
      ],
      ['A'],
      [0],
    );
    expect(at).toMatchObject({ atRisk: 10, byCause: { A: { estimate: 0.5 } } });
  });

  it('answers in the order asked, also twice, and without any subject', () => {
    const counts = [{ time: 3, ending: 'A' as const, count: 1 }];
    expect(aalenJohansen(counts, ['A'], [9, 1, 9]).map(({ byCause }) => byCause.A.estimate)).toEqual([1, 0, 1]);
    expect(aalenJohansen([], ['A'], [9])).toEqual([
      { time: 9, atRisk: 0, eventFree: { estimate: 1, stdErr: 0, low: null, high: null }, byCause: { A: { estimate: 0, stdErr: 0, low: null, high: null } } },
    ]);
  });

  it('takes a million grouped journeys in well under a second', () => {
    const causes = ['approved', 'applicant', 'service', 'no_contact'] as const;
    const counts = Array.from({ length: 5000 }, (_, index) => ({
      time: index % 1000,
      ending: (['censored', ...causes] as const)[Math.floor(index / 1000)]!,
      count: 200,
    }));
    // Its own time: what else the machine does meanwhile is not its fault.
    const started = process.cpuUsage();
    const found = aalenJohansen(counts, causes, Array.from({ length: 1000 }, (_, day) => day));
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000).toBeLessThan(500);
    expect(found).toHaveLength(1000);
    expect(found[0]!.atRisk).toBe(1_000_000);
  });
});

describe('the interval of a probability', () => {
  it('is null at 0 and at 1', () => {
    expect(logLogInterval(0, 0)).toBeNull();
    expect(logLogInterval(1, 0)).toBeNull();
  });

  it('holds the estimate between its limits, which stay within 0 and 1', () => {
    const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    fc.assert(
      fc.property(share, fc.double({ min: 0, max: 0.4, noNaN: true }), (probability, stdErr) => {
        const { low, high } = logLogInterval(probability, stdErr)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(probability + 1e-12);
        expect(high).toBeGreaterThanOrEqual(probability - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});
