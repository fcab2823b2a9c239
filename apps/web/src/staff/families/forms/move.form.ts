import { may } from '@app/access';
import { type Blocker, type FamilyPage, type Milestone, MILESTONE_MEANINGS, milestonesOf, MOVES, movesFrom } from '@app/journeys';
import { z } from 'zod';
import { choice, date, optionalNote } from '../../fields';
import { assessmentPath, familyFormPath } from '../../paths';
import type { FamilyForm } from '../family-form';

type Reached = Exclude<Milestone, 'enquiry'>;
const REACHED = MOVES.map(({ milestone }) => milestone) as [Reached, ...Reached[]];

/** What is decided in the assessment file: dated here only when it was decided elsewhere, such as before the hub. */
const DECIDED_IN_FILE: readonly Reached[] = ['stage_1', 'panel', 'approved'];

const schema = z
  .object({ milestone: choice(REACHED, 'Choose what was reached'), on: date('Enter the date on which it happened'), note: optionalNote })
  .refine(({ milestone, note }) => note !== '' || !DECIDED_IN_FILE.includes(milestone), { path: ['note'], message: 'Say where and by whom this was decided: the assessment file does not say it' });

const ahead = ({ journey }: FamilyPage): readonly Reached[] => movesFrom(journey.stage).map(({ milestone }) => milestone).filter((milestone) => !milestonesOf(journey)[milestone]);

/** Records that the journey reached a milestone. */
export const moveForm: FamilyForm<z.output<typeof schema>> = {
  slug: 'move',
  action: 'journeys.work',
  title: 'Move on',
  button: 'Move on',
  fields: 'staff/families/forms/move',
  schema,
  offered: (family) => family.journey.status === 'open' && ahead(family).length > 0,
  values: ({ family, today }) => ({ milestone: ahead(family)[0] ?? '', on: today, note: '' }),
  choices: ({ actor, family, today }) => ({
    today,
    unanswered: family.journey.stage === 'enquiry' && family.journey.firstResponseAt === null ? familyFormPath(family.journey.reference, 'contact') : null,
    decided: ahead(family).some((milestone) => DECIDED_IN_FILE.includes(milestone)),
    assessment: may(actor, 'assessments.read', family.journey.authority) ? assessmentPath(family.journey.reference) : null,
    milestones: ahead(family).map((value) => ({ value, text: MILESTONE_MEANINGS[value].name, hint: { text: `The day on which ${MILESTONE_MEANINGS[value].dateMeans}.` } })),
  }),
  fieldOf: ({ kind }: Blocker) => (kind === 'future' || kind === 'before' || kind === 'after' || kind === 'beyond_calendar' ? 'on' : 'milestone'),
};
