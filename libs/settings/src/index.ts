export { parseSettings, type Settings } from './settings';
export { SETTINGS, SettingsModule } from './settings.module';
