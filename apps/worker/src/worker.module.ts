import { ForgetExpiredSignIns } from '@app/access';
import { AssessmentsModule } from '@app/assessments';
import { CarersModule } from '@app/carers';
import { DatabaseModule } from '@app/database';
import { DeadlinesModule } from '@app/deadlines';
import { DocumentsModule } from '@app/documents';
import { EnquiryDrafts, TellOfHeld } from '@app/enquiries';
import { JobsModule } from '@app/jobs';
import { LookThroughRecords } from '@app/journeys';
import type { Clock } from '@app/kernel';
import { NotificationsModule } from '@app/notifications';
import { PublicationsModule } from '@app/publications';
import { ReportsModule } from '@app/reports';
import { type Settings, SettingsModule } from '@app/settings';
import { type DynamicModule, Module } from '@nestjs/common';
import { Looking } from './looking';
import { PlanFromTables } from './plan-from-tables';
import { MessagesProcessor } from './processors/messages.processor';
import { TimetableProcessor } from './processors/timetable.processor';
import { WorkListener } from './work-listener';

/** Each mail that is being sent holds a connection; the looking and the timetable need some besides. */
const CONNECTIONS = 8;

/** The one background process: it reads what others wrote, and does what is due. */
@Module({})
export class WorkerModule {
  static forRoot(settings: Settings, clock?: Clock): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        SettingsModule.forRoot(settings, clock),
        DatabaseModule.forRoot(settings.databaseUrl, CONNECTIONS),
        JobsModule.forRoot(settings),
        AssessmentsModule,
        CarersModule,
        DeadlinesModule,
        DocumentsModule,
        NotificationsModule,
        PublicationsModule,
        ReportsModule,
      ],
      providers: [EnquiryDrafts, TellOfHeld, ForgetExpiredSignIns, LookThroughRecords, MessagesProcessor, TimetableProcessor, PlanFromTables, WorkListener, Looking],
    };
  }
}
