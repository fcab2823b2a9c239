import { Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { SETTINGS, type Settings } from '@app/settings';
import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Mailer, SmtpMailer } from './mailer';
import { DeliverEmail } from './use-cases/deliver-email';

const MAILER = Symbol('mailer, or null where mail is only kept');

@Injectable()
class MailerClosing implements OnApplicationShutdown {
  constructor(@Inject(MAILER) private readonly mailer: Mailer | null) {}

  onApplicationShutdown(): void {
    this.mailer?.close();
  }
}

/** Delivery of the outbox, for the worker. Whoever only has something to tell calls `queueEmail` and needs no module. */
@Module({
  providers: [
    { provide: MAILER, useFactory: (settings: Settings) => (settings.smtpUrl === null ? null : new SmtpMailer(settings.smtpUrl, settings.mailFrom)), inject: [SETTINGS] },
    { provide: DeliverEmail, useFactory: (transactions: Transactions, mailer: Mailer | null, clock: Clock) => new DeliverEmail(transactions, mailer, clock), inject: [Transactions, MAILER, Clock] },
    MailerClosing,
  ],
  exports: [DeliverEmail],
})
export class NotificationsModule {}
