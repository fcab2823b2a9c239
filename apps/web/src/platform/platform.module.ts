import { AccessModule } from '@app/access';
import { QueueHealthModule } from '@app/jobs';
import type { Settings } from '@app/settings';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard';
import { FailuresFilter } from './failures.filter';
import { HealthController } from './health.controller';
import { LayoutFactsOfToday } from './layout-facts';
import { Metrics } from './metrics';
import { Readiness } from './readiness';
import { WebsiteTokens } from './website-tokens';
import { WhoAsks } from './who-asks';
import { WorkFigures } from './work-figures';

/** What every request passes through: who asks, the one guard, the error pages. */
@Module({})
export class PlatformModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: PlatformModule,
      imports: [AccessModule, QueueHealthModule.forRoot(settings)],
      controllers: [HealthController],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: FailuresFilter },
        LayoutFactsOfToday,
        Metrics,
        Readiness,
        WebsiteTokens,
        WhoAsks,
        WorkFigures,
      ],
    };
  }
}
