import type { LocalDate } from '@app/kernel';
import type { Period } from '../report-request';
import type { ApprovalForecast, WhatIf } from './approval-forecast';

/** What would have to be different, each alone; 1 is enough as it is, null does not reach that far. */
export type Levers = Readonly<Record<keyof WhatIf, number | null>>;

/** Approvals of a financial year as they are to be expected at the end of a day. */
export interface YearForecast {
  readonly year: Period & { readonly label: string };
  readonly asAt: LocalDate;
  /** Null: the whole hub. */
  readonly authority: string | null;
  readonly approvedSoFar: number;
  /** Approvals still to come after the as-at date, by the end of the year. */
  readonly toCome: ApprovalForecast;
  /** Open journeys, and enquiries to be expected by the end of the year. */
  readonly open: number;
  readonly enquiriesToCome: number;
  /** The stated target of the year's approvals as it was when the forecast was made. */
  readonly target: number | null;
  /** What would reach the target; null without one. */
  readonly levers: Levers | null;
  /** What a tenth would bring by the end of the year: more enquiries, fewer lost, quicker. */
  readonly pushes: Readonly<Record<keyof WhatIf, number>>;
}
