import { Module } from '@nestjs/common';
import { ChangeSettings } from './use-cases/change-settings';
import { ImportPostcodes } from './use-cases/import-postcodes';

/** The four councils, postcode routing and the settings that hold from a date. */
@Module({ providers: [ChangeSettings, ImportPostcodes], exports: [ChangeSettings, ImportPostcodes] })
export class AuthoritiesModule {}
