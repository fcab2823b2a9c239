import { type AnyBlocker, assessmentFile } from '@app/assessments';
import { AUTHORITY_CODES, type Council, loadCalendars } from '@app/authorities';
import { rows, type Transactions } from '@app/database';
import { loadJourney } from '@app/journeys';
import { addDays, addWorkingDays, isoWeekday, type LocalDate, localDateOf, maxDate, momentAt, MovableClock, type Result } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { writePastSessions, writeSections } from '../persistence/past-file-work';
import { TransactionsInOne } from '../persistence/transactions-in-one';
import type { Company } from '../use-cases/company';
import { useCasesOnOneClock } from '../use-cases/use-cases-on-one-clock';
import { done, FileRefused, WORDS } from './life-of-a-file';

const ACTOR = { kind: 'system', process: 'demonstration' } as const;
const TEN = 600;
const NOON = 720;
/** So many of a council's longest cases are with its next panel, if they have come so far. */
const CASES_OF_THE_NEXT = 3;
/** The next panel meets so many working days from now: its papers are due in one or two. */
const WORKING_DAYS_TO_THE_NEXT = 7;
const DAYS_TO_THE_ONE_AFTER = 32;

/**
 * Gives each council a panel whose papers are nearly due, with the families that have come so far, some papers out and some
 * not, and one after it with an empty agenda; each council in one transaction. Answers what the system refused, in words.
 */
export async function arrangeComingPanels(transactions: Transactions, company: Company, now: Date): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const council of AUTHORITY_CODES) {
    try {
      await transactions.run(ACTOR, (tx) => arrangeFor(tx, company, council, now));
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      refused.push(`Panels of ${council}: ${error.message}`);
    }
  }
  return refused;
}

async function arrangeFor(tx: EntityManager, company: Company, council: Council, now: Date): Promise<void> {
  const today = localDateOf(now);
  const { panelAdministrator, panelMembers } = company.of[council];
  const clock = new MovableClock(now);
  const transactions = new TransactionsInOne(tx);
  const useCases = useCasesOnOneClock(transactions, clock, '');
  const [known] = await rows(tx, 'SELECT FROM panels WHERE authority = $1 AND meets_on > $2', [council, today]);
  if (known) return;
  const cases = await rows<{ id: string }>(
    tx,
    `SELECT j.id FROM journeys j JOIN assessments a ON a.journey_id = j.id WHERE j.demonstration AND j.authority = $1 AND j.status = 'open' AND j.stage_1_on IS NOT NULL AND j.stage_2_on < $2::date - 14 AND j.panel_on IS NULL ORDER BY j.stage_2_on, j.id LIMIT $3`,
    [council, today, CASES_OF_THE_NEXT],
  );
  const arrange = async (meetsOn: LocalDate): Promise<string> => {
    const panelId = done<string>(await useCases.arrangePanel.run(panelAdministrator, { authority: council, meetsAt: momentAt(meetsOn, TEN), place: 'County offices' }));
    for (const [index, { staffId }] of panelMembers.entries()) done(await useCases.arrangePanel.seat(panelAdministrator, panelId, staffId, index === 0 ? 'chair' : 'independent'));
    return panelId;
  };
  const calendars = await transactions.run(ACTOR, (inner) => loadCalendars(inner));
  const next = await arrange(addWorkingDays(calendars.working, today, WORKING_DAYS_TO_THE_NEXT));
  await arrange(weekday(addDays(today, DAYS_TO_THE_ONE_AFTER)));
  for (const [index, { id: journeyId }] of cases.entries()) {
    await finishReport(tx, transactions, useCases, clock, journeyId, now);
    const step = async (work: Promise<Result<unknown, { readonly blockers: readonly AnyBlocker[] }>>): Promise<void> => void done(await work);
    await step(useCases.panel.putOnAgenda(panelAdministrator, { journeyId, panelId: next }));
    // The last is on the agenda, and its papers are still to be sent.
    if (index < CASES_OF_THE_NEXT - 1) await step(useCases.panel.sendPapers(panelAdministrator, { journeyId, panelId: next }));
  }
}

/** The report was finished and shared in the last week. */
async function finishReport(tx: EntityManager, transactions: TransactionsInOne, useCases: ReturnType<typeof useCasesOnOneClock>, clock: MovableClock, journeyId: string, now: Date): Promise<void> {
  const { journey, file } = await transactions.run(ACTOR, async (inner) => {
    const found = await loadJourney(inner, journeyId);
    return { journey: found, file: found && (await assessmentFile(inner, found, now)) };
  });
  if (!journey?.stage2On || !file) throw new FileRefused('A case for the panel is gone');
  const finished = maxDate(addDays(localDateOf(now), -4), journey.stage2On);
  if (!file.sessions.some(({ kind, held }) => kind === 'skills_to_foster' && held)) await writePastSessions(tx, journeyId, file.applicants.map(({ id }) => id), [{ kind: 'skills_to_foster', on: addDays(finished, -2), subject: 'Skills to Foster', minutes: 360 }]);
  clock.set(momentAt(finished, NOON));
  await writeSections(tx, journeyId, WORDS, WORDS.length, { at: clock.now(), by: file.assessment.assessorId ?? '' });
  done(await useCases.stage2.share(ACTOR, { journeyId, brief: false }));
  done(await useCases.stage2.end(ACTOR, { journeyId, on: finished, brief: false }));
  clock.set(now);
}

/** The day, or the Wednesday after a weekend. */
const weekday = (on: LocalDate): LocalDate => (isoWeekday(on) > 5 ? addDays(on, 10 - isoWeekday(on)) : on);
