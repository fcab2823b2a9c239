export { parseSettings, publicUrlOf, type Settings } from './settings';
export { SETTINGS, SettingsModule } from './settings.module';
