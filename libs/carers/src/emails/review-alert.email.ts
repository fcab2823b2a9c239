import { dateInWords, type LocalDate } from '@app/kernel';

/** A reminder of a carer's review as mail to staff, in plain text. It names nobody. */
export function reviewAlertEmail({ late, reference, dueOn, link }: { readonly late: boolean; readonly reference: string; readonly dueOn: LocalDate; readonly link: string }): { readonly subject: string; readonly body: string } {
  return {
    subject: `${late ? 'Overdue' : 'Due soon'}: review of ${reference}`,
    body: `The review of ${reference} ${late ? 'was' : 'is'} due by the end of ${dateInWords(dueOn)}, and none is recorded yet.\n\nOpen it here:\n${link}\n\nFoster for East Midlands, recruitment hub\nThis message was sent automatically. It names nobody on purpose.\n`,
  };
}
