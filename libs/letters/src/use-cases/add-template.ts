import type { StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import type { Council } from '@app/authorities';
import { actorName, insertRows, rows, Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { LetterCode } from '../rules/letter-codes';
import { type Wording, type WordingRefusal, wordingRefusal } from '../rules/wording';

export interface NewTemplate extends Wording {
  readonly code: LetterCode;
  /** Null: the hub's. */
  readonly authority: Council | null;
  readonly holdsFrom: LocalDate;
}

export type TemplateRefusal = WordingRefusal | { readonly kind: 'not_before_today' } | { readonly kind: 'already_set_from_that_date' };

/** Gives a letter another wording from a date on. What held before stays beside it; letters that were sent keep theirs. */
@Injectable()
export class AddTemplate {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  run(actor: StaffActor, { code, authority, holdsFrom, subject, body }: NewTemplate): Promise<Result<undefined, TemplateRefusal>> {
    return this.transactions.run(actor, async (tx) => {
      const now = this.clock.now();
      const wrong = wordingRefusal(code, { subject, body });
      if (wrong) return refused(wrong);
      if (holdsFrom < localDateOf(now)) return refused({ kind: 'not_before_today' });
      const same = await rows(tx, 'SELECT 1 FROM letter_templates WHERE code = $1 AND authority IS NOT DISTINCT FROM $2 AND holds_from = $3', [code, authority, holdsFrom]);
      if (same.length > 0) return refused({ kind: 'already_set_from_that_date' });
      await insertRows(tx, 'letter_templates', [{ code, authority, holds_from: holdsFrom, subject, body, recorded_at: now, recorded_by: actorName(actor) }]);
      await recordAudit(tx, actor, now, { action: 'letter_template.add', subjectKind: 'settings', subjectId: code, authority });
      return ok();
    });
  }
}
