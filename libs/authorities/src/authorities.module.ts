import { Module } from '@nestjs/common';
import { ChangeSettings } from './use-cases/change-settings';
import { ImportBankHolidays } from './use-cases/import-bank-holidays';
import { ImportPostcodes } from './use-cases/import-postcodes';

/** The four councils, postcode routing and the settings that hold from a date. */
@Module({ providers: [ChangeSettings, ImportBankHolidays, ImportPostcodes], exports: [ChangeSettings, ImportBankHolidays, ImportPostcodes] })
export class AuthoritiesModule {}
