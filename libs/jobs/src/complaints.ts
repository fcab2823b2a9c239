import type { LoggerService } from '@nestjs/common';

const SILENCE_MS = 60_000;

/** Passes on that something is wrong, and stays silent for a minute while the same goes on: a lost connection complains every second. */
export class Complaints {
  private readonly saidAt = new Map<string, number>();

  constructor(
    private readonly logger: Pick<LoggerService, 'warn'>,
    private readonly about: string,
  ) {}

  hear(error: Error): void {
    const now = performance.now();
    const said = this.saidAt.get(error.message);
    if (said !== undefined && now - said < SILENCE_MS) return;
    this.saidAt.set(error.message, now);
    this.logger.warn(`${this.about}: ${error.message}`);
  }
}
