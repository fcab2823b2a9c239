import { JourneysModule } from '@app/journeys';
import { Module } from '@nestjs/common';
import { EnquiryDrafts } from './use-cases/enquiry-drafts';
import { LogEnquiry } from './use-cases/log-enquiry';
import { ReceiveEnquiry } from './use-cases/receive-enquiry';
import { ScreenContact } from './use-cases/screen-contact';

/** How enquiries come in: received, routed, screened, acknowledged. */
@Module({ imports: [JourneysModule], providers: [ReceiveEnquiry, LogEnquiry, EnquiryDrafts, ScreenContact], exports: [ReceiveEnquiry, LogEnquiry, EnquiryDrafts, ScreenContact] })
export class EnquiriesModule {}
