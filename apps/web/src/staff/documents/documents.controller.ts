import { pipeline } from 'node:stream/promises';
import { may } from '@app/access';
import { recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { AddDocument, type AddedDocument, caseOfDocuments, type DocumentRefusal, documentRefusalInWords, documentsOf, MEDIA_TYPES, mayAdd, OpenDocument, RemoveDocument, Scanner } from '@app/documents';
import { Clock, type Result } from '@app/kernel';
import { SETTINGS, type Settings } from '@app/settings';
import { Body, Controller, Get, HttpStatus, Inject, NotFoundException, Param, ParseIntPipe, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { idOrNull } from '../id-or-null';
import { familyPath, panelsPath } from '../paths';
import { documentForm, removalForm } from './documents.form';
import { aboutChoices, partChoices, shownDocuments, subjectPath } from './documents.presenter';
import { documentsPath } from './paths';
import type { IncomingUpload } from './upload';

const STATUSES: Partial<Record<DocumentRefusal['kind'], number>> = { too_large: HttpStatus.PAYLOAD_TOO_LARGE, unscanned: HttpStatus.FORBIDDEN, infected: HttpStatus.FORBIDDEN };
const uuid = new ParseUUIDPipe({ errorHttpStatusCode: HttpStatus.NOT_FOUND });
const number = new ParseIntPipe({ errorHttpStatusCode: HttpStatus.NOT_FOUND });

interface ShownAgain {
  readonly values: FormValues;
  readonly errors: readonly FormError[];
}

/** A family's documents: what is there, adding, opening and removing. */
@Controller('staff/families/:reference/documents')
@Access('journeys.read', 'panels.attend')
export class DocumentsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly addDocument: AddDocument,
    private readonly openDocument: OpenDocument,
    private readonly removeDocument: RemoveDocument,
    private readonly scanner: Scanner,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Query() query: FormValues): Promise<void> {
    const { check, about, title } = query;
    await this.show(request, response, reference, { values: idOrNull(check) === null ? {} : valuesOf({ part: 'assessment', check, about, title }), errors: [] });
  }

  @Post()
  @Access('journeys.work', 'assessments.work', 'panels.manage')
  async add(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    const form = readForm(documentForm, body);
    const { upload } = request;
    const missing = upload ? [] : [{ field: 'file', text: 'Choose the file' }];
    if (!form.ok || !upload) {
      const again = form.ok ? [] : [...form.errors, ...(upload ? [{ field: 'file', text: 'Choose the file again' }] : [])];
      return this.show(request, response, reference, { values: valuesOf(body), errors: [...again, ...missing] }, UNPROCESSABLE);
    }
    await this.take(request, response, reference, valuesOf(body), upload, 'file', (journeyId) => this.addDocument.run(actorOf(request), journeyId, form.value, upload), subjectPath(reference, form.value.subject) ?? undefined);
  }

  @Post(':documentId/versions')
  @Access('journeys.work', 'assessments.work', 'panels.manage')
  async newVersion(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('documentId', uuid) documentId: string): Promise<void> {
    const { upload } = request;
    const field = `file-${documentId}`;
    if (!upload) return this.show(request, response, reference, { values: {}, errors: [{ field, text: 'Choose the file' }] }, UNPROCESSABLE);
    await this.take(request, response, reference, {}, upload, field, (journeyId) => this.addDocument.newVersion(actorOf(request), journeyId, documentId, upload));
  }

  /** Sends a version to be saved, never to be run or shown as a page of ours. */
  @Get(':documentId/versions/:number')
  async open(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('documentId', uuid) documentId: string, @Param('number', number) version: number): Promise<void> {
    const opened = await this.openDocument.run(actorOf(request), { reference, documentId, number: version });
    if (!opened.ok) return this.refuse(request, response, reference, opened.refusal, documentId, {});
    const { content, version: { fileName, kind, bytes } } = opened.value;
    response.attachment(fileName);
    response.setHeader('Content-Type', MEDIA_TYPES[kind]);
    response.setHeader('Content-Length', String(bytes));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Cache-Control', 'private, no-store');
    // A reader who goes away in the middle is no failure of ours.
    await pipeline(content, response).catch((error: unknown) => { request.log.info({ err: error }, 'a document was not read to its end'); });
  }

  @Post(':documentId/remove')
  @Access('journeys.work', 'assessments.work', 'panels.manage')
  async remove(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('documentId', uuid) documentId: string, @Body() body: unknown): Promise<void> {
    const form = readForm(removalForm, body);
    if (!form.ok) return this.show(request, response, reference, { values: {}, errors: [{ field: `why-${documentId}`, text: form.errors[0]?.text ?? '' }] }, UNPROCESSABLE);
    const removed = await this.removeDocument.run(actorOf(request), { reference, documentId, why: form.value.why });
    if (!removed.ok) throw new NotFoundException();
    redirectTo(response, documentsPath(reference), 'The document is removed.');
  }

  private async take(request: Request, response: Response, reference: string, values: FormValues, upload: IncomingUpload, field: string, work: (journeyId: string) => Promise<Result<AddedDocument, DocumentRefusal>>, leadsTo?: string): Promise<void> {
    const ofCase = await this.transactions.read(actorOf(request), (tx) => caseOfDocuments(tx, { reference }));
    const added = ofCase ? await work(ofCase.journeyId) : null;
    upload.content.resume();
    if (!added) throw new NotFoundException();
    if (!added.ok) return this.refuse(request, response, reference, added.refusal, field, values);
    const { title, number: version, scan } = added.value;
    const what = version === 1 ? `“${title}” is added.` : `Version ${String(version)} of “${title}” is added.`;
    const then = { clean: '', unscanned: ' It was not scanned for viruses yet: until then only the family’s own team can open it.', infected: ' A virus was found in it: nobody can open it. Tell whoever sent it.' }[scan];
    redirectTo(response, leadsTo ?? documentsPath(reference), what + then);
  }

  private async refuse(request: Request, response: Response, reference: string, refusal: DocumentRefusal, field: string, values: FormValues): Promise<void> {
    if (refusal.kind === 'not_found') throw new NotFoundException();
    await this.show(request, response, reference, { values, errors: [{ field, text: documentRefusalInWords(refusal) }] }, STATUSES[refusal.kind] ?? UNPROCESSABLE);
  }

  private async show(request: Request, response: Response, reference: string, { values, errors }: ShownAgain = { values: {}, errors: [] }, status = 200): Promise<void> {
    const actor = actorOf(request);
    const read = await this.transactions.run(actor, async (tx) => {
      const ofCase = await caseOfDocuments(tx, { reference });
      if (!ofCase) return null;
      await recordAudit(tx, actor, this.clock.now(), { action: 'documents.read', subjectKind: 'journey', subjectId: ofCase.journeyId, authority: ofCase.authority });
      return { ofCase, documents: await documentsOf(tx, actor, ofCase) };
    });
    if (!read) throw new NotFoundException();
    const { ofCase, documents } = read;
    const parts = partChoices(actor, ofCase);
    await page(
      response,
      'staff/documents/documents',
      {
        title: 'Documents',
        // A panel member reads the papers, not the family's page.
        family: { name: ofCase.name, reference, href: may(actor, 'journeys.read', ofCase.authority) ? familyPath(reference) : null },
        panels: panelsPath(),
        address: documentsPath(reference),
        documents: shownDocuments(actor, ofCase, documents),
        parts,
        abouts: aboutChoices(ofCase),
        mayMarkForPanel: ofCase.hasAssessment && mayAdd(actor, 'assessment', ofCase),
        scannerPresent: this.scanner.present,
        limitMegabytes: this.settings.documentLimitMegabytes,
        errors,
        values: { part: parts[0]?.value ?? '', about: 'family', check: '', ...values },
      },
      status,
    );
  }
}
