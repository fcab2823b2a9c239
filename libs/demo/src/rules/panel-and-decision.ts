import { type ApprovalTerms, type CareKind } from '@app/assessments';
import type { Dice } from './dice';
import { getsTo } from './fate';
import { fosterOn } from './life-as-carers';
import { close } from './pauses-and-ends';
import type { Pen } from './pen';
import type { Family } from './people';
import type { WayAsked } from './way-to-approval';
import { PANEL_TALKS } from './words';

/** Whom a family turns to when it is determined not to approve it: the service, the Independent Review Mechanism, nobody. */
export type Representations = 'service' | 'irm' | 'nobody';

const DEFERRED = 0.07;
const DAYS_FOR_REPRESENTATIONS = 28;

/** The panel, its minutes, and what the decision maker makes of them: an approval with terms, or a determination and what follows. */
export function considerAndDecide(pen: Pen, { family, fate, turnsTo }: WayAsked): void {
  const { dice } = pen;
  const refuses = fate.furthest === 'panel' && fate.reason === 'not_approved';
  if (getsTo(fate, 'approved') && dice.chance(DEFERRED)) {
    pen.write('panel_administrator', { kind: 'panel', on: pen.today, recommendation: 'defer' });
    pen.workingDays(dice.between(1, 3)).write('panel_administrator', { kind: 'agree_minutes', on: pen.today });
    pen.days(dice.between(26, 36));
  }
  pen.write('panel_administrator', { kind: 'panel', on: pen.today, recommendation: refuses ? 'not_approve' : 'approve' });
  pen.workingDays(1).write('social_worker', { kind: 'talk', how: 'conversation', answers: false, note: dice.pick(PANEL_TALKS), next: null });
  pen.workingDays(dice.between(1, 3)).write('panel_administrator', { kind: 'agree_minutes', on: pen.today });
  if (refuses) return determine(pen, turnsTo ?? dice.weighted({ nobody: 5, service: 3, irm: 2 }));
  pen.workingDays(dice.chance(0.9) ? dice.between(2, 5) : dice.between(8, 10));
  if (!getsTo(fate, 'approved')) return close(pen, 'social_worker', fate);
  const terms = termsFor(dice, family);
  pen.write('decision_maker', { kind: 'approve', on: pen.today, terms });
  tell(pen);
  fosterOn(pen, terms);
}

function tell(pen: Pen): void {
  pen.workingDays(1).write('social_worker', { kind: 'told', on: pen.today, how: 'orally' });
  pen.workingDays(pen.dice.between(1, 3)).write('social_worker', { kind: 'told', on: pen.today, how: 'in_writing' });
}

/** A determination not to approve, and what the family makes of its 28 days. */
function determine(pen: Pen, turnsTo: Representations): void {
  const { dice } = pen;
  pen.workingDays(dice.between(2, 5)).write('decision_maker', { kind: 'determine', on: pen.today });
  tell(pen);
  if (turnsTo === 'nobody') {
    pen.days(DAYS_FOR_REPRESENTATIONS + 1).write('panel_administrator', { kind: 'lapse', on: pen.today });
    return;
  }
  pen.days(dice.between(5, 16)).write('panel_administrator', { kind: 'represent', on: pen.today, way: turnsTo });
  if (turnsTo === 'irm') {
    pen.workingDays(dice.between(5, 9)).write('panel_administrator', { kind: 'review_papers', on: pen.today });
    pen.days(dice.between(40, 60)).write('panel_administrator', { kind: 'review_answer', on: pen.today });
  } else pen.days(dice.between(14, 24));
  pen.workingDays(dice.between(3, 6)).write('decision_maker', { kind: 'uphold', on: pen.today });
  tell(pen);
}

const CARE: readonly CareKind[] = ['short_term', 'long_term', 'emergency', 'short_breaks', 'parent_and_child'];

/** Terms that fit a home and what its family is interested in. */
function termsFor(dice: Dice, { home }: Family): ApprovalTerms {
  const wanted = CARE.filter((kind) => home.interests.some((interest) => interest === kind));
  const older = home.interests.some((interest) => interest === 'teenagers');
  const ageFrom = older ? 11 : dice.pick([0, 0, 4, 5, 7]);
  return {
    children: Math.min(3, (home.spareRooms ?? 1) + (dice.chance(0.25) ? 1 : 0)),
    ageFrom,
    ageTo: older ? 18 : Math.min(18, ageFrom + dice.between(6, 11)),
    care: wanted.length > 0 ? wanted : ['short_term'],
    namedChild: null,
    aboveLimit: null,
  };
}
