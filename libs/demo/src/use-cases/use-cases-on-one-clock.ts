import { ArrangePanel, AssessmentChanges, CarryStage2, DecideStage1, HoldTrack, MakeDecision, OpenFile, RecordCheck, TakeToPanel } from '@app/assessments';
import { CarerChanges, KeepCarer, RegisterCarer } from '@app/carers';
import { type Transactions } from '@app/database';
import { SendAlert } from '@app/deadlines';
import { LogEnquiry, ReceiveEnquiry, ScreenContact } from '@app/enquiries';
import { AddNote, AssignJourney, CloseJourney, CorrectHistory, EditApplicants, EditHome, EditMembers, HoldJourney, JourneyChanges, LogAttempt, LogConversation, MarkKinship, MarkSafeguarding, MergeJourneys, MoveJourney, ReopenJourney, ResumeJourney, RouteJourney } from '@app/journeys';
import type { Clock } from '@app/kernel';
import { SendLetter } from '@app/letters';
import { DeliverEmail } from '@app/notifications';
import { NoMailer } from '../persistence/no-mailer';

/** The use cases that stories are lived through, as people and the worker use them, on a clock that can be moved. */
export function useCasesOnOneClock(transactions: Transactions, clock: Clock, publicUrl: string) {
  const changes = new JourneyChanges(transactions, clock);
  const logConversation = new LogConversation(changes);
  const files = new AssessmentChanges(changes);
  const carers = new CarerChanges(transactions, clock);
  const checks = new RecordCheck(files);
  const stage1 = new DecideStage1(files);
  const decision = new MakeDecision(files);
  return {
    openFile: new OpenFile(transactions, clock),
    checks,
    stage1,
    stage2: new CarryStage2(files),
    track: new HoldTrack(files),
    arrangePanel: new ArrangePanel(transactions, clock),
    panel: new TakeToPanel(files),
    decision,
    sendLetter: new SendLetter(transactions, clock, stage1, decision, checks),
    registerCarer: new RegisterCarer(carers),
    keepCarer: new KeepCarer(carers),
    receiveEnquiry: new ReceiveEnquiry(transactions, clock),
    logEnquiry: new LogEnquiry(transactions, clock, logConversation),
    screenContact: new ScreenContact(transactions, clock),
    sendAlert: new SendAlert(transactions, clock, { publicUrl }),
    deliverEmail: new DeliverEmail(transactions, new NoMailer(), clock),
    assign: new AssignJourney(changes),
    logAttempt: new LogAttempt(changes),
    logConversation,
    addNote: new AddNote(changes),
    editHome: new EditHome(changes),
    editApplicants: new EditApplicants(changes),
    editMembers: new EditMembers(changes),
    move: new MoveJourney(changes),
    correct: new CorrectHistory(changes),
    hold: new HoldJourney(changes),
    resume: new ResumeJourney(changes),
    close: new CloseJourney(changes),
    reopen: new ReopenJourney(changes),
    route: new RouteJourney(changes),
    merge: new MergeJourneys(changes),
    markKinship: new MarkKinship(changes),
    markSafeguarding: new MarkSafeguarding(changes),
  };
}
