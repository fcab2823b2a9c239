import { createTransport } from 'nodemailer';

/** A mail on its way out. */
export interface OutgoingMail {
  /** The row in the outbox; the Message-ID is made of it, so that a second delivery of one mail can be recognised. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly writtenAt: Date;
  readonly attachment: Attachment | null;
}

/** One small file of text that goes along with a mail, such as an appointment for a calendar. */
export interface Attachment {
  readonly name: string;
  /** Its media type, such as `text/calendar; method=PUBLISH`. */
  readonly type: string;
  readonly content: string;
}

/** Where mail leaves the system. `send` resolves once a server has taken the mail, and throws what the server said otherwise. */
export abstract class Mailer {
  abstract send(mail: OutgoingMail): Promise<void>;
  abstract close(): void;
}

const CONNECT_LIMIT_MS = 10_000;
const SILENCE_LIMIT_MS = 30_000;

/**
 * Sends through a mail server, one mail after the other: should the process be killed, at most one is in the balance. `from` is a
 * name and address, or an address alone.
 */
export class SmtpMailer extends Mailer {
  private readonly transport;
  private readonly domain: string;

  constructor(smtpUrl: string, from: string) {
    super();
    this.domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
    this.transport = createTransport(
      { url: smtpUrl, pool: true, maxConnections: 1, connectionTimeout: CONNECT_LIMIT_MS, greetingTimeout: CONNECT_LIMIT_MS, socketTimeout: SILENCE_LIMIT_MS, disableFileAccess: true, disableUrlAccess: true },
      { from, headers: { 'Auto-Submitted': 'auto-generated' } },
    );
  }

  async send(mail: OutgoingMail): Promise<void> {
    await this.transport.sendMail({ to: { name: '', address: mail.to }, subject: mail.subject, text: mail.text, date: mail.writtenAt, ...(mail.attachment ? { attachments: [{ filename: mail.attachment.name, contentType: mail.attachment.type, content: mail.attachment.content }] } : {}), messageId: `<${mail.id}@${this.domain}>` });
  }

  close(): void {
    this.transport.close();
  }
}
