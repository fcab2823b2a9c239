import { AccessModule } from '@app/access';
import { ReportsModule } from '@app/reports';
import { Module } from '@nestjs/common';
import { AdministrationModule } from './administration/administration.module';
import { AssessmentPagesModule } from './assessments/assessments.module';
import { DocumentPagesModule } from './documents/documents.module';
import { CarersPagesModule } from './carers/carers-pages.module';
import { ConstellationPagesModule } from './constellations/constellation-pages.module';
import { FamiliesModule } from './families/families.module';
import { HelpController } from './help/help.controller';
import { HomeController } from './home/home.controller';
import { LetterPagesModule } from './letters/letters.module';
import { AnalysisPagesModule } from './reports/analysis-pages.module';
import { PublicationPagesModule } from './reports/publication-pages.module';
import { ReportsController } from './reports/reports.controller';
import { TargetsController } from './reports/targets/targets.controller';
import { PasswordController } from './sign-in/password.controller';
import { SessionController } from './sign-in/session.controller';
import { SignInController } from './sign-in/sign-in.controller';

/** The staff side. */
@Module({
  imports: [AccessModule, AdministrationModule, AnalysisPagesModule, AssessmentPagesModule, CarersPagesModule, ConstellationPagesModule, DocumentPagesModule, FamiliesModule, LetterPagesModule, PublicationPagesModule, ReportsModule],
  controllers: [HomeController, SignInController, PasswordController, SessionController, HelpController, ReportsController, TargetsController],
})
export class StaffModule {}
