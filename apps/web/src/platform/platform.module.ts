import { AccessModule } from '@app/access';
import { Clock } from '@app/kernel';
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

/** What every request passes through: who asks, the one guard, the error pages; and the clock for all modules. */
@Module({})
export class PlatformModule {
  static forRoot(clock: Clock): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [AccessModule],
      controllers: [HealthController],
      providers: [
        { provide: Clock, useValue: clock },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: FailuresFilter },
        LayoutFactsOfToday,
        Metrics,
        Readiness,
        WebsiteTokens,
        WhoAsks,
      ],
      exports: [Clock],
    };
  }
}
