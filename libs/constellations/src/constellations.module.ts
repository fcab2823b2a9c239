import { Module } from '@nestjs/common';
import { ConstellationChanges } from './use-cases/constellation-changes';
import { ChangeFamilies, RunConstellation } from './use-cases/run-constellation';

const useCases = [RunConstellation, ChangeFamilies];

/** Mockingbird constellations: a hub home with its satellite families, what they do together, and what comes of it. */
@Module({ providers: [ConstellationChanges, ...useCases], exports: useCases })
export class ConstellationsModule {}
