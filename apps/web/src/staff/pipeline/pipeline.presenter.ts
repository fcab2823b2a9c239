import { may, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES, type AuthorityCode, REPORTED_AUTHORITIES } from '@app/authorities';
import { type PipelineCell, STAGES, type Stage } from '@app/journeys';
import { worklistPath } from '../paths';
import { STAGE_NAMES } from '../stage-names';

/** A number of the pipeline: how many, how old, how many overdue, and where to see them. */
export interface ShownCell {
  readonly journeys: number;
  readonly medianDays: number | null;
  readonly overdue: number;
  readonly onHold: number;
  readonly href: string | null;
}

export interface ShownPipeline {
  readonly authorities: readonly string[];
  readonly stages: readonly { readonly name: string; readonly total: ShownCell; readonly cells: readonly ShownCell[]; /** Of the largest stage, 0 to 1. */ readonly share: number }[];
  readonly journeys: number;
  readonly overdue: number;
}

const OPEN_STAGES = STAGES.filter((stage) => stage !== 'approved');

/** One row a stage, one column an authority that the actor counts; each number leads to its list for those who may see people. */
export function shownPipeline(actor: StaffActor, cells: readonly PipelineCell[]): ShownPipeline {
  const authorities = REPORTED_AUTHORITIES.filter((code) => actor.figures === 'hub' || actor.figures.includes(code));
  const links = may(actor, 'worklist.read');
  const of = (stage: Stage, authority: AuthorityCode | null): ShownCell => shownCell(cells.find((cell) => cell.stage === stage && cell.authority === authority), stage, authority, links);
  const largest = Math.max(1, ...OPEN_STAGES.map((stage) => of(stage, null).journeys));
  const stages = OPEN_STAGES.map((stage) => {
    const total = of(stage, null);
    return { name: STAGE_NAMES[stage], total, cells: authorities.map((authority) => of(stage, authority)), share: total.journeys / largest };
  });
  return {
    authorities: authorities.map((code) => AUTHORITY_NAMES[code]),
    stages,
    journeys: stages.reduce((sum, { total }) => sum + total.journeys, 0),
    overdue: stages.reduce((sum, { total }) => sum + total.overdue, 0),
  };
}

function shownCell(cell: PipelineCell | undefined, stage: Stage, authority: AuthorityCode | null, links: boolean): ShownCell {
  if (!cell) return { journeys: 0, medianDays: null, overdue: 0, onHold: 0, href: null };
  return {
    journeys: cell.journeys,
    medianDays: Math.round(cell.medianDays),
    overdue: cell.overdue,
    onHold: cell.onHold,
    href: links ? worklistPath({ whose: 'everybodys', stage, authority: authority ?? undefined }) : null,
  };
}
