import { type DynamicModule, Module } from '@nestjs/common';
import type { Settings } from './settings';

/** The token under which the settings of the process are injected: `@Inject(SETTINGS) settings: Settings`. */
export const SETTINGS = Symbol('settings');

/** Hands the settings to every module of a process. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: SettingsModule, global: true, providers: [{ provide: SETTINGS, useValue: settings }], exports: [SETTINGS] };
  }
}
