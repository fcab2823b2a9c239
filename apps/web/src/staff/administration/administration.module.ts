import { AccessModule } from '@app/access';
import { AssessmentsModule } from '@app/assessments';
import { AuthoritiesModule } from '@app/authorities';
import { JourneysModule } from '@app/journeys';
import { Module } from '@nestjs/common';
import { AdministrationController } from './administration.controller';
import { AuditController } from './audit/audit.controller';
import { AssessmentSettingsController } from './settings/assessments.controller';
import { AuthoritiesController } from './settings/authorities.controller';
import { ClosureDaysController } from './settings/closure-days.controller';
import { OpeningHoursController } from './settings/opening-hours.controller';
import { PostcodesController } from './settings/postcodes.controller';
import { TimeLimitsController } from './settings/time-limits.controller';
import { MemberController } from './staff/member.controller';
import { StaffController } from './staff/staff.controller';
import { WebsitesController } from './websites/websites.controller';

/** Staff and roles, settings that hold from a date, tokens of websites, the audit trail. */
@Module({
  imports: [AccessModule, AssessmentsModule, AuthoritiesModule, JourneysModule],
  controllers: [
    AdministrationController,
    StaffController,
    MemberController,
    AuthoritiesController,
    TimeLimitsController,
    AssessmentSettingsController,
    OpeningHoursController,
    ClosureDaysController,
    PostcodesController,
    WebsitesController,
    AuditController,
  ],
})
export class AdministrationModule {}
