import { hubContact, type HubContact } from '@app/authorities';
import { rows, Transactions } from '@app/database';
import { Clock, localDateOf } from '@app/kernel';
import { type Settings, SETTINGS } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { DemoProgress } from '../components/layouts/layout';

/** What stands around every page and is the same for everybody. */
export interface LayoutFacts {
  readonly hub: HubContact;
  readonly demo: boolean;
  readonly demoProgress: DemoProgress | null;
}

const KEPT_MS = 5_000;

/** Reads what stands around every page, and keeps it for a few seconds. */
@Injectable()
export class LayoutFactsOfToday {
  private kept: { readonly at: number; readonly facts: Promise<LayoutFacts> } | null = null;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  read(): Promise<LayoutFacts> {
    const now = this.clock.now().getTime();
    if (this.kept === null || Math.abs(now - this.kept.at) > KEPT_MS) {
      const facts = this.load();
      facts.catch(() => (this.kept = null));
      this.kept = { at: now, facts };
    }
    return this.kept.facts;
  }

  private load(): Promise<LayoutFacts> {
    return this.transactions.read({ kind: 'public' }, async (tx) => {
      const hub = await hubContact(tx, localDateOf(this.clock.now()));
      const [progress] = this.settings.demo ? await rows<DemoProgress>(tx, 'SELECT done, total FROM progress WHERE ended_at IS NULL ORDER BY started_at DESC LIMIT 1') : [];
      return { hub, demo: this.settings.demo, demoProgress: progress ?? null };
    });
  }
}
