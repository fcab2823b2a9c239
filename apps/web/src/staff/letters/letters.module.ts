import { JourneysModule } from '@app/journeys';
import { LettersModule } from '@app/letters';
import { Module } from '@nestjs/common';
import { LettersController } from './letters.controller';
import { LetterTemplatesController } from './templates.controller';

/** The pages of letters, and of their wordings. */
@Module({ imports: [JourneysModule, LettersModule], controllers: [LettersController, LetterTemplatesController] })
export class LetterPagesModule {}
