import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { binomialLimits, binomialTails, type KpiBlock, type KpiReport } from '@app/reports';
import { count, listInWords, percent } from '../../../platform/words';
import { type FunnelLimits, funnelPlot } from '../charts/funnel-plot';
import { table } from '../sections/cells';

/** A share that every authority has, of a base of its own. */
interface Measure {
  readonly name: string;
  /** What the base counts, for the axis. */
  readonly counted: string;
  readonly of: (block: KpiBlock) => { readonly having: number; readonly base: number };
}

const MEASURES: Readonly<Record<string, Measure>> = {
  approved: { name: 'Approved so far, of the enquirers', counted: 'Enquiries', of: ({ conversion: { cohort } }) => ({ having: cohort.approved, base: cohort.enquiries }) },
  answered: { name: 'Answered in time', counted: 'Enquiries answered or due', of: ({ firstResponse }) => ({ having: firstResponse.withinStandard, base: firstResponse.counted }) },
  closed: { name: 'Closed without approval so far, of the enquirers', counted: 'Enquiries', of: ({ dropOut, enquiries }) => ({ having: dropOut.closed, base: enquiries }) },
  six_months: { name: 'Approved within six months, of the approved', counted: 'Approvals', of: ({ turnaround }) => ({ having: turnaround.withinSixMonths, base: turnaround.approvals }) },
};

/** The shares to choose from. */
export const SHARE_CHOICES = Object.entries(MEASURES).map(([value, { name }]) => ({ value, text: name }));

/** The share that an address asks for; the first when it asks for none that there is. */
export function shareAsked(asked: unknown): string {
  return typeof asked === 'string' && Object.hasOwn(MEASURES, asked) ? asked : 'approved';
}

/** The limits that 95 and 99.8 of 100 stay between: lower and upper of each. */
const PROBABILITIES = [0.001, 0.025, 0.975, 0.999] as const;
const STEPS = 80;
const ALWAYS_DRAWN = 20;

/** Each authority's share against chance; null without anything to count. */
export function authoritiesPage(asked: string, { byAuthority }: Pick<KpiReport, 'byAuthority'>) {
  const measure = MEASURES[asked];
  if (measure === undefined) throw new Error(`There is no share ${asked}.`);
  const found = AUTHORITY_CODES.flatMap((code) => (byAuthority[code] === undefined ? [] : [{ name: AUTHORITY_NAMES[code], ...measure.of(byAuthority[code]) }])).filter(({ base }) => base > 0);
  const [having, base] = [found.reduce((sum, one) => sum + one.having, 0), found.reduce((sum, one) => sum + one.base, 0)];
  if (base === 0) return { name: measure.name, chart: null };
  const share = having / base;
  const placed = found.map((one) => placedAgainst(one, share));
  const far = placed.filter(({ place }) => place === 'far').map(({ name }) => name);
  const near = placed.filter(({ place }) => place === 'near').map(({ name }) => name);
  const title = far.length > 0 ? `${measure.name}: chance hardly explains ${listInWords(far)}` : near.length > 0 ? `${measure.name}: ${listInWords(near)} ${near.length === 1 ? 'lies' : 'lie'} at the edge of chance` : `${measure.name}: no authority differs by more than chance explains`;
  return {
    name: measure.name,
    chart: {
      title,
      description: `All together it is ${percent(share)}. Were each authority just like all together, 95 times of 100 its share would lie between the dashed lines, and 998 times of 1,000 between the outer ones. The fewer it counts, the farther chance alone carries it.`,
      drawing: funnelPlot({
        label: `${title}. ${placed.map(({ name, share: own, low95, high95 }) => `${name} ${percent(own)}, by chance ${percent(low95)} to ${percent(high95)}`).join('; ')}.`,
        points: placed.map(({ name, base: of, share: own, place }) => ({ name, base: of, share: own, standsOut: place === 'far' })),
        share, limits: limitsUpTo(Math.max(ALWAYS_DRAWN, ...placed.map(({ base: of }) => of)) * 1.1, share), counted: measure.counted, inWords: (value) => percent(value),
      }),
      table: table(
        measure.name,
        ['Authority', measure.counted, 'Of them', 'Share', '95 times of 100 by chance', '998 times of 1,000 by chance', 'So it is'],
        [...placed.map((one) => [one.name, count(one.base), count(one.having), percent(one.share), `${percent(one.low95)} to ${percent(one.high95)}`, `${percent(one.low998)} to ${percent(one.high998)}`, PLACE_WORDS[one.place]]), ['All together', count(base), count(having), percent(share), '', '', '']],
      ),
    },
  };
}

type Place = 'inside' | 'near' | 'far';
const PLACE_WORDS: Readonly<Record<Place, string>> = { inside: 'within chance', near: 'at the edge: one of twenty lies here by chance', far: 'hardly chance: ask why' };
const [HARDLY, SELDOM] = PROBABILITIES;

function placedAgainst({ name, having, base }: { readonly name: string; readonly having: number; readonly base: number }, all: number) {
  const [low998 = 0, low95 = 0, high95 = 1, high998 = 1] = binomialLimits(base, all, PROBABILITIES).map((limit) => limit ?? 0);
  const share = having / base;
  // By the chance of so few or so many itself: a limit between two counts can lie below one that chance brings often.
  const { atMost, atLeast } = binomialTails(base, all, having);
  const byChance = Math.min(atMost, atLeast);
  const place: Place = byChance < HARDLY ? 'far' : byChance < SELDOM ? 'near' : 'inside';
  return { name, having, base, share, low95, high95, low998, high998, place };
}

/** The limits at bases from small to large, closer together where they bend. */
function limitsUpTo(largest: number, share: number): FunnelLimits[] {
  const bases = [...new Set(Array.from({ length: STEPS }, (_, index) => Math.max(1, Math.round(largest * ((index + 1) / STEPS) ** 2))))];
  return bases.map((base) => {
    const [low998 = 0, low95 = 0, high95 = 1, high998 = 1] = binomialLimits(base, share, PROBABILITIES).map((limit) => limit ?? 0);
    return { base, far: [low998, high998], near: [low95, high95] };
  });
}
