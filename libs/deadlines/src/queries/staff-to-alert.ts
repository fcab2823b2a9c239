import { rows } from '@app/database';
import type { EntityManager } from 'typeorm';
import { type AlertedJourney, type Audience, audienceOf, LAST_RESORT } from '../rules/alert-audience';

/** A member of staff who is told. */
export interface AlertRecipient {
  readonly staffId: string;
  readonly email: string;
  readonly demonstration: boolean;
}

/** Those who are to get an alert and still work here, each once; the hub managers where nobody else is there. */
export async function staffToAlert(tx: EntityManager, alert: AlertedJourney): Promise<readonly AlertRecipient[]> {
  const stillHere = async (staffId: string | null): Promise<string | null> => (staffId !== null && (await activeStaff(tx, [{ kind: 'staff', staffId }])).length > 0 ? staffId : null);
  const recipients = await activeStaff(tx, audienceOf({ ...alert, officerId: await stillHere(alert.officerId), socialWorkerId: await stillHere(alert.socialWorkerId) }));
  return recipients.length > 0 ? recipients : activeStaff(tx, LAST_RESORT);
}

function activeStaff(tx: EntityManager, audience: readonly Audience[]): Promise<AlertRecipient[]> {
  const named = audience.flatMap((one) => (one.kind === 'staff' ? [one.staffId] : []));
  const roles = audience.flatMap((one) => (one.kind === 'role' ? [one] : []));
  return rows<AlertRecipient>(
    tx,
    `SELECT s.id AS "staffId", s.email, s.demonstration
       FROM staff s
      WHERE s.state = 'active'
        AND (s.id = ANY ($1::uuid[])
             OR EXISTS (SELECT FROM staff_roles r JOIN unnest($2::text[], $3::text[]) AS asked (role, authority)
                          ON r.role = asked.role AND r.authority IS NOT DISTINCT FROM asked.authority
                         WHERE r.staff_id = s.id AND r.revoked_at IS NULL))
      ORDER BY s.id`,
    [named, roles.map(({ role }) => role), roles.map(({ authority }) => authority)],
  );
}
