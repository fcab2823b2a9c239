import { Module } from '@nestjs/common';
import { ChangeSettings } from './use-cases/change-settings';

/** The four councils, postcode routing and the settings that hold from a date. */
@Module({ providers: [ChangeSettings], exports: [ChangeSettings] })
export class AuthoritiesModule {}
