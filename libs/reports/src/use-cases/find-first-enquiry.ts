import { system, Transactions } from '@app/database';
import type { LocalDate } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { firstEnquiryOn } from '../queries/first-enquiry';

/** Since when the hub has had enquiries: what lies before is no figure of nought, but none. The same for whoever asks. */
@Injectable()
export class FindFirstEnquiry {
  constructor(private readonly transactions: Transactions) {}

  /** The local date; null while nobody has enquired. */
  run(): Promise<LocalDate | null> {
    return this.transactions.read(system('first-enquiry'), (tx) => firstEnquiryOn(tx));
  }
}
