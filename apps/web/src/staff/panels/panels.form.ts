import type { Council } from '@app/authorities';
import { isCouncil } from '@app/authorities';
import { PANEL_CAPACITIES, type PanelCapacity } from '@app/assessments';
import { z } from 'zod';
import { choice, date, momentOf, one, requiredLine, requiredNote } from '../fields';

export const CAPACITY_NAMES: Readonly<Record<PanelCapacity, string>> = {
  chair: 'Chair', vice_chair: 'Vice chair', social_work: 'Social work member', independent: 'Independent member', medical_adviser: 'Medical adviser', legal_adviser: 'Legal adviser', panel_adviser: 'Panel adviser',
};

const id = (missing: string) => z.preprocess(one, z.uuid(missing));

export const arrangeForm = z
  .object({ authority: z.preprocess(one, z.custom<Council>((given) => typeof given === 'string' && isCouncil(given), 'Choose the council')), on: z.preprocess(one, z.string()), at: z.preprocess(one, z.string()), place: requiredLine(200, 'Enter the place') })
  .transform(({ authority, on, at, place }, context) => {
    const moment = momentOf(on, at);
    if (moment.ok && moment.at) return { authority, place, meetsAt: moment.at };
    context.addIssue({ code: 'custom', path: [moment.ok ? 'on' : moment.field], message: moment.ok ? 'Enter the day' : moment.text });
    return z.NEVER;
  });
export const moveForm = z
  .object({ moved_on: z.preprocess(one, z.string()), moved_time: z.preprocess(one, z.string()), moved_place: requiredLine(200, 'Enter the place') })
  .transform(({ moved_on: on, moved_time: at, moved_place: place }, context) => {
    const moment = momentOf(on, at);
    if (moment.ok && moment.at) return { place, meetsAt: moment.at };
    context.addIssue({ code: 'custom', path: [moment.ok || moment.field === 'on' ? 'moved_on' : 'moved_time'], message: moment.ok ? 'Enter the day' : moment.text });
    return z.NEVER;
  });
export const seatForm = z.object({ member: id('Choose a member'), capacity: choice(PANEL_CAPACITIES, 'Choose in which capacity') });
export const unseatForm = z.object({ unseat: id('Choose a member') });
export const attendanceForm = z.object({ attended: z.preprocess((given): unknown[] => (given === undefined ? [] : [given].flat()), z.array(z.uuid())) });
export const conflictForm = z.object({ conflict_member: id('Choose the member'), conflict_case: id('Choose the family'), declared: requiredNote('Write what was declared') });
export const ownConflictForm = z.object({ declared: requiredNote('Write how you know the family, or what else your interest is') });
export const minutesForm = z.object({ minutes_on: date('Enter the day on which the minutes were agreed') });
