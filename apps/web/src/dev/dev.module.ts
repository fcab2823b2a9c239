import { Module } from '@nestjs/common';
import { MailboxController } from './mailbox.controller';

/** What helps to try the system out, and is not there on a real one. */
@Module({ controllers: [MailboxController] })
export class DevModule {}
