import { ConstellationsModule } from '@app/constellations';
import { Module } from '@nestjs/common';
import { AchievementsController } from './achievements.controller';
import { ConstellationSteps } from './constellation-steps';
import { ConstellationsController } from './constellations.controller';
import { ConstellationLimitsController } from './limits.controller';

/** Mockingbird constellations. What is achieved comes first: its addresses are not the name of a step. */
@Module({ imports: [ConstellationsModule], providers: [ConstellationSteps], controllers: [ConstellationLimitsController, AchievementsController, ConstellationsController] })
export class ConstellationPagesModule {}
