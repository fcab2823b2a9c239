/** How many stayed for so many days, and then left or (censored) were still there when they were last seen. */
export interface StayTime {
  readonly days: number;
  readonly left: boolean;
  readonly count: number;
}

/** A quantile of times: reached after so many days, or not reached although so many days were watched. */
export type CensoredQuantile = { readonly days: number } | { readonly moreThanDays: number };

/** Shares closer than this are equal; R's `quantile.survfit` takes the same. */
const SAME_SHARE = Math.sqrt(Number.EPSILON);

/**
 * After how many days given shares have left, from Kaplan and Meier's estimate, so that those still there count for as
 * long as they were seen. Where the curve is flat at exactly a share, the middle of the flat; at its end the flat goes to
 * the longest time that was watched: as R's `survival::quantile.survfit`. Null without anybody.
 */
export function censoredQuantiles(stays: Iterable<StayTime>, shares: readonly number[]): (CensoredQuantile | null)[] {
  const { steps, longest } = leavingSteps(stays);
  if (longest === null) return shares.map(() => null);
  return shares.map((share) => {
    const first = steps.find(({ left }) => left >= share - SAME_SHARE);
    if (first === undefined) return { moreThanDays: longest };
    const next = steps.find(({ left }) => left > share + SAME_SHARE);
    return { days: (first.days + (next?.days ?? longest)) / 2 };
  });
}

/** The share that has left by each day on which somebody leaves. */
function leavingSteps(stays: Iterable<StayTime>): { readonly steps: readonly { readonly days: number; readonly left: number }[]; readonly longest: number | null } {
  const byDay = new Map<number, { leaving: number; all: number }>();
  for (const { days, left, count } of stays) {
    const day = byDay.get(days) ?? { leaving: 0, all: 0 };
    byDay.set(days, { leaving: day.leaving + (left ? count : 0), all: day.all + count });
  }
  const days = [...byDay].filter(([, { all }]) => all > 0).sort(([one], [other]) => one - other);
  let atRisk = days.reduce((sum, [, { all }]) => sum + all, 0);
  let staying = 1;
  const steps: { days: number; left: number }[] = [];
  for (const [day, { leaving, all }] of days) {
    if (leaving > 0) {
      staying *= (atRisk - leaving) / atRisk;
      steps.push({ days: day, left: 1 - staying });
    }
    atRisk -= all;
  }
  return { steps, longest: days.at(-1)?.[0] ?? null };
}
