import { Mailer } from '@app/notifications';

/** A mail server that is never to be asked: mail of made-up people stays in the mailbox. */
export class NoMailer extends Mailer {
  send(): Promise<void> {
    return Promise.reject(new Error('Mail of the demonstration reaches no server'));
  }

  close(): void {
    // There is nothing to close.
  }
}
