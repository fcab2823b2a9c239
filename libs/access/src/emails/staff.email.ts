import { momentInWords } from '@app/kernel';

/** A mail to a member of staff about their own sign-in, in plain text. */
export interface StaffEmail {
  readonly kind: 'staff_invitation' | 'password_reset' | 'password_changed';
  readonly subject: string;
  readonly body: string;
}

const FOOT = '\nFoster for East Midlands, recruitment hub\nThis message was sent automatically.\n';

/** Invites somebody to set a password. */
export const invitationEmail = (name: string, link: string, until: Date): StaffEmail => ({
  kind: 'staff_invitation',
  subject: 'Your sign-in to the recruitment hub',
  body: `Hello ${name},\n\nYou have been given a sign-in to the recruitment hub of Foster for East Midlands. Choose a password here:\n\n${link}\n\nThe link works once, until ${momentInWords(until)}. After that, ask an administrator for a new one.\n${FOOT}`,
});

/** Lets somebody choose a new password. */
export const passwordResetEmail = (name: string, link: string, until: Date): StaffEmail => ({
  kind: 'password_reset',
  subject: 'Choose a new password',
  body: `Hello ${name},\n\nSomebody, most likely you, asked to choose a new password for the recruitment hub. You can do so here:\n\n${link}\n\nThe link works once, until ${momentInWords(until)}. If it was not you, you need do nothing: your password stays as it is.\n${FOOT}`,
});

/** Tells somebody that their password was changed, in case it was not them. */
export const passwordChangedEmail = (name: string, at: Date): StaffEmail => ({
  kind: 'password_changed',
  subject: 'Your password was changed',
  body: `Hello ${name},\n\nThe password of your sign-in to the recruitment hub was changed on ${momentInWords(at)}. If that was you, all is well.\n\nIf it was not you, tell an administrator at once.\n${FOOT}`,
});
