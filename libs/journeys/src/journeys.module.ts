import { Module, type OnModuleInit } from '@nestjs/common';
import { ImportJourneys } from './import/import-journeys';
import { STAGES } from './rules/milestones';
import { faultsOfTable, MOVES } from './rules/moves';
import { AssignJourney, MarkKinship, MarkSafeguarding, RouteJourney } from './use-cases/assign-and-mark';
import { CorrectHistory } from './use-cases/correct-history';
import { EditApplicants, EditHome, EditMembers } from './use-cases/edit-family';
import { CloseJourney, HoldJourney, ReopenJourney, ResumeJourney } from './use-cases/hold-and-close';
import { JourneyChanges } from './use-cases/journey-changes';
import { LeaveStaff } from './use-cases/leave-staff';
import { AddNote, LogAttempt, LogConversation } from './use-cases/log-response';
import { MergeJourneys } from './use-cases/merge-journeys';
import { MoveJourney } from './use-cases/move-journey';
import { TellApart } from './use-cases/tell-apart';

const useCases = [
  LogConversation, LogAttempt, AddNote, MoveJourney, HoldJourney, ResumeJourney, CloseJourney, ReopenJourney,
  AssignJourney, MarkKinship, MarkSafeguarding, RouteJourney, CorrectHistory, MergeJourneys, TellApart, EditHome, EditApplicants, EditMembers,
  ImportJourneys, LeaveStaff,
];

/** Households and their journeys: everything that can happen to one between the enquiry and its end. */
@Module({ providers: [JourneyChanges, ...useCases], exports: [JourneyChanges, ...useCases] })
export class JourneysModule implements OnModuleInit {
  /** A transition table with a dead end stops the process before anybody is led into it. */
  onModuleInit(): void {
    const faults = faultsOfTable(MOVES, STAGES, 'enquiry', 'approved');
    if (faults.length > 0) throw new Error(`The transition table is faulty: ${faults.join('; ')}`);
  }
}
