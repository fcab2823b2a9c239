import { recordAudit } from '@app/audit';
import { type Actor, affected, insertRows, Transactions } from '@app/database';
import { Clock, type LocalDate, localDateOf, newId, ok, refused, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { publishedBankHolidays } from '../queries/bank-holidays';
import { publishedUntil } from '../rules/bank-holiday-years';
import { readBankHolidays } from '../rules/bank-holidays-file';

export interface BankHolidayOutcome {
  readonly added: number;
  readonly removed: number;
  /** Up to when they are known now without a gap; null when this year is missing. */
  readonly until: LocalDate | null;
}

/**
 * Takes in the bank holidays that GOV.UK publishes. For the years of the file the days to come are then as it says; days that have
 * passed stay, for deadlines were computed with them, unless their year was not there at all. Clocks that run keep their due time.
 */
@Injectable()
export class ImportBankHolidays {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async run(actor: Actor, text: string): Promise<Result<BankHolidayOutcome, readonly string[]>> {
    const read = readBankHolidays(text);
    if (!read.ok) return refused(read.refusal);
    const now = this.clock.now();
    const today = localDateOf(now);
    return this.transactions.run(actor, async (tx) => {
      await tx.query('LOCK TABLE bank_holidays IN SHARE ROW EXCLUSIVE MODE');
      const known = await publishedBankHolidays(tx);
      const knownYears = new Set(known.map(yearOf));
      const changeable = read.value.filter(({ on }) => on >= today || !knownYears.has(yearOf(on)));
      const years = [...new Set(read.value.map(({ on }) => yearOf(on)))];
      const kept = changeable.map(({ on }) => on);
      const removed = await affected(tx, 'DELETE FROM bank_holidays WHERE holiday_on >= $1 AND left(holiday_on::text, 4) = ANY ($2) AND NOT holiday_on = ANY ($3::date[])', [today, years, kept]);
      const added = changeable.filter(({ on }) => !known.includes(on));
      await insertRows(tx, 'bank_holidays', added.map(({ on, title }) => ({ holiday_on: on, title })));
      await recordAudit(tx, actor, now, { action: 'bank_holidays.import', subjectKind: 'import', subjectId: newId(), detail: { added: added.length, removed } });
      return ok({ added: added.length, removed, until: publishedUntil(await publishedBankHolidays(tx), today).until });
    });
  }
}

const yearOf = (on: LocalDate): string => on.slice(0, 4);
