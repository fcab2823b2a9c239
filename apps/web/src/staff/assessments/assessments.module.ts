import { AssessmentsModule } from '@app/assessments';
import { Module } from '@nestjs/common';
import { CaseloadController } from '../caseload/caseload.controller';
import { DecisionSteps } from '../decisions/decision-steps';
import { DecisionsController } from '../decisions/decisions.controller';
import { FamiliesModule } from '../families/families.module';
import { PanelCaseSteps } from '../panels/case-steps';
import { PanelsController } from '../panels/panels.controller';
import { AssessmentController } from './assessment.controller';
import { ReportController } from './report.controller';
import { StepsController } from './steps.controller';
import { CheckSteps } from './steps/check-steps';
import { Stage1Steps } from './steps/stage-1-steps';
import { Stage2Steps } from './steps/stage-2-steps';

/** The pages of an assessment: its file, its steps, caseloads, panels, decisions. The file's own pages come before its steps, whose address holds any word. */
@Module({
  imports: [AssessmentsModule, FamiliesModule],
  providers: [CheckSteps, Stage1Steps, Stage2Steps, PanelCaseSteps, DecisionSteps],
  controllers: [CaseloadController, PanelsController, DecisionsController, AssessmentController, ReportController, StepsController],
})
export class AssessmentPagesModule {}
