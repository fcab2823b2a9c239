import type { StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { familyPage, type FamilyPage } from '@app/journeys';
import { Clock, dateInWords, localDateOf, newId } from '@app/kernel';
import { type DraftLetter, draftLetter, isLetterCode, type Letter, type LetterAbout, LETTER_CODES, type LetterCode, type LetterRefusal, letterRefusalInWords, LETTERS, lettersOf, lettersThatFit, maySend, refusalOf, SendLetter } from '@app/letters';
import { Body, Controller, Get, HttpStatus, NotFoundException, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { type FormError, listInWords } from '../../platform/words';
import { idOrNull } from '../id-or-null';
import { familyPath } from '../paths';
import { aboutForm, letterForm } from './letters.form';
import { letterPath, lettersPath, newLetterPath } from './paths';

const FIELDS: Readonly<Record<LetterRefusal['kind'], string>> = { not_found: 'body', nobody: 'to', no_email: 'way', open_places: 'body' };
const uuid = new ParseUUIDPipe({ errorHttpStatusCode: HttpStatus.NOT_FOUND });

/** A letter that is being written: the family, and the draft with everything filled in that is known. */
interface Writing {
  readonly family: FamilyPage;
  readonly draft: DraftLetter;
  readonly about: LetterAbout;
}

/** A family's letters: those that were sent, and writing one. */
@Controller('staff/families/:reference/letters')
@Access('journeys.read')
export class LettersController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly sendLetter: SendLetter,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    const actor = actorOf(request);
    const { family, letters, fitting } = await this.read(actor, reference, null);
    // A reminder is written from its check.
    const writable = LETTER_CODES.filter((code) => code !== 'chaser' && maySend(actor, code, family.journey)).map((code) => ({ href: newLetterPath(reference, code), text: LETTERS[code].name, fits: fitting.includes(code) }));
    await page(response, 'staff/letters/letters', {
      title: 'Letters',
      family: shownFamily(family),
      letters: letters.map((letter) => ({ href: letterPath(reference, letter.id), subject: letter.subject, ...inWords(family, letter) })),
      fitting: writable.filter(({ fits }) => fits),
      others: writable.filter(({ fits }) => !fits),
    });
  }

  @Get('new/:code')
  @Access('journeys.work', 'assessments.work', 'panels.manage', 'decisions.make')
  async write(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('code') code: string, @Query('check') check?: unknown, @Query('to') alone?: unknown): Promise<void> {
    const about = { checkId: idOrNull(check), applicantId: idOrNull(alone) };
    const writing = await this.writing(actorOf(request), reference, code, about);
    const { subject, body, recipients } = writing.draft;
    const values = { subject, body, to: recipients.map((_recipient, index) => String(index)), way: recipients.every(({ email }) => email !== null) ? 'email' : 'post', sentKey: newId(), check: about.checkId ?? '', alone: about.applicantId ?? '' };
    await this.form(response, writing, values, []);
  }

  @Post('new/:code')
  @Access('journeys.work', 'assessments.work', 'panels.manage', 'decisions.make')
  async take(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('code') code: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const form = readForm(letterForm, body);
    const { check: checkId, alone: applicantId } = aboutForm.parse(body ?? {});
    const writing = await this.writing(actor, reference, code, { checkId, applicantId });
    if (!form.ok) return this.form(response, writing, form.values, form.errors);
    const { step, sentKey, to, ...typed } = form.value;
    // To whom it can go is known here: the form only chooses among them.
    const recipients = to.flatMap((index) => writing.draft.recipients[Number(index)] ?? []);
    const values = { ...valuesOf(body), sentKey };
    const refusal = refusalOf({ ...typed, recipients });
    if (step === 'change') return this.form(response, writing, values, [], HttpStatus.OK);
    if (refusal) return this.form(response, writing, values, [errorOf(refusal)]);
    if (step === 'preview') {
      return page(response, 'staff/letters/preview', { title: LETTERS[writing.draft.code].name, family: shownFamily(writing.family), address: newLetterPath(reference, writing.draft.code), recipients: recipients.map(({ name, email }) => (typed.way === 'email' && email ? `${name}, ${email}` : name)), alone: aloneInWords(writing.family, recipients), today: dateInWords(localDateOf(this.clock.now())), values: { ...values, ...typed, to } });
    }
    const sent = await this.sendLetter.run(actor, { reference, code: writing.draft.code, templateId: writing.draft.templateId, recipients, ...typed, sentKey, checkId });
    if (!sent.ok) {
      if (sent.refusal.kind === 'not_found') throw new NotFoundException();
      return this.form(response, writing, values, [errorOf(sent.refusal)]);
    }
    const done = typed.way === 'email' ? `The letter goes to ${listInWords(recipients.map(({ name }) => name))} by email.` : 'The letter is kept as posted.';
    redirectTo(response, letterPath(reference, sent.value.letterId), sent.value.noted ? done : `${done} It could not be noted in the assessment: record the day there.`);
  }

  @Get(':letterId')
  async show(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('letterId', uuid) letterId: string): Promise<void> {
    const { family, letters } = await this.read(actorOf(request), reference, letterId);
    const [letter] = letters;
    if (!letter) throw new NotFoundException();
    await page(response, 'staff/letters/letter', { title: letter.subject, family: shownFamily(family), back: lettersPath(reference), letter: { ...letter, ...inWords(family, letter) } });
  }

  private async read(actor: StaffActor, reference: string, letterId: string | null): Promise<{ readonly family: FamilyPage; readonly letters: readonly Letter[]; readonly fitting: readonly LetterCode[] }> {
    const read = await this.transactions.run(actor, async (tx) => {
      const family = await familyPage(tx, reference);
      if (!family) return null;
      const { journey } = family;
      await recordAudit(tx, actor, this.clock.now(), { action: letterId === null ? 'letters.read' : 'letter.read', subjectKind: 'journey', subjectId: journey.id, authority: journey.authority, ...(letterId === null ? {} : { detail: { letterId } }) });
      return { family, letters: await lettersOf(tx, actor, journey, letterId), fitting: await lettersThatFit(tx, journey) };
    });
    if (!read) throw new NotFoundException();
    return read;
  }

  private async writing(actor: StaffActor, reference: string, code: string, about: LetterAbout): Promise<Writing> {
    const writing = isLetterCode(code) ? await this.transactions.read(actor, (tx) => this.draft(tx, actor, reference, code, about)) : null;
    if (!writing) throw new NotFoundException();
    return writing;
  }

  private async draft(tx: EntityManager, actor: StaffActor, reference: string, code: LetterCode, about: LetterAbout): Promise<Writing | null> {
    const family = await familyPage(tx, reference);
    if (!family || !maySend(actor, code, family.journey)) return null;
    const draft = await draftLetter(tx, actor, family.journey, code, localDateOf(this.clock.now()), about);
    return draft && { family, draft, about };
  }

  private async form(response: Response, { family, draft, about }: Writing, values: FormValues, errors: readonly FormError[], status: number = errors.length > 0 ? UNPROCESSABLE : HttpStatus.OK): Promise<void> {
    const { reference } = family.journey;
    await page(
      response,
      'staff/letters/write',
      {
        title: LETTERS[draft.code].name,
        family: shownFamily(family),
        back: lettersPath(reference),
        address: newLetterPath(reference, draft.code),
        addressed: addressedChoices(family, draft, about),
        recipients: draft.recipients.map(({ name, email }, index) => ({ value: String(index), text: name, hint: { text: email ?? 'No email address' } })),
        values: { ...values, to: [values['to'] ?? []].flat() },
        errors,
      },
      status,
    );
  }
}

const errorOf = (refusal: LetterRefusal): FormError => ({ field: FIELDS[refusal.kind], text: letterRefusalInWords(refusal) });

const shownFamily = ({ name, journey: { reference } }: FamilyPage) => ({ name, reference, href: familyPath(reference) });

/** To both applicants, or to one of them alone: each as a link to its own draft. */
function addressedChoices({ applicants, journey }: FamilyPage, { code }: DraftLetter, { applicantId = null }: LetterAbout) {
  if (LETTERS[code].to !== 'applicants' || applicants.length < 2) return [];
  const choice = (text: string, id: string | null) => ({ text, href: newLetterPath(journey.reference, code, id === null ? {} : { to: id }), current: applicantId === id });
  return [choice(`To ${listInWords(applicants.map(({ firstName }) => firstName))}`, null), ...applicants.map(({ id, firstName }) => choice(`To ${firstName} alone`, id))];
}

/** Says so of a letter to one of several applicants. */
function aloneInWords({ applicants }: FamilyPage, recipients: DraftLetter['recipients']): string | null {
  const [first, ...others] = recipients;
  return first?.applicantId && others.length === 0 && applicants.length > 1 ? `It goes to ${first.name} alone, and is kept as confidential from the other applicant.` : null;
}

const inWords = ({ applicants }: FamilyPage, { code, applicantId, recipients, way, sentOn, sentByName }: Letter) => ({
  kind: LETTERS[code].name,
  confidential: applicantId === null ? null : `Confidential to ${applicants.find(({ id }) => id === applicantId)?.firstName ?? 'one applicant'}`,
  to: listInWords(recipients.map(({ name }) => name)),
  sent: `${way === 'email' ? 'By email' : 'Posted'}, ${dateInWords(sentOn)}${sentByName ? `, by ${sentByName}` : ''}`,
});
