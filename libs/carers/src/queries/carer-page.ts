import { rows } from '@app/database';
import type { LocalDate } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import { type Carer, carerByReference, type HeldTerms, termsOf } from '../persistence/carer-record';

export interface CarerPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** Whether they told their ethnicity; which, nobody reads. */
  readonly toldEthnicity: boolean;
}

export interface CarerReview {
  readonly number: number;
  readonly dueOn: LocalDate;
  readonly heldOn: LocalDate | null;
  readonly outcome: 'continue' | 'change_terms' | 'end' | null;
  readonly note: string | null;
  readonly stoppedOn: LocalDate | null;
}

export interface CarerPlacement {
  readonly id: string;
  readonly childReference: string;
  readonly startedOn: LocalDate;
  readonly endedOn: LocalDate | null;
  readonly ending: 'planned' | 'unplanned' | null;
}

export interface CarerMembership {
  readonly constellationId: string;
  readonly constellation: string;
  readonly role: 'hub_home' | 'satellite';
  readonly from: LocalDate;
  readonly until: LocalDate | null;
}

export interface CarerEvent {
  readonly words: string;
  readonly on: LocalDate;
  readonly recordedAt: Date;
  readonly by: string | null;
}

/** Everything about one household on the register. */
export interface CarerPage {
  readonly carer: Carer;
  readonly people: readonly CarerPerson[];
  readonly terms: readonly HeldTerms[];
  readonly reviews: readonly CarerReview[];
  readonly placements: readonly CarerPlacement[];
  readonly training: ReadonlyMap<string, LocalDate>;
  readonly memberships: readonly CarerMembership[];
  readonly events: readonly CarerEvent[];
  readonly supervisor: string | null;
}

/** The page of a household, or null when there is none or the actor may not see it. A liaison worker gets what constellations show. */
export async function carerPage(tx: EntityManager, reference: string): Promise<CarerPage | null> {
  const carer = await carerByReference(tx, reference);
  if (!carer) return null;
  const about = [carer.id];
  const people = await rows<CarerPerson>(tx, 'SELECT id, name, email, phone, EXISTS (SELECT FROM carer_ethnicity e WHERE e.person_id = p.id) AS "toldEthnicity" FROM carer_people p WHERE carer_id = $1 ORDER BY position', about);
  const terms = await termsOf(tx, carer.id);
  const reviews = await rows<CarerReview>(tx, 'SELECT number, due_on AS "dueOn", held_on AS "heldOn", outcome, note, stopped_on AS "stoppedOn" FROM carer_reviews WHERE carer_id = $1 ORDER BY number DESC', about);
  const placements = await rows<CarerPlacement>(tx, 'SELECT id, child_reference AS "childReference", started_on AS "startedOn", ended_on AS "endedOn", ending FROM carer_placements WHERE carer_id = $1 ORDER BY ended_on DESC NULLS FIRST, started_on DESC', about);
  const training = await rows<{ step: string; doneOn: LocalDate }>(tx, 'SELECT step, done_on AS "doneOn" FROM carer_training WHERE carer_id = $1', about);
  const memberships = await rows<CarerMembership>(
    tx,
    `SELECT m.constellation_id AS "constellationId", c.name AS constellation, m.role, lower(m.held) AS "from", upper(m.held) AS until
       FROM constellation_memberships m JOIN constellations c ON c.id = m.constellation_id WHERE m.carer_id = $1 AND m.voided_why IS NULL ORDER BY lower(m.held) DESC`,
    about,
  );
  const events = await rows<CarerEvent>(
    tx,
    `SELECT e.words, e.happened_on AS "on", e.recorded_at AS "recordedAt", s.name AS by FROM carer_events e LEFT JOIN staff s ON e.recorded_by = 'staff:' || s.id WHERE e.carer_id = $1 ORDER BY e.happened_on DESC, e.id DESC LIMIT 100`,
    about,
  );
  const [supervisor] = await rows<{ name: string }>(tx, 'SELECT name FROM staff WHERE id = $1', [carer.supervisorId]);
  return { carer, people, terms, reviews, placements, training: new Map(training.map(({ step, doneOn }) => [step, doneOn])), memberships, events, supervisor: supervisor?.name ?? null };
}

/** The reference of the household that a journey became, or null. */
export async function carerOfJourney(tx: EntityManager, journeyId: string): Promise<string | null> {
  const [found] = await rows<{ reference: string }>(tx, 'SELECT reference FROM carer_households WHERE journey_id = $1', [journeyId]);
  return found?.reference ?? null;
}
