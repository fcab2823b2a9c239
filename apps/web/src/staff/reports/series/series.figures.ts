import { FIGURE_LINES, type FigureLine } from '@app/publications';
import type { FigureNature, KpiBlock } from '@app/reports';

/** A figure that months and weeks can be held against each other by. */
export interface SeriesFigure extends FigureLine {
  readonly nature: FigureNature;
  /** How many it is a share of or was measured in. */
  readonly base: (block: KpiBlock) => number;
  /** Of those who enquired then: it goes on changing while some of them are on their way. */
  readonly changesYet: boolean;
  /** Known once everybody who enquired then can be followed for so many days. */
  readonly followedDays: number | null;
  /** Before anybody could be approved, it is not nought but none. */
  readonly restsOnApprovals: boolean;
  /** What a span without it had none of. */
  readonly needs: string;
}

/** How sure an estimate is, what another line says too, and reasons that count nowhere else, are no series of their own. */
const NO_SERIES = /\.(low|high|stdErr|atRisk)$|^funnel\.(enquiry|approved)$|^conversion\.period\.approvals$|^dropOut\.byReason\.(duplicate|not_an_enquiry)$/;
/** Where "the period" of a report would leave a reader of many months asking which. */
const NAMES: Readonly<Record<string, string>> = {
  'firstResponse.withinStandard': 'Enquiries answered in time',
  'conversion.period.rate': 'Approvals for each enquiry',
  'conversion.cohort.approved': 'Enquirers approved so far',
  'turnaround.approvals': 'Approvals',
};
/** What the figures of a section stand on. */
const STANDS_ON: Readonly<Record<string, { readonly base: SeriesFigure['base']; readonly needs: string }>> = {
  firstResponse: { base: ({ firstResponse }) => firstResponse.counted, needs: 'an answered enquiry' },
  turnaround: { base: ({ turnaround }) => turnaround.approvals, needs: 'an approval' },
  processing: { base: ({ processing }) => processing.approvals, needs: 'an approval with a dated application' },
};

/** Every figure of the report that months and weeks have, in the order of the report. */
export const SERIES_FIGURES: readonly SeriesFigure[] = FIGURE_LINES.filter(({ path }) => !NO_SERIES.test(path)).map((line) => {
  const [section = '', , days = ''] = line.path.split('.');
  return {
    ...line,
    ...(STANDS_ON[section] ?? { base: ({ enquiries }) => enquiries, needs: 'an enquiry' }),
    name: NAMES[line.path] ?? line.name,
    nature: natureOf(line),
    changesYet: /^(funnel|dropOut|openNow|conversion\.cohort)\./.test(line.path),
    followedDays: line.path.startsWith('conversion.estimated.') ? Number(days) : null,
    restsOnApprovals: /^(turnaround|processing|conversion\.period)\./.test(line.path),
  };
});

function natureOf({ path, kind }: FigureLine): FigureNature {
  if (kind === 'count') return 'count';
  if (kind === 'share') return path === 'conversion.period.rate' ? 'ratio' : 'share';
  if (kind === 'days') return 'days';
  return /\.p90/.test(path) ? 'tail' : 'middle';
}

/** The figure that an address asks for; enquiries when it asks for none that there is. */
export function figureAsked(asked: unknown): SeriesFigure {
  const found = SERIES_FIGURES.find(({ path }) => path === asked) ?? SERIES_FIGURES.find(({ path }) => path === 'enquiries');
  if (found === undefined) throw new Error('The report has no enquiries.');
  return found;
}
