import { addMonthsClamped, type LocalDate } from '@app/kernel';

/** One step of the first three years, with the months after approval by which it should be done. */
export interface TrainingStep {
  readonly code: string;
  readonly name: string;
  readonly withinMonths: number;
}

/**
 * The training pathway of the first three years. The training, support and development standards are to be shown within
 * twelve months of approval, by family and friends carers within eighteen (Department for Education, 2012); the rest is practice.
 */
export const TRAINING_PATHWAY: readonly TrainingStep[] = [
  { code: 'induction', name: 'Induction with the supervising social worker', withinMonths: 1 },
  { code: 'safer_caring', name: 'Safer caring and record keeping', withinMonths: 3 },
  { code: 'safeguarding', name: 'Safeguarding', withinMonths: 6 },
  { code: 'first_aid', name: 'Paediatric first aid', withinMonths: 6 },
  { code: 'standards', name: 'Training, support and development standards', withinMonths: 12 },
  { code: 'attachment', name: 'Attachment and trauma', withinMonths: 18 },
  { code: 'therapeutic_care', name: 'Therapeutic parenting', withinMonths: 24 },
  { code: 'education', name: 'Education and the virtual school', withinMonths: 30 },
  { code: 'moving_on', name: 'Helping children to move on', withinMonths: 36 },
];

const KINSHIP_STANDARDS_MONTHS = 18;

export interface TrainingStanding extends TrainingStep {
  readonly dueOn: LocalDate;
  readonly doneOn: LocalDate | null;
  readonly late: boolean;
}

/** Where a household stands on the pathway today. A step that is done is late when it was done after its day. */
export function trainingStanding(approvedOn: LocalDate, kinship: boolean, done: ReadonlyMap<string, LocalDate>, today: LocalDate): readonly TrainingStanding[] {
  return TRAINING_PATHWAY.map((step) => {
    const dueOn = addMonthsClamped(approvedOn, kinship && step.code === 'standards' ? KINSHIP_STANDARDS_MONTHS : step.withinMonths);
    const doneOn = done.get(step.code) ?? null;
    return { ...step, dueOn, doneOn, late: (doneOn ?? today) > dueOn };
  });
}
