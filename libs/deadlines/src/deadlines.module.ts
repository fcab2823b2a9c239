import { Module } from '@nestjs/common';
import { SendAlert } from './use-cases/send-alert';

/** What the worker does with clocks; everything else here is called with the transaction it belongs to. */
@Module({ providers: [SendAlert], exports: [SendAlert] })
export class DeadlinesModule {}
