import { momentInWords } from '@app/kernel';

export interface InvitationFacts {
  readonly constellation: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly place: string;
  readonly link: string;
}

/** An invitation as mail to a family, in plain text; the appointment goes along as a calendar file. */
export function invitationEmail({ constellation, title, startsAt, place, link }: InvitationFacts): { readonly subject: string; readonly body: string } {
  return {
    subject: `${constellation}: ${title}, ${momentInWords(startsAt)}`,
    body: `Hello,\n\nyou are invited: ${title}\n${momentInWords(startsAt)}\n${place}\n\nPlease tell us whether you can come. This link is yours alone:\n${link}\n\nThe appointment is attached for your calendar.\n\n${constellation}\nFoster for East Midlands\n`,
  };
}

/** An activity that was cancelled, as mail to those who were invited. */
export function cancellationEmail({ constellation, title, startsAt }: Pick<InvitationFacts, 'constellation' | 'title' | 'startsAt'>): { readonly subject: string; readonly body: string } {
  return { subject: `Cancelled: ${title}, ${momentInWords(startsAt)}`, body: `Hello,\n\n${title} on ${momentInWords(startsAt)} does not take place.\n\n${constellation}\nFoster for East Midlands\n` };
}
