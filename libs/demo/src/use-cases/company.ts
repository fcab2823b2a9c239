import type { StaffActor } from '@app/access';
import type { Council } from '@app/authorities';
import type { Player, Story } from '../rules/story';

/** The members of staff who live the stories. */
export interface Company {
  readonly hubManager: StaffActor;
  readonly officers: readonly StaffActor[];
  readonly of: Readonly<Record<Council, { readonly teamManager: StaffActor; readonly socialWorkers: readonly StaffActor[]; readonly panelAdministrator: StaffActor; readonly panelMembers: readonly StaffActor[]; readonly decisionMaker: StaffActor; readonly liaisonWorker: StaffActor }>>;
}

/** Who plays a part in a story, while the family is with a council. Throws where nobody can: a story that is wrong. */
export function playerOf(company: Company, story: Story, by: Exclude<Player, 'family'>, council: Council | null): StaffActor {
  const turn = (staff: readonly StaffActor[], number: number): StaffActor => {
    const found = staff[number % staff.length];
    if (!found) throw new Error(`Nobody plays ${by} in ${story.name}`);
    return found;
  };
  if (by === 'officer') return turn(company.officers, story.officer);
  if (by === 'hub_manager') return company.hubManager;
  if (council === null) throw new Error(`${story.name} needs a ${by} before the family has a council`);
  const team = company.of[council];
  if (by === 'panel_administrator') return team.panelAdministrator;
  if (by === 'decision_maker') return team.decisionMaker;
  return by === 'team_manager' ? team.teamManager : turn(team.socialWorkers, story.socialWorker);
}
