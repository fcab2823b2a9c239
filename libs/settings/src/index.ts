export { parseSettings, publicUrlOf, SETTING_NAMES, type Settings } from './settings';
export { SETTINGS, SettingsModule } from './settings.module';
