import { CarersModule } from '@app/carers';
import { Module } from '@nestjs/common';
import { CarerSteps } from './carer-steps';
import { NeedController } from './need.controller';
import { CarersController } from './carers.controller';

/** The register of approved carers. */
@Module({ imports: [CarersModule], providers: [CarerSteps], controllers: [NeedController, CarersController] })
export class CarersPagesModule {}
