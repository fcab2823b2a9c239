import { z } from 'zod';
import { choice } from '../../../platform/controls';
import type { Step } from '../step';

/** Whether there is a room for a child. No answer ends the form: an officer talks it over. */
export const spareRoomStep = {
  slug: 'spare-room',
  question: 'Do you have a spare bedroom?',
  controls: ['spareRoom'],
  schema: z.object({ spareRoom: choice(['yes', 'no', 'not_sure'], 'Select yes, no or not sure') }),
} as const satisfies Step;

export const spareRoomWords: Readonly<Record<z.infer<(typeof spareRoomStep)['schema']>['spareRoom'], string>> = {
  yes: 'Yes',
  no: 'No',
  not_sure: 'Not sure',
};
