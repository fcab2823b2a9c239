export { AuthoritiesModule } from './authorities.module';
export { authorityDetails, authorityDetailsHistory, type AuthorityDetails } from './queries/authority-details';
export { type Calendars, loadCalendars } from './queries/calendars';
export { HOST_COUNCIL, hubContact, type HubContact } from './queries/hub-contact';
export { type PostcodeRoute, routePostcode, routePostcodes } from './queries/route-postcode';
export { type BankHoliday, bankHolidaysFrom, type ClosureDay, closureDays, openingWeeks, type OpeningWeek, type PostcodeCount, postcodeCounts } from './queries/settings-history';
export { AUTHORITY_CODES, AUTHORITY_NAMES, type AuthorityCode, type Council, councilOf, isCouncil, ONS_CODES, REPORTED_AUTHORITIES } from './rules/authorities';
export { ChangeSettings, type SettingRefusal } from './use-cases/change-settings';
export { ImportPostcodes, type PostcodeImport, type PostcodeOutcome, type PostcodeRefusal } from './use-cases/import-postcodes';
