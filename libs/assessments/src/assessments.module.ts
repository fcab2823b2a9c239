import { JourneysModule } from '@app/journeys';
import { Module } from '@nestjs/common';
import { ApplicantPages, InviteApplicant } from './use-cases/applicant-pages';
import { AssessmentChanges } from './use-cases/assessment-changes';
import { CarryStage2 } from './use-cases/carry-stage-2';
import { ChangeAssessmentSettings } from './use-cases/change-assessment-settings';
import { DecideStage1 } from './use-cases/decide-stage-1';
import { HoldTrack } from './use-cases/hold-track';
import { MakeDecision } from './use-cases/make-decision';
import { MovePanel } from './use-cases/move-panel';
import { OpenFile } from './use-cases/open-file';
import { DescribePerson, RecordCheck } from './use-cases/record-check';
import { ArrangePanel, TakeToPanel } from './use-cases/run-panel';

const useCases = [OpenFile, DescribePerson, RecordCheck, DecideStage1, CarryStage2, HoldTrack, ArrangePanel, MovePanel, TakeToPanel, MakeDecision, InviteApplicant, ApplicantPages, ChangeAssessmentSettings];

/** From the application to the decision: checks, report, panel, terms of approval. */
@Module({ imports: [JourneysModule], providers: [AssessmentChanges, ...useCases], exports: useCases })
export class AssessmentsModule {}
