export * from './rules/names';
export { type ConstellationBlocker, constellationBlockerInWords, CONSTELLATION_RULES } from './rules/blockers';
export { lastDayOf, monthAfter, monthInWords, monthOf, monthsBetween, parseMonth } from './rules/months';
export { type Constellation, constellationLimits, holdsOn, loadConstellation, type Membership, membershipsOf } from './persistence/constellation-record';
export { ConstellationsModule } from './constellations.module';
export { ConstellationChanges, type ConstellationRefusal, type ConstellationRequest } from './use-cases/constellation-changes';
export { ChangeFamilies, type NewConstellation, type NewMembership, RunConstellation } from './use-cases/run-constellation';
