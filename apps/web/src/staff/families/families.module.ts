import { EnquiriesModule } from '@app/enquiries';
import { JourneysModule } from '@app/journeys';
import { Module } from '@nestjs/common';
import { HeldController } from '../held/held.controller';
import { LogEnquiryController } from '../log-enquiry/log-enquiry.controller';
import { PipelineController } from '../pipeline/pipeline.controller';
import { SearchController } from '../search/search.controller';
import { WorklistController } from '../worklist/worklist.controller';
import { FamilyController } from './family.controller';
import { FamilyForms } from './family-forms';
import { ContactController } from './forms/contact.controller';
import { CourseController } from './forms/course.controller';
import { HandsController } from './forms/hands.controller';
import { PeopleController } from './forms/people.controller';

/** The daily work: worklist, pipeline, search, families, enquiries that officers log or screen. */
@Module({
  imports: [JourneysModule, EnquiriesModule],
  providers: [FamilyForms],
  exports: [FamilyForms],
  controllers: [WorklistController, PipelineController, SearchController, HeldController, LogEnquiryController, FamilyController, ContactController, CourseController, HandsController, PeopleController],
})
export class FamiliesModule {}
