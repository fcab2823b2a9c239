import { asApplication } from '@app/database';
import { Complaints } from '@app/jobs';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Client } from 'pg';

const CHANNEL = 'hub_work';
const RECONNECT_AFTER_MS = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * Hears from PostgreSQL that something was written that asks for work. A connection of its own, made again when it breaks:
 * what was missed meanwhile is found by looking once it is back.
 */
@Injectable()
export class WorkListener {
  private readonly complaints = new Complaints(new Logger(WorkListener.name), 'PostgreSQL cannot be listened to');
  private client: Client | null = null;
  private reconnecting: NodeJS.Timeout | null = null;
  private failures = 0;
  private stopped = false;

  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'databaseUrl'>) {}

  /** Calls `onWork` for each message, and after every (re)connection. */
  async start(onWork: () => void): Promise<void> {
    const client = new Client({ connectionString: asApplication(this.settings.databaseUrl), application_name: 'hub-listener', connectionTimeoutMillis: 5_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
    this.client = client;
    client.on('error', (error) => { this.complaints.hear(error); });
    client.once('end', () => { if (this.client === client) this.startAgain(onWork); });
    client.on('notification', onWork);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.failures = 0;
      onWork();
    } catch (error) {
      this.complaints.hear(error instanceof Error ? error : new Error(String(error)));
      client.end().catch(() => undefined);
      this.startAgain(onWork);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.reconnecting) clearTimeout(this.reconnecting);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private startAgain(onWork: () => void): void {
    this.client = null;
    if (this.stopped || this.reconnecting) return;
    const pause = RECONNECT_AFTER_MS[Math.min(this.failures++, RECONNECT_AFTER_MS.length - 1)];
    this.reconnecting = setTimeout(() => {
      this.reconnecting = null;
      void this.start(onWork);
    }, pause);
  }
}
