import { Module } from '@nestjs/common';
import { ImportCarers } from './import/import-carers';
import { CarerChanges } from './use-cases/carer-changes';
import { CorrectLeaving } from './use-cases/correct-leaving';
import { KeepCarer } from './use-cases/keep-carer';
import { RegisterCarer } from './use-cases/register-carer';
import { StateNeed } from './use-cases/state-need';
import { TellOfReviews } from './use-cases/tell-of-reviews';

const useCases = [RegisterCarer, KeepCarer, CorrectLeaving, TellOfReviews, StateNeed, ImportCarers];

/** The register of approved carers: from the approval to the day on which they leave. */
@Module({ providers: [CarerChanges, ...useCases], exports: [CarerChanges, ...useCases] })
export class CarersModule {}
