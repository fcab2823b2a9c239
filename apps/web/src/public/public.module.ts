import { ConstellationsModule } from '@app/constellations';
import { EnquiriesModule } from '@app/enquiries';
import { Module } from '@nestjs/common';
import { EnquireController } from './enquire/enquire.controller';
import { EnquiryLimits } from './enquire/enquiry-limits';
import { OwnDrafts } from './enquire/own-draft';
import { PublicPagesController } from './pages/public-pages.controller';
import { ReplyController } from './reply/reply.controller';

/** What people see who think about fostering. */
@Module({ imports: [ConstellationsModule, EnquiriesModule], controllers: [PublicPagesController, EnquireController, ReplyController], providers: [EnquiryLimits, OwnDrafts] })
export class PublicModule {}
