import { z } from 'zod';
import { date, one, parseTypedTime } from '../../fields';

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** The names of the two controls of a weekday, 1 for Monday. */
export const controlsOf = (weekday: number): { readonly opens: string; readonly closes: string } => ({ opens: `opens${String(weekday)}`, closes: `closes${String(weekday)}` });

/** One day of a week of opening hours; times are 'HH:MM', local. */
export interface OpenDay {
  readonly weekday: number;
  readonly opensAt: string;
  readonly closesAt: string;
}

/** A week of opening hours from a date on: two times a day, both empty when closed. */
export const openingHoursForm = z.preprocess(
  (body) => body,
  z.looseObject({ holdsFrom: date('Enter the date from which these hours hold') }).transform(({ holdsFrom, ...times }, context) => {
    const days: OpenDay[] = [];
    WEEKDAYS.forEach((name, index) => {
      const weekday = index + 1;
      const { opens, closes } = controlsOf(weekday);
      const [opensText, closesText] = [one(times[opens]).trim(), one(times[closes]).trim()];
      if (opensText === '' && closesText === '') return;
      const [opensAt, closesAt] = [parseTypedTime(opensText), parseTypedTime(closesText)];
      if (opensAt === null) context.addIssue({ code: 'custom', path: [opens], message: `Enter when ${name} opens, such as 9:00, or leave both times empty` });
      if (closesAt === null) context.addIssue({ code: 'custom', path: [closes], message: `Enter when ${name} closes, such as 17:00, or leave both times empty` });
      if (opensAt === null || closesAt === null) return;
      if (opensAt >= closesAt) context.addIssue({ code: 'custom', path: [closes], message: `On ${name} the closing time has to be after the opening time` });
      else days.push({ weekday, opensAt, closesAt });
    });
    if (days.length === 0 && context.issues.length === 0) context.addIssue({ code: 'custom', path: [controlsOf(1).opens], message: 'Enter at least one day: a hub that never opens cannot answer anybody' });
    return { holdsFrom, days };
  }),
);
