import { AssessmentsModule } from '@app/assessments';
import { Module } from '@nestjs/common';
import { ApplicantController } from './applicant.controller';

/** What applicants see of their own assessment. */
@Module({ imports: [AssessmentsModule], controllers: [ApplicantController] })
export class ApplicantModule {}
