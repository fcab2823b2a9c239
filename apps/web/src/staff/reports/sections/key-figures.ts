import { dateInWords } from '@app/kernel';
import type { KpiBlock, Progress } from '@app/reports';
import { count, percent } from '../../../platform/words';
import { outOf, type WithYearBefore } from './cells';
import { conversionSentence } from './conversion';
import { firstResponseSentence } from './first-response';
import { type HeldAgainst, targetInWords, type targets } from './targets';
import { turnaroundSentence } from './turnaround';

/** One figure, as the macro `keyFigures` takes it. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly target?: string;
  readonly progress?: number | null;
  readonly direction?: string;
  readonly sentence: string;
  readonly href: string;
}

/** The five figures that the hub is measured by, each with its target and its direction where they are known, and one honest sentence. */
export function keyFigures({ now, before }: Pick<WithYearBefore, 'now'> & { readonly before: KpiBlock | null }, held: HeldAgainst | null = null, aimed: ReturnType<typeof targets> = null): KeyFigure[] {
  const stated = held?.stated ?? null;
  return [
    {
      label: 'Enquiries',
      value: count(now.enquiries),
      ...target(stated?.enquiries, (value) => `Target ${count(value)} in ${held?.year.label ?? ''}`),
      progress: aimed?.enquiries?.shareReached ?? null,
      ...direction(now.enquiries, before?.enquiries, (value) => count(value)),
      sentence: aimed?.enquiries ? paceSentence(aimed.enquiries, held) : `${count(now.contacts)} contacts in all, with those that were repeats or not for us.`,
      href: '#months',
    },
    {
      label: 'Approvals',
      value: count(now.turnaround.approvals),
      ...target(stated?.approvals, (value) => `Target ${count(value)} in ${held?.year.label ?? ''}${stated?.baselineApprovals == null ? '' : `, from ${count(stated.baselineApprovals)} before the hub`}`),
      progress: aimed?.approvals?.shareReached ?? null,
      ...direction(now.turnaround.approvals, before?.turnaround.approvals, (value) => count(value)),
      sentence: aimed?.approvals ? paceSentence(aimed.approvals, held) : 'Households approved in the period, whenever they enquired.',
      href: '#months',
    },
    {
      label: 'Approvals for each enquiry',
      value: percent(now.conversion.period.rate),
      ...target(stated?.approvalRate, (value) => `Target ${targetInWords('approvalRate', value)}`),
      ...direction(now.conversion.period.rate, before?.conversion.period.rate, (value) => percent(value)),
      sentence: conversionSentence(now),
      href: '#conversion',
    },
    {
      label: 'Answered in time',
      value: percent(now.firstResponse.rate),
      ...direction(now.firstResponse.rate, before?.firstResponse.rate, (value) => percent(value)),
      sentence: firstResponseSentence(now),
      href: '#first-response',
    },
    {
      label: 'Approved within six months',
      value: percent(now.turnaround.rate),
      ...target(stated?.turnaroundMonths, (value) => `Target ${targetInWords('turnaroundMonths', value)} for each`),
      ...direction(now.turnaround.rate, before?.turnaround.rate, (value) => percent(value)),
      sentence: now.turnaround.approvals === 0 ? turnaroundSentence(now) : `${outOf(now.turnaround.withinSixMonths, now.turnaround.approvals)}. ${turnaroundSentence(now)}`,
      href: '#turnaround',
    },
  ];
}

function target(value: number | null | undefined, inWords: (value: number) => string): Pick<KeyFigure, 'target'> {
  return value === null || value === undefined ? {} : { target: inWords(value) };
}

function direction(now: number | null, before: number | null | undefined, inWords: (value: number) => string): Pick<KeyFigure, 'direction'> {
  if (now === null || before === null || before === undefined) return {};
  const [shown, then] = [inWords(now), inWords(before)];
  if (shown === then) return { direction: `The same as a year before` };
  return { direction: `${now > before ? 'Up' : 'Down'} from ${then} a year before` };
}

/** Held against the days that the report counts: an even pace until now is no measure of a period that ended before. */
function paceSentence({ shareOfYear, evenPace, ahead }: Progress, held: HeldAgainst | null): string {
  const difference = Math.round(Math.abs(ahead));
  const stands = difference === 0 ? 'just that' : `${count(difference)} ${ahead > 0 ? 'more' : 'fewer'}`;
  if (shareOfYear >= 1) return `The year is over: ${difference === 0 ? 'exactly the target' : `${stands} than the target`}.`;
  const pace = `An even pace would have brought ${count(Math.round(evenPace))}`;
  if (held === null || held.untilNow) return `${percent(shareOfYear, 0)} of the year has passed. ${pace} by now: there are ${stands}.`;
  return `${percent(shareOfYear, 0)} of the year had passed by ${dateInWords(held.until)}. ${pace} by then: there were ${stands}.`;
}
