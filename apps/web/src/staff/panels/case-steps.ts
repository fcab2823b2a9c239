import { panelsFrom, TakeToPanel } from '@app/assessments';
import { momentInWords, shortDateInWords } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { fileStep, type FileStep, type StepContext } from '../assessments/file-step';
import { choice, one, requiredNote } from '../fields';
import { panelPath } from '../paths';

const agendaSchema = z.object({ panel: z.preprocess(one, z.uuid('Choose a panel')) });
const recommendSchema = z.object({ recommendation: choice(['approve', 'not_approve', 'defer'], 'Choose the recommendation'), reasons: requiredNote('Write the reasons') });

const home = (_reference: string, panelId: string): string => panelPath(panelId);
const who = ({ family, file, subject }: StepContext) => {
  const panel = file.panels.find(({ panelId }) => panelId === subject);
  return { kind: 'words', text: `${family.name}${panel ? `, at the panel of ${momentInWords(panel.meetsAt)}` : ''}.` } as const;
};

/** A family's way through a panel. */
@Injectable()
export class PanelCaseSteps {
  readonly steps: readonly FileStep[];

  constructor(take: TakeToPanel) {
    this.steps = [
      fileStep({
        slug: 'agenda', action: 'panels.manage', title: 'Put on a panel’s agenda', button: 'Put on the agenda', schema: agendaSchema, beside: 'panel',
        async controls({ tx, today, family }) {
          const panels = (await panelsFrom(tx, today, family.journey.authority === 'unrouted' ? null : family.journey.authority)).filter(({ cancelledAt, minutesAgreedOn, meetsOn }) => cancelledAt === null && minutesAgreedOn === null && meetsOn >= today);
          return [{ kind: 'radios', name: 'panel', label: 'Which panel?', items: panels.map(({ id, meetsAt, place, papersDueOn }) => ({ value: id, text: `${momentInWords(meetsAt)}, ${place}`, hint: { text: `Papers by ${shortDateInWords(papersDueOn)}` } })), ...(panels.length === 0 ? { hint: 'No panel is arranged: arrange one first.' } : {}) }];
        },
        work: ({ actor, journeyId }, { panel }) => take.putOnAgenda(actor, { journeyId, panelId: panel }),
        done: 'The family is on the agenda.',
      }),
      fileStep({
        slug: 'papers', action: 'panels.manage', title: 'Send the papers', button: 'The papers are sent', schema: z.object({}), beside: '', home,
        controls: (context) => [who(context), { kind: 'words', text: 'From now until the minutes are agreed the members of the panel see this family’s report.' }],
        work: ({ actor, journeyId, subject }) => take.sendPapers(actor, { journeyId, panelId: subject }),
        done: 'The papers are with the panel.',
      }),
      fileStep({
        slug: 'withdraw', action: 'panels.manage', title: 'Take off the agenda', button: 'Take off the agenda', schema: z.object({}), beside: '', home,
        controls: (context) => [who(context)],
        work: ({ actor, journeyId, subject }) => take.withdraw(actor, { journeyId, panelId: subject }),
        done: 'The family is off the agenda.',
      }),
      fileStep({
        slug: 'recommendation', action: 'panels.manage', title: 'What the panel recommends', button: 'Record the recommendation', schema: recommendSchema, beside: 'recommendation', home,
        controls: (context) => [
          who(context),
          { kind: 'radios', name: 'recommendation', label: 'The panel recommends to', items: [{ value: 'approve', text: 'Approve' }, { value: 'not_approve', text: 'Not approve' }, { value: 'defer', text: 'Defer', hint: { text: 'The family comes back to a later panel. The eight months go on.' } }] },
          { kind: 'note', name: 'reasons', label: 'Reasons' },
        ],
        work: ({ actor, journeyId, subject }, value) => take.recommend(actor, { journeyId, panelId: subject, ...value }),
        done: 'The recommendation is recorded.',
      }),
    ];
  }
}
