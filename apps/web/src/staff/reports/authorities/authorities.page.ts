import { AUTHORITY_CODES, AUTHORITY_NAMES } from '@app/authorities';
import { binomialLimits, binomialTails, type KpiReport } from '@app/reports';
import { count, countOf, listInWords, percent } from '../../../platform/words';
import { type FunnelLimits, funnelPlot } from '../charts/funnel-plot';
import { table } from '../sections/cells';
import type { ShareMeasure } from './authorities.measures';

/** The limits that 95 and 99.8 of 100 stay between: lower and upper of each. */
const PROBABILITIES = [0.001, 0.025, 0.975, 0.999] as const;
const STEPS = 80;
const ALWAYS_DRAWN = 20;

/** Each authority's share against chance; null without anything to count. */
export function authoritiesPage(measure: ShareMeasure, { byAuthority }: Pick<KpiReport, 'byAuthority'>) {
  const found = AUTHORITY_CODES.flatMap((code) => (byAuthority[code] === undefined ? [] : [{ name: AUTHORITY_NAMES[code], enquiries: byAuthority[code].enquiries, open: byAuthority[code].openNow.total, ...measure.of(byAuthority[code]) }])).filter(({ base }) => base > 0);
  const [having, base] = [found.reduce((sum, one) => sum + one.having, 0), found.reduce((sum, one) => sum + one.base, 0)];
  if (base === 0) return { name: measure.name, chart: null };
  const share = having / base;
  const placed = found.map((one) => placedAgainst(one, share));
  const title = `${measure.name}: ${findingOf(placed)}`;
  const unrouted = byAuthority['unrouted'] === undefined ? 0 : measure.of(byAuthority['unrouted']).base;
  return {
    name: measure.name,
    chart: {
      title,
      description: `All ${countOf(found.length, 'council', 'councils')} together it is ${percent(share)}${unrouted === 0 ? '' : `, without the ${count(unrouted)} not yet routed to one`}. Were each authority just like all together, 95 times of 100 its share would lie between the dashed lines, and 998 times of 1,000 between the outer ones. The fewer it counts, the farther chance alone carries it.${measure.changesYet === true ? onTheirWay(found) : ''}`,
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

/** That some have not come to an end, and that authorities differ by how lately theirs enquired. */
function onTheirWay(found: readonly { readonly enquiries: number; readonly open: number }[]): string {
  const [enquiries, open] = [found.reduce((sum, one) => sum + one.enquiries, 0), found.reduce((sum, one) => sum + one.open, 0)];
  return open === 0 ? '' : ` Of the ${countOf(enquiries, 'enquirer', 'enquirers')} ${countOf(open, 'is', 'are')} still on the way, so these shares go on changing: an authority whose enquiries came late in the period is not yet as far as the others.`;
}

type Place = 'too_few' | 'inside' | 'near' | 'far';
const PLACE_WORDS: Readonly<Record<Place, string>> = { too_few: 'too few to tell', inside: 'within chance', near: 'at the edge: one of twenty lies here by chance', far: 'hardly chance: ask why' };
const [HARDLY, SELDOM] = PROBABILITIES;

/** What the plot shows, in a few words. */
function findingOf(placed: readonly { readonly name: string; readonly place: Place }[]): string {
  const at = (wanted: Place): string[] => placed.filter(({ place }) => place === wanted).map(({ name }) => name);
  const [far, near, tooFew] = [at('far'), at('near'), at('too_few')];
  if (far.length > 0) return `chance hardly explains ${listInWords(far)}`;
  if (near.length > 0) return `${listInWords(near)} ${near.length === 1 ? 'lies' : 'lie'} at the edge of chance`;
  if (placed.length === 1) return 'one authority alone, with none to compare';
  if (tooFew.length === placed.length) return 'too few to tell authorities from chance';
  return `chance explains how the authorities differ${tooFew.length === 0 ? '' : `, with too few to tell in ${listInWords(tooFew)}`}`;
}

function placedAgainst({ name, having, base }: { readonly name: string; readonly having: number; readonly base: number }, all: number) {
  const [low998 = 0, low95 = 0, high95 = 1, high998 = 1] = binomialLimits(base, all, PROBABILITIES).map((limit) => limit ?? 0);
  const share = having / base;
  // By the chance of so few or so many itself: a limit between two counts can lie below one that chance brings often.
  const { atMost, atLeast } = binomialTails(base, all, having);
  const byChance = Math.min(atMost, atLeast);
  // Where even none or all of them would come by chance often, that it does not stand out says nothing.
  const canTell = all > 0 && all < 1 && Math.min(binomialTails(base, all, 0).atMost, binomialTails(base, all, base).atLeast) < SELDOM;
  const place: Place = !canTell ? 'too_few' : byChance < HARDLY ? 'far' : byChance < SELDOM ? 'near' : 'inside';
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
