import { JourneysModule } from '@app/journeys';
import { Module } from '@nestjs/common';
import { EnquiryDrafts } from './use-cases/enquiry-drafts';
import { LogEnquiry } from './use-cases/log-enquiry';
import { ReceiveEnquiry } from './use-cases/receive-enquiry';
import { ReceiveFromWebsite } from './use-cases/receive-from-website';
import { ScreenContact } from './use-cases/screen-contact';
import { TellOfHeld } from './use-cases/tell-of-held';

const useCases = [ReceiveEnquiry, ReceiveFromWebsite, LogEnquiry, EnquiryDrafts, ScreenContact, TellOfHeld];

/** How enquiries come in: received, routed, screened, acknowledged. */
@Module({ imports: [JourneysModule], providers: useCases, exports: useCases })
export class EnquiriesModule {}
