import { auditEntries, recordAudit } from '@app/audit';
import { rows, system, Transactions } from '@app/database';
import { Clock, localDateOf } from '@app/kernel';
import { queueEmail } from '@app/notifications';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { impossibleStatesEmail } from '../emails/impossible-states.email';
import { type ImpossibleStateCount, impossibleStateCounts } from '../queries/impossible-states';

const ACTOR = system('records');
const ACTION = 'records.look_through';

/** When the records were last looked through, and what was found. */
export interface RecordsCheck {
  readonly at: Date;
  readonly found: readonly ImpossibleStateCount[];
}

/** The newest look through the records, out of the trail; null before the first, and for whoever may not read the trail. */
export async function lastRecordsCheck(tx: EntityManager): Promise<RecordsCheck | null> {
  const [entry] = await auditEntries(tx, { action: ACTION }, 1);
  return entry ? { at: entry.at, found: entry.detail['found'] as readonly ImpossibleStateCount[] } : null;
}

/**
 * Looks for journeys in a state in which none can be, keeps what it found in the trail, and tells the administrators when that is
 * something else than the last time. It changes no journey, and can be done twice without harm.
 */
@Injectable()
export class LookThroughRecords {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  async run(): Promise<readonly ImpossibleStateCount[]> {
    const found = await this.transactions.read(ACTOR, impossibleStateCounts);
    await this.transactions.run(ACTOR, async (tx) => {
      const now = this.clock.now();
      const before = await lastRecordsCheck(tx);
      await recordAudit(tx, ACTOR, now, { action: ACTION, subjectKind: 'records', subjectId: localDateOf(now), detail: { found } });
      if (found.length > 0 && !sameFindings(before?.found ?? [], found)) await this.tellAdministrators(tx, now, found);
    });
    return found;
  }

  private async tellAdministrators(tx: EntityManager, now: Date, found: readonly ImpossibleStateCount[]): Promise<void> {
    const administrators = await rows<{ staffId: string; email: string; demonstration: boolean }>(
      tx,
      `SELECT s.id AS "staffId", s.email, s.demonstration FROM staff s
        WHERE s.state = 'active' AND EXISTS (SELECT FROM staff_roles g WHERE g.staff_id = s.id AND g.role = 'administrator' AND g.revoked_at IS NULL)`,
    );
    const mail = impossibleStatesEmail(found, `${this.settings.publicUrl}/staff/administration/audit?what=${ACTION}`);
    for (const { staffId, email, demonstration } of administrators) await queueEmail(tx, { kind: 'records_alert', to: email, staffId, ...mail, demonstration, now });
  }
}

function sameFindings(one: readonly ImpossibleStateCount[], other: readonly ImpossibleStateCount[]): boolean {
  const facts = (found: readonly ImpossibleStateCount[]): string => JSON.stringify(found.map(({ what, journeys, references }) => [what, journeys, references]));
  return facts(one) === facts(other);
}
