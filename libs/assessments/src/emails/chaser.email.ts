import { dateInWords, type LocalDate } from '@app/kernel';

/** What a reminder has to say: who is asked for what, since when. */
export interface Chaser {
  /** Who is written to; null when the check names nobody. */
  readonly to: string | null;
  readonly check: string;
  /** Whom the check is about; empty for the household. */
  readonly about: string;
  readonly askedOn: LocalDate;
  readonly council: string;
  readonly sender: string;
  readonly reference: string;
}

/** A reminder as a draft: its sender reads and changes it before it goes out. */
export function chaserDraft({ to, check, about, askedOn, council, sender, reference }: Chaser): { readonly subject: string; readonly body: string } {
  return {
    subject: `A reminder: ${check.toLowerCase()} (${reference})`,
    body: [
      `Dear ${to ?? 'colleague'},`,
      `On ${dateInWords(askedOn)} we asked you for this${about === '' ? '' : `, about ${about}`}: ${check}. It has not reached us yet.`,
      'The family waits for it: their assessment as foster carers cannot go on without it. Could you send it, or tell us by when you can?',
      'If it is on its way already, thank you, and please forget this message.',
      `${sender}\n${council}`,
    ].join('\n\n'),
  };
}
