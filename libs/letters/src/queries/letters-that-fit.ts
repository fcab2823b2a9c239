import { decisionsOf, loadAssessment } from '@app/assessments';
import { rows } from '@app/database';
import type { Journey } from '@app/journeys';
import type { EntityManager } from 'typeorm';
import { DECISIONS_TOLD, LETTER_CODES, type LetterCode } from '../rules/letter-codes';

/** The letters whose time has come for a case, as far as the actor sees its file. A reminder is not among them: it is of a check. */
export async function lettersThatFit(tx: EntityManager, journey: Journey): Promise<LetterCode[]> {
  const assessment = await loadAssessment(tx, journey.id);
  const made = (await decisionsOf(tx, journey.id)).map(({ kind }) => kind);
  const onPanel = await rows(tx, 'SELECT FROM panel_cases c JOIN panels p ON p.id = c.panel_id WHERE c.journey_id = $1 AND c.withdrawn_at IS NULL AND c.papers_sent_on IS NOT NULL AND p.cancelled_at IS NULL AND p.minutes_agreed_on IS NULL', [journey.id]);
  const fits = (code: LetterCode): boolean => {
    switch (code) {
      case 'invitation_to_apply':
        return journey.status === 'open' && journey.homeVisitOn !== null && journey.applicationOn === null;
      case 'stage_1_go_on':
        return assessment?.stage1Outcome === 'go_on';
      case 'stage_1_refused':
        return assessment?.stage1Outcome === 'refused';
      case 'papers_to_panel':
        return onPanel.length > 0;
      case 'chaser':
        return false;
      default:
        return DECISIONS_TOLD[code]?.some((kind) => made.includes(kind)) ?? false;
    }
  };
  return LETTER_CODES.filter(fits);
}
