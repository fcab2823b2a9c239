import { Clock, SystemClock } from '@app/kernel';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Settings } from './settings';

/** The token under which the settings of the process are injected: `@Inject(SETTINGS) settings: Settings`. */
export const SETTINGS = Symbol('settings');

/** Hands the settings and the clock to every module of a process. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: Clock, useValue: clock },
      ],
      exports: [SETTINGS, Clock],
    };
  }
}
