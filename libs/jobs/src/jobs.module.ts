import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { chooseBackend, type JobsSettings } from './backend';
import { JobPlanner } from './job-planner';
import { QUEUES } from './queues';

/** The queues of the worker. The web process has none: what it wants done, it writes into tables. */
@Module({})
export class JobsModule {
  static forRoot(settings: JobsSettings): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      imports: [BullModule.forRootAsync({ useFactory: () => ({ connection: chooseBackend(settings) }) }), BullModule.registerQueue(...QUEUES.map((name) => ({ name })))],
      providers: [JobPlanner],
      exports: [JobPlanner, BullModule],
    };
  }
}
