import { momentInWords } from '@app/kernel';

/** Tells an officer that enquiries wait that were kept aside as suspected spam, in plain text. It names nobody. */
export function heldAlertEmail({ waiting, firstDueAt, now, link }: { readonly waiting: number; readonly firstDueAt: Date; readonly now: Date; readonly link: string }): { readonly subject: string; readonly body: string } {
  const enquiries = waiting === 1 ? 'One enquiry waits' : `${String(waiting)} enquiries wait`;
  return {
    subject: `${enquiries} for you to let in or refuse`,
    body: `${enquiries} that ${waiting === 1 ? 'was' : 'were'} kept aside as suspected spam. A real family keeps the time at which it came in: the first answer ${firstDueAt < now ? 'was' : 'is'} due on ${momentInWords(firstDueAt)}.\n\nLook at them here:\n${link}\n\nFoster for East Midlands, recruitment hub\nThis message was sent automatically. It names nobody on purpose.\n`,
  };
}
