export { type EnquiryConfirmation, FOSTERS_NOW_NAMES, type FostersNow, INTEREST_NAMES, type Interest, INTERESTS, type ReceivedEnquiry, type SpareRoom } from './rules/enquiry';
export { isHeld, SUSPICION_WORDS, type Suspicion, SUSPICIONS } from './rules/screening';
export { EnquiriesModule } from './enquiries.module';
export { type HeldEnquiry, heldContacts } from './queries/held-contacts';
export { type DuplicateQuestion, type KnownHousehold, type Likeness, possibleDuplicates, type PossibleDuplicates } from './queries/possible-duplicates';
export { DRAFT_LIVES_HOURS, type EnquiryDraft, EnquiryDrafts } from './use-cases/enquiry-drafts';
export { type EnquiryToLog, LogEnquiry, type LoggedEnquiry, type LogRefusal } from './use-cases/log-enquiry';
export { receiveEnquiry, ReceiveEnquiry } from './use-cases/receive-enquiry';
export { ScreenContact, type ScreeningRefusal } from './use-cases/screen-contact';
