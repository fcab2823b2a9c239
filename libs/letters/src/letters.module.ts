import { AssessmentsModule } from '@app/assessments';
import { Module } from '@nestjs/common';
import { AddTemplate } from './use-cases/add-template';
import { SendLetter } from './use-cases/send-letter';

/** Letters to families, referees and panels: drafted from dated wordings, changed, sent, kept as sent. */
@Module({ imports: [AssessmentsModule], providers: [AddTemplate, SendLetter], exports: [AddTemplate, SendLetter] })
export class LettersModule {}
