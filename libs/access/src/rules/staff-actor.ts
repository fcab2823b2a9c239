import type { Actor, Origin } from '@app/database';
import { may } from './matrix';
import type { HeldRole } from './roles';
import { carersScope, constellationsScope, figuresScope, fileScope, peopleScope } from './scopes';

/** A signed-in member of staff: who they are, what they may do, and whose families they may see. */
export type StaffActor = Extract<Actor, { kind: 'staff' }> & {
  readonly email: string;
  readonly roles: readonly HeldRole[];
  /** One of the made-up people of the demonstration. */
  readonly demonstration: boolean;
};

/** The actor of somebody who holds these roles. */
export function staffActor(staff: { readonly staffId: string; readonly name: string; readonly email: string; readonly demonstration: boolean }, roles: readonly HeldRole[], origin?: Origin): StaffActor {
  return {
    kind: 'staff',
    ...staff,
    roles,
    people: peopleScope(roles),
    figures: figuresScope(roles),
    file: fileScope(roles),
    carers: carersScope(roles),
    constellations: constellationsScope(roles),
    readsAudit: may({ roles }, 'audit.read'),
    ...(origin ? { origin } : {}),
  };
}
