import { may, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import type { CaseOnAgenda, ListedPanel, Panel, PanelMove, ReadyForPanel, SeatedMember } from '@app/assessments';
import { dateInWords, type LocalDate, localDateOf, momentInWords, shortDateInWords } from '@app/kernel';
import { countOf } from '../../platform/words';
import { RECOMMENDATION_WORDS } from '../decisions/decision-steps';
import { momentValues } from '../fields';
import { newLetterPath } from '../letters/paths';
import { assessmentPath, panelCasePath, panelPath } from '../paths';
import { CAPACITY_NAMES } from './panels.form';

const stateOf = ({ cancelledAt, minutesAgreedOn, meetsOn }: Pick<ListedPanel, 'cancelledAt' | 'minutesAgreedOn' | 'meetsOn'>, today: LocalDate) =>
  cancelledAt ? { text: 'Called off', tone: 'quiet' } : minutesAgreedOn ? { text: 'Minutes agreed', tone: 'good' } : meetsOn < today ? { text: 'Minutes to agree', tone: 'wait' } : { text: meetsOn === today ? 'Today' : 'To come', tone: 'plain' };

/** One row of the list of panels. */
export const listedPanel = (panel: ListedPanel, today: LocalDate) => ({
  href: panelPath(panel.id),
  when: momentInWords(panel.meetsAt),
  where: `${AUTHORITY_NAMES[panel.authority]}, ${panel.place}`,
  papers: shortDateInWords(panel.papersDueOn),
  cases: countOf(panel.cases, 'family', 'families'),
  state: stateOf(panel, today),
});

/** A panel with its agenda and members. `ready`: families that wait for a place. */
export function shownPanel(actor: StaffActor, panel: Panel, agenda: readonly CaseOnAgenda[], members: readonly SeatedMember[], ready: readonly ReadyForPanel[], maySit: readonly { readonly staffId: string; readonly name: string }[], moves: readonly PanelMove[], today: LocalDate) {
  const open = panel.cancelledAt === null && panel.minutesAgreedOn === null;
  const manages = may(actor, 'panels.manage', panel.authority) && open;
  const nameOf = (staffId: string): string => members.find((member) => member.staffId === staffId)?.name ?? 'A member';
  const readsFile = may(actor, 'assessments.read', panel.authority);
  return {
    title: `Panel of ${dateInWords(panel.meetsOn)}`,
    caption: `${AUTHORITY_NAMES[panel.authority]}, ${panel.place}`,
    lead: `${momentInWords(panel.meetsAt)}. Papers by ${dateInWords(panel.papersDueOn)}.${panel.minutesAgreedOn ? ` Minutes agreed on ${dateInWords(panel.minutesAgreedOn)}.` : ''}`,
    state: stateOf(panel, today),
    address: panelPath(panel.id),
    manages,
    met: panel.meetsOn <= today,
    movable: manages && agenda.every(({ recommendation }) => recommendation === null),
    meets: { moved_on: momentValues(panel.meetsAt).on, moved_time: momentValues(panel.meetsAt).at, moved_place: panel.place },
    moves: moves.map(({ wasAt, wasPlace, movedAt }) => `Moved on ${dateInWords(localDateOf(movedAt))}: it was to meet ${momentInWords(wasAt)}${wasPlace === panel.place ? '' : `, ${wasPlace}`}.`),
    agenda: agenda.map((item) => ({
      journeyId: item.journeyId,
      name: item.name,
      reference: item.reference,
      href: readsFile ? assessmentPath(item.reference) : panelCasePath(panel.id, item.reference),
      papers: item.papersSentOn ? `Papers sent ${shortDateInWords(item.papersSentOn)}` : 'Papers not sent',
      recommendation: item.recommendation && `${RECOMMENDATION_WORDS[item.recommendation]}: ${item.reasons ?? ''}`,
      conflicts: item.conflicts.map(({ staffId, declared }) => `${nameOf(staffId)}: ${declared}`),
      actions: manages
        ? [
            { text: 'Write to the members', step: '', when: item.papersSentOn !== null && panel.meetsOn >= today },
            { text: 'Send the papers', step: 'papers', when: item.papersSentOn === null },
            { text: 'What the panel recommends', step: 'recommendation', when: item.papersSentOn !== null && panel.meetsOn <= today },
            { text: 'Take off', step: 'withdraw', when: item.recommendation === null },
          ].filter(({ when }) => when).map(({ text, step }) => ({ text, href: step === '' ? newLetterPath(item.reference, 'papers_to_panel') : assessmentPath(item.reference, `${step}/${panel.id}`) }))
        : [],
    })),
    members: members.map(({ staffId, name, capacity, attended }) => ({ staffId, name, capacity: CAPACITY_NAMES[capacity], attended: attended === null ? '' : attended ? 'Attended' : 'Did not attend', there: attended === true })),
    ready: manages && panel.meetsOn >= today ? ready.map(({ name, reference, reportFinishedOn }) => ({ name, words: `report finished ${shortDateInWords(reportFinishedOn)}`, href: assessmentPath(reference, 'agenda') })) : [],
    candidates: [{ value: '', text: 'Choose' }, ...maySit.map(({ staffId, name }) => ({ value: staffId, text: name }))],
    capacities: [{ value: '', text: 'Choose' }, ...Object.entries(CAPACITY_NAMES).map(([value, text]) => ({ value, text }))],
    today,
  };
}
