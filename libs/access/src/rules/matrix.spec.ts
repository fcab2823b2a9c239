import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS, ACTION_MEANINGS, grants, MATRIX, may } from './matrix';
import { matrixInMarkdown } from './matrix-in-markdown';
import { covers, type HeldRole, reachFits, type Role, ROLE_NAMES, ROLE_REACH, ROLES } from './roles';
import { figuresScope, peopleScope } from './scopes';

const held = (role: Role, authority: HeldRole['authority'] = null): HeldRole => ({ role, authority });

describe('the matrix of roles and actions', () => {
  it('is the one that the README of this library shows', () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    expect(readme).toContain(matrixInMarkdown());
  });

  it('gives every action to at least one role, and says in words what it means', () => {
    for (const action of ACTIONS) {
      expect(ROLES.some((role) => MATRIX[role][action])).toBe(true);
      expect(ACTION_MEANINGS[action]).not.toBe('');
    }
  });

  it('separates families, figures and administration', () => {
    const both = (role: Role, some: readonly (typeof ACTIONS)[number][]): boolean => some.every((action) => MATRIX[role][action] !== undefined);
    for (const role of ROLES) {
      expect(both(role, ['staff.manage', 'journeys.read'])).toBe(false);
      expect(both(role, ['settings.manage', 'pipeline.read'])).toBe(false);
    }
    expect(peopleScope([held('analyst')])).toEqual([]);
    expect(peopleScope([held('administrator')])).toEqual([]);
    expect(figuresScope([held('administrator')])).toEqual([]);
  });

  it('lets whoever changes families also read them', () => {
    for (const role of ROLES) {
      for (const action of ACTIONS) {
        if (action.startsWith('journeys.') && MATRIX[role][action]) expect(MATRIX[role]['journeys.read']).toBe('yes');
      }
    }
  });

  it('lets a merge or a routing by hand be done by the hub alone, except a merge by a team manager', () => {
    expect(grants(held('recruitment_officer'), 'journeys.route')).toBe(true);
    expect(grants(held('recruitment_officer', 'derby'), 'journeys.route')).toBe(false);
    expect(grants(held('recruitment_officer', 'derby'), 'journeys.merge')).toBe(false);
    expect(grants(held('team_manager', 'derby'), 'journeys.merge')).toBe(true);
    expect(grants(held('team_manager', 'derby'), 'journeys.route')).toBe(false);
  });
});

describe('by its roles', () => {
  it.each(ROLES.map((role) => [ROLE_NAMES[role], ACTIONS.filter((action) => MATRIX[role][action]).map((action) => (MATRIX[role][action] === 'hub' ? `${action} (hub)` : action)).join(', ')]))('%s may: %s', (_role, allowed) => {
    expect(allowed).toContain('help.read');
  });
});

describe('whether somebody may', () => {
  const worker = { roles: [held('social_worker', 'derby'), held('analyst', 'nottingham')] };
  const manager = { roles: [held('hub_manager')] };

  it('asks for the authority of the family', () => {
    expect(may(worker, 'journeys.work', 'derby')).toBe(true);
    expect(may(worker, 'journeys.work', 'nottingham')).toBe(false);
    expect(may(worker, 'reports.read', 'nottingham')).toBe(true);
    expect(may(worker, 'reports.read', 'derby')).toBe(false);
  });

  it('takes the hub as a whole for what only a role for the hub covers', () => {
    expect(may(worker, 'journeys.work', null)).toBe(false);
    expect(may(manager, 'journeys.work', null)).toBe(true);
  });

  it('asks for nothing more than any role when no authority is named', () => {
    expect(may(worker, 'journeys.work')).toBe(true);
    expect(may(worker, 'staff.manage')).toBe(false);
    expect(may({ roles: [] }, 'help.read')).toBe(false);
  });

  it('keeps the queue of the unrouted to the roles of the hub', () => {
    expect(may(manager, 'journeys.read', 'unrouted')).toBe(true);
    expect(may(worker, 'journeys.read', 'unrouted')).toBe(false);
    expect(covers(held('recruitment_officer', 'derby'), 'unrouted')).toBe(false);
  });
});

describe('the scopes', () => {
  it('are those of the roles that read families, and of those that read figures', () => {
    const roles = [held('social_worker', 'derby'), held('analyst', 'nottingham'), held('liaison_worker', 'derbyshire')];
    expect(peopleScope(roles)).toEqual(['derby']);
    expect(figuresScope(roles)).toEqual(['derby', 'derbyshire', 'nottingham']);
  });

  it('are the whole hub as soon as one role is', () => {
    expect(peopleScope([held('social_worker', 'derby'), held('recruitment_officer')])).toBe('hub');
    expect(figuresScope([held('social_worker', 'derby'), held('analyst')])).toBe('hub');
  });
});

describe('the reach of a role', () => {
  it('is the hub, one authority, or either', () => {
    for (const role of ROLES) {
      expect(reachFits(role, null)).toBe(ROLE_REACH[role] !== 'authority');
      expect(reachFits(role, 'derby')).toBe(ROLE_REACH[role] !== 'hub');
    }
  });
});
