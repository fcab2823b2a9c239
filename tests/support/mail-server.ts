import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** One delivery as the server took it. */
export interface DeliveredMail {
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly source: string;
}

/** A real mail server on this machine, which can be told to misbehave. */
export interface MailServer {
  readonly url: string;
  readonly port: number;
  /** Every delivery, in order; a mail that came twice is here twice. */
  readonly delivered: readonly DeliveredMail[];
  /** How many mails it has read whole so far, taken or still thought about. */
  readonly read: number;
  /** Answers this code for an address from now on; null: takes it again. */
  answer(address: string, code: number | null): void;
  /** How long the server thinks before it takes a mail. */
  thinkFor(milliseconds: number): void;
  stop(): Promise<void>;
}

const header = (source: string, name: string): string => new RegExp(`^${name}: ?(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(source)?.[1]?.replace(/\r?\n[ \t]+/g, ' ') ?? '';
const refusal = (code: number, address: string): Error => Object.assign(new Error(code >= 500 ? `No mailbox <${address}> here` : 'Not now, please'), { responseCode: code });

/** Starts a mail server; on a given port, to come back where one was before. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const delivered: DeliveredMail[] = [];
  const answers = new Map<string, number>();
  let thinkingMs = 0;
  let read = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, _session, callback) {
      const code = answers.get(address);
      if (code === undefined) callback();
      else callback(refusal(code, address));
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        read += 1;
        setTimeout(() => {
          const source = Buffer.concat(parts).toString('utf8');
          for (const { address } of session.envelope.rcptTo) delivered.push({ to: address, messageId: header(source, 'Message-ID'), subject: header(source, 'Subject'), source });
          callback();
        }, thinkingMs);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => { server.listen(port, '127.0.0.1', listening); });
  const bound = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${String(bound)}`,
    port: bound,
    delivered,
    get read() { return read; },
    answer(address, code) {
      if (code === null) answers.delete(address);
      else answers.set(address, code);
    },
    thinkFor(milliseconds) { thinkingMs = milliseconds; },
    stop: () => new Promise<void>((stopped) => { server.close(() => { stopped(); }); }),
  };
}
