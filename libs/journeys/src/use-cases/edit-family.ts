import { insertRows, rows } from '@app/database';
import { type LocalDate, localDate, newId, type Result } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { recordTimeline } from '../persistence/history';
import { updateJourney } from '../persistence/journey-record';
import { type Applicant, applicantRow, type ApplicantDetails, applicantsOf, householdName } from '../persistence/people';
import { type ChangeContext, type ChangingActor, JourneyChanges, type JourneyRequest, type Refusal } from './journey-changes';

/** What is known of a home. Null: not known. */
export interface HomeDetails {
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly town: string | null;
  /** Canonical, such as `DE1 3AE`. */
  readonly postcode: string | null;
  readonly spareRooms: number | null;
  readonly tenure: string | null;
  readonly pets: string | null;
  readonly smoking: string | null;
  readonly fostersNow: string | null;
  readonly interests: readonly string[];
  readonly languages: readonly string[];
}

const HOME_COLUMNS: Readonly<Record<keyof HomeDetails, { readonly column: string; readonly words: string }>> = {
  addressLine1: { column: 'address_line_1', words: 'address' },
  addressLine2: { column: 'address_line_2', words: 'address' },
  town: { column: 'town', words: 'town' },
  postcode: { column: 'postcode', words: 'postcode' },
  spareRooms: { column: 'spare_rooms', words: 'spare rooms' },
  tenure: { column: 'tenure', words: 'tenure' },
  pets: { column: 'pets', words: 'pets' },
  smoking: { column: 'smoking', words: 'smoking and vaping' },
  fostersNow: { column: 'fosters_now', words: 'fostering now' },
  interests: { column: 'interests', words: 'interests' },
  languages: { column: 'languages', words: 'languages' },
};

/** Changes what is known of the home. The timeline says which facts changed, not what they were. */
@Injectable()
export class EditHome {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly home: HomeDetails }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'household.edit', async (context) => {
      const fields = Object.keys(HOME_COLUMNS) as (keyof HomeDetails)[];
      const [before] = await rows<HomeDetails>(context.tx, `SELECT ${fields.map((field) => `${HOME_COLUMNS[field].column} AS "${field}"`).join(', ')} FROM households WHERE id = $1 FOR UPDATE`, [context.journey.householdId]);
      const changed = fields.filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(request.home[field]));
      if (changed.length === 0) return undefined;
      const assignments = changed.map((field, index) => `${HOME_COLUMNS[field].column} = $${String(index + 2)}`);
      await context.tx.query(`UPDATE households SET ${assignments.join(', ')}, version = version + 1 WHERE id = $1`, [context.journey.householdId, ...changed.map((field) => request.home[field])]);
      await tellOfChange(context, [...new Set(changed.map((field) => HOME_COLUMNS[field].words))]);
      return undefined;
    });
  }
}

/**
 * Changes who applies: one or two people, the second of whom may be added or taken off. A family that could be reached stays so;
 * one that came without telephone and email, from a spreadsheet, may do without.
 */
@Injectable()
export class EditApplicants {
  constructor(private readonly changes: JourneyChanges) {}

  run(actor: ChangingActor, request: JourneyRequest & { readonly applicants: readonly [ApplicantDetails] | readonly [ApplicantDetails, ApplicantDetails] }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'applicants.edit', async (context) => {
      const { tx, journey } = context;
      const before = await applicantsOf(tx, journey.householdId);
      if (sameApplicants(before, request.applicants)) return undefined;
      if (before.some(isReachable) && !request.applicants.some(isReachable)) return [{ kind: 'no_contact' }];
      for (const [index, applicant] of request.applicants.entries()) {
        const known = before.find(({ position }) => position === index + 1);
        const row = applicantRow(journey.householdId, index + 1, applicant);
        if (!known) await insertRows(tx, 'applicants', [row]);
        else {
          await tx.query('UPDATE applicants SET first_name = $2, last_name = $3, email = $4, phone = $5, preferred_contact = $6, best_time = $7 WHERE id = $1', [
            known.id, applicant.firstName, applicant.lastName, applicant.email, applicant.phone, applicant.preferredContact, applicant.bestTime,
          ]);
        }
      }
      await tx.query('DELETE FROM applicants WHERE household_id = $1 AND position > $2', [journey.householdId, request.applicants.length]);
      await tx.query('UPDATE households SET name = $2, version = version + 1 WHERE id = $1', [journey.householdId, householdName(request.applicants)]);
      await tellOfChange(context, ['applicants']);
      return undefined;
    });
  }
}

const isReachable = ({ email, phone }: ApplicantDetails): boolean => email !== null || phone !== null;

/** Whether nothing was changed: a form that is sent as it was leaves no trace. */
function sameApplicants(before: readonly Applicant[], after: readonly ApplicantDetails[]): boolean {
  const facts = ({ firstName, lastName, email, phone, preferredContact, bestTime }: ApplicantDetails): string => JSON.stringify([firstName, lastName, email, phone, preferredContact, bestTime]);
  return before.length === after.length && before.every((applicant, index) => { const other = after[index]; return other !== undefined && facts(applicant) === facts(other); });
}

/** Nobody alive was born before. */
const EARLIEST_BIRTH = localDate('1900-01-01');

export interface NewMember {
  readonly kind: 'adult' | 'child' | 'lodger';
  readonly name: string;
  readonly relationship: string | null;
  readonly bornOn: LocalDate | null;
}

/** Adds somebody who lives in the household, or records that they moved out. */
@Injectable()
export class EditMembers {
  constructor(private readonly changes: JourneyChanges) {}

  add(actor: ChangingActor, request: JourneyRequest & { readonly member: NewMember }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'member.add', async (context) => {
      const { member } = request;
      if (member.bornOn && (member.bornOn > context.today || member.bornOn < EARLIEST_BIRTH)) return [{ kind: 'birth_date' }];
      await insertRows(context.tx, 'household_members', [{ id: newId(), household_id: context.journey.householdId, kind: member.kind, name: member.name, relationship: member.relationship, born_on: member.bornOn }]);
      await tellOfChange(context, ['who lives in the household']);
      return undefined;
    });
  }

  leave(actor: ChangingActor, request: JourneyRequest & { readonly memberId: string }): Promise<Result<undefined, Refusal>> {
    return this.changes.change(actor, request, 'journeys.work', 'member.leave', async (context) => {
      await context.tx.query('UPDATE household_members SET left_on = $3 WHERE id = $1 AND household_id = $2 AND left_on IS NULL', [request.memberId, context.journey.householdId, context.today]);
      await tellOfChange(context, ['who lives in the household']);
      return undefined;
    });
  }
}

async function tellOfChange({ tx, actor, now, journey }: ChangeContext, facts: readonly string[]): Promise<void> {
  await updateJourney(tx, journey.id, { last_activity_at: now });
  await recordTimeline(tx, actor, now, journey.id, [{ kind: 'change', at: now, title: `Changed: ${facts.join(', ')}` }]);
}
