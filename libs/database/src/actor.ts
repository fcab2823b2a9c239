/** What an actor may see: every authority of the hub, the named ones, or none. */
export type Scope = 'hub' | readonly string[];

/** Where a request came from, kept in the audit trail. */
export interface Origin {
  readonly address: string;
  readonly requestId: string;
}

/**
 * Who a transaction belongs to. PostgreSQL's row-level policies read it, so that a query that forgets its WHERE
 * still cannot see the neighbour's families.
 *
 * - `staff`: a signed-in member of staff; `people` are the authorities whose families they may see, `figures` whose counts, `file` whose assessment files,
 *   `carers` whose register of approved carers, `constellations` whose constellations with the carers in them.
 * - `system`: the worker and the command line, by the name of what they are doing.
 * - `public`: a prospective carer or a council's website; can add, and read back only the draft whose secret it holds.
 * - `gate`: sign-in itself; may look at passwords and one-time links, at no family.
 */
export type Actor =
  | {
      readonly kind: 'staff';
      readonly staffId: string;
      readonly name: string;
      readonly people: Scope;
      readonly figures: Scope;
      readonly file: Scope;
      readonly carers: Scope;
      readonly constellations: Scope;
      readonly readsAudit: boolean;
      readonly origin?: Origin;
    }
  | { readonly kind: 'system'; readonly process: string }
  | { readonly kind: 'public'; readonly draft?: string; readonly websiteId?: string; readonly origin?: Origin }
  | { readonly kind: 'gate'; readonly origin?: Origin };

/** The system actor of a named process, such as `system('alerts')`. */
export const system = (process: string): Actor => ({ kind: 'system', process });

/** How an actor is written in history: `staff:<id>`, `system:<process>`, `public` or `gate`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'staff':
      return `staff:${actor.staffId}`;
    case 'system':
      return `system:${actor.process}`;
    default:
      return actor.kind;
  }
}

const written = (scope: Scope): string => (scope === 'hub' ? '*' : scope.join(','));

/** The actor as the settings that the policies read, as names and values. */
export function actorSettings(actor: Actor): Record<string, string> {
  const none = { actor_kind: actor.kind, staff_id: '', people: '', figures: '', file: '', carers: '', constellations: '', reads_audit: '', draft: '', website: '' };
  switch (actor.kind) {
    case 'staff':
      return { ...none, staff_id: actor.staffId, people: written(actor.people), figures: written(actor.figures), file: written(actor.file), carers: written(actor.carers), constellations: written(actor.constellations), reads_audit: actor.readsAudit ? 'yes' : '' };
    case 'system':
      return { ...none, people: '*', figures: '*', file: '*', carers: '*', constellations: '*', reads_audit: 'yes' };
    case 'public':
      return { ...none, draft: actor.draft ?? '', website: actor.websiteId ?? '' };
    case 'gate':
      return none;
  }
}
