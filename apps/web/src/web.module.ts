import { DatabaseModule } from '@app/database';
import type { Clock } from '@app/kernel';
import { type Settings, SettingsModule } from '@app/settings';
import { type DynamicModule, Module } from '@nestjs/common';
import { ApiModule } from './api/api.module';
import { ApplicantModule } from './applicant/applicant.module';
import { DevModule } from './dev/dev.module';
import { PlatformModule } from './platform/platform.module';
import { PublicModule } from './public/public.module';
import { StaffModule } from './staff/staff.module';

@Module({})
class WebModule {}

/** Everything that the web process serves. */
export function webModule(settings: Settings, clock: Clock, poolSize?: number): DynamicModule {
  return {
    module: WebModule,
    imports: [SettingsModule.forRoot(settings, clock), DatabaseModule.forRoot(settings.databaseUrl, poolSize), PlatformModule.forRoot(settings), PublicModule, ApplicantModule, StaffModule, ApiModule, DevModule],
  };
}
