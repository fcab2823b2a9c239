export { type Attachment, Mailer, type OutgoingMail, SmtpMailer } from './mailer';
export { NotificationsModule } from './notifications.module';
export { type MailboxEntry, mailboxEntries } from './queries/mailbox-entries';
export { emailsToDeliver, type OutboxStanding, outboxStanding, type WaitingEmail } from './queries/outbox';
export { DeliverEmail, type Delivery } from './use-cases/deliver-email';
export { type EmailToQueue, queueEmail } from './use-cases/queue-email';
