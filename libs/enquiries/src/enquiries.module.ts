import { Module } from '@nestjs/common';
import { EnquiryDrafts } from './use-cases/enquiry-drafts';
import { ReceiveEnquiry } from './use-cases/receive-enquiry';
import { ScreenContact } from './use-cases/screen-contact';

/** How enquiries come in: received, routed, screened, acknowledged. */
@Module({ providers: [ReceiveEnquiry, EnquiryDrafts, ScreenContact], exports: [ReceiveEnquiry, EnquiryDrafts, ScreenContact] })
export class EnquiriesModule {}
