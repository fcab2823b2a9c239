import { dateInWords, momentInWords, type LocalDate } from '@app/kernel';

/** Tells a member of a panel that it meets at another time or place. It names no family. */
export function panelMovedEmail(panel: { readonly council: string; readonly wasAt: Date; readonly meetsAt: Date; readonly place: string; readonly papersDueOn: LocalDate; readonly withPapers: boolean }): { readonly subject: string; readonly body: string } {
  const { council, wasAt, meetsAt, place, papersDueOn, withPapers } = panel;
  const papers = withPapers ? 'The papers that you have stay with you, and stay as confidential as they are.' : `You get its papers by ${dateInWords(papersDueOn)}.`;
  return {
    subject: `The fostering panel of ${council} is moved to ${momentInWords(meetsAt)}`,
    body: `The panel that was to meet ${momentInWords(wasAt)} meets ${momentInWords(meetsAt)} instead.

Place: ${place}

${papers} If you cannot come, tell the panel administrator.

Foster for East Midlands
`,
  };
}
