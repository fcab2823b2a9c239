import { Module } from '@nestjs/common';
import { ChangeConstellationLimits } from './use-cases/change-limits';
import { ConstellationChanges } from './use-cases/constellation-changes';
import { AnswerInvitation, InviteFamilies } from './use-cases/invite-families';
import { KeepLife } from './use-cases/keep-life';
import { WriteMonthlyReport } from './use-cases/monthly-report';
import { ChangeFamilies, RunConstellation } from './use-cases/run-constellation';

const useCases = [ChangeConstellationLimits, RunConstellation, ChangeFamilies, KeepLife, InviteFamilies, AnswerInvitation, WriteMonthlyReport];

/** Mockingbird constellations: a hub home with its satellite families, what they do together, and what comes of it. */
@Module({ providers: [ConstellationChanges, ...useCases], exports: useCases })
export class ConstellationsModule {}
