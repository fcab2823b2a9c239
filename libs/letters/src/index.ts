export { LettersModule } from './letters.module';
export { isLetterCode, LETTER_CODES, type LetterCode, letterOfDecision, LETTERS, PLACEHOLDER_MEANINGS } from './rules/letter-codes';
export { openPlaces, wordingRefusalInWords } from './rules/wording';
export { type DraftLetter, draftLetter, type LetterAbout, maySend } from './queries/draft-letter';
export { type Addressee, type Letter, lettersOf, mayReadLetters, type Recipient } from './queries/letters-of';
export { lettersThatFit } from './queries/letters-that-fit';
export { type LetterTemplate, templateInForce, templatesOf } from './queries/templates';
export { AddTemplate, type NewTemplate, type TemplateRefusal } from './use-cases/add-template';
export { type LetterRefusal, letterRefusalInWords, type LetterToSend, refusalOf, SendLetter, type SentLetter } from './use-cases/send-letter';
