import type { Scope } from '@app/database';
import { grants, type Action } from './matrix';
import type { HeldRole } from './roles';

const PEOPLE: readonly Action[] = ['journeys.read'];
/** The assessment file is the council's: the hub's own officers see milestones, not the file. */
const FILE: readonly Action[] = ['assessments.read'];
const CARERS: readonly Action[] = ['carers.read'];
const CONSTELLATIONS: readonly Action[] = ['constellations.read'];
const FIGURES: readonly Action[] = ['journeys.read', 'pipeline.read', 'reports.read'];

/** Whose families the holder of these roles may see: the people scope of row-level security. */
export const peopleScope = (roles: readonly HeldRole[]): Scope => scopeOf(roles, PEOPLE);

/** Whose assessment files the holder of these roles may open: the file scope of row-level security. */
export const fileScope = (roles: readonly HeldRole[]): Scope => scopeOf(roles, FILE);

/** Whose approved carers the holder of these roles may see: the carers scope of row-level security. */
export const carersScope = (roles: readonly HeldRole[]): Scope => scopeOf(roles, CARERS);

/** Whose constellations, with the carers in them, the holder of these roles may see: the constellations scope of row-level security. */
export const constellationsScope = (roles: readonly HeldRole[]): Scope => scopeOf(roles, CONSTELLATIONS);

/** Whose counts the holder of these roles may see: the figures scope of row-level security. */
export const figuresScope = (roles: readonly HeldRole[]): Scope => scopeOf(roles, FIGURES);

function scopeOf(roles: readonly HeldRole[], actions: readonly Action[]): Scope {
  const giving = roles.filter((held) => actions.some((action) => grants(held, action)));
  if (giving.some(({ authority }) => authority === null)) return 'hub';
  return [...new Set(giving.flatMap(({ authority }) => (authority === null ? [] : [authority])))].sort();
}
