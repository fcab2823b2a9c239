import { may } from '@app/access';
import { anyBlockerInWords, assessmentFile, CarryStage2, isReportSection, REPORT_SECTIONS, type ReportSectionCode } from '@app/assessments';
import { recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { familyPage } from '@app/journeys';
import { Clock, momentInWords, timeInWords } from '@app/kernel';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access';
import { type FormValues, readForm, valuesOf } from '../../platform/forms';
import { page, redirectTo, UNPROCESSABLE } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FormError } from '../../platform/words';
import { one, ticked } from '../fields';
import { assessmentPath } from '../paths';

const CONFLICT = 409;
const LONGEST = 60_000;
const writing = z.preprocess((given) => one(given).replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, ''), z.string().max(LONGEST, `Use ${LONGEST.toLocaleString('en-GB')} characters or fewer`));
const sectionForm = z.object({ body: writing, evidence: writing, ready: ticked, section_version: z.preprocess((given) => Number(one(given) || NaN), z.number('Open this section again from the file').int()) });

/** What somebody else saved while a section was open. */
interface Theirs {
  readonly body: string;
  readonly evidence: string;
  readonly version: number;
}

interface Again {
  readonly values: FormValues;
  readonly errors: readonly FormError[];
  readonly theirs?: Theirs;
}

/** The sections of the report, one a page: written here, saved by hand and (with a script) every while. Two who write at once are told, and nothing of either is lost. */
@Controller('staff/families/:reference/assessment/report')
@Access('assessments.read')
export class ReportController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly stage2: CarryStage2,
  ) {}

  @Get(':code')
  async show(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('code') code: string): Promise<void> {
    await this.showSection(request, response, reference, code, null);
  }

  @Post(':code')
  @Access('assessments.work')
  async save(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Param('code') code: string, @Body() body: unknown): Promise<void> {
    const actor = actorOf(request);
    const unasked = request.accepts(['html', 'json']) === 'json';
    const family = await this.transactions.read(actor, (tx) => familyPage(tx, reference));
    if (!family || !isReportSection(code) || !may(actor, 'assessments.work', family.journey.authority)) throw new NotFoundException();
    const read = readForm(sectionForm, body);
    if (!read.ok) return unasked ? void response.status(UNPROCESSABLE).json({ errors: read.errors }) : this.showSection(request, response, reference, code, read);
    const { section_version: sectionVersion, ...written } = read.value;
    const saved = await this.stage2.saveSection(actor, { journeyId: family.journey.id, code, ...written, sectionVersion });
    if (saved.ok) {
      if (unasked) return void response.json({ version: sectionVersion + 1, words: `Saved at ${timeInWords(this.clock.now())}` });
      return redirectTo(response, assessmentPath(reference, undefined, 'stage-2'), 'The section is saved.');
    }
    const [blocker] = saved.refusal.blockers;
    const theirs = blocker?.kind === 'somebody_else_saved' ? blocker : undefined;
    const words = saved.refusal.blockers.map(anyBlockerInWords);
    if (unasked) return void response.status(theirs ? CONFLICT : UNPROCESSABLE).json({ words: words.join(' '), ...(theirs ? { theirs } : {}) });
    await this.showSection(request, response, reference, code, { values: valuesOf(body), errors: words.map((text) => ({ field: 'body', text })), ...(theirs ? { theirs } : {}) });
  }

  private async showSection(request: Request, response: Response, reference: string, code: string, again: Again | null): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const found = await this.transactions.run(actor, async (tx) => {
      const family = await familyPage(tx, reference);
      if (!family || !may(actor, 'assessments.read', family.journey.authority)) return null;
      const file = await assessmentFile(tx, family.journey, now);
      const section = file?.sections.find((candidate) => candidate.code === code);
      if (!file || !section) return null;
      if (!again) await recordAudit(tx, actor, now, { action: 'assessment.section_read', subjectKind: 'journey', subjectId: family.journey.id, authority: family.journey.authority, detail: { section: code } });
      return { family, file, section };
    });
    if (!found) throw new NotFoundException();
    const { family, file, section } = found;
    const version = again?.theirs?.version ?? section.version;
    await page(
      response,
      'staff/assessments/section',
      {
        title: nameOf(section.code),
        caption: `${family.name}, ${reference}`,
        back: assessmentPath(reference, undefined, 'stage-2'),
        address: assessmentPath(reference, `report/${code}`),
        writes: may(actor, 'assessments.work', family.journey.authority) && family.journey.status === 'open' && file.assessment.stage2EndedOn === null,
        section,
        saved: section.savedAt && `Last saved ${momentInWords(section.savedAt)}${section.savedByName ? ` by ${section.savedByName}` : ''}.`,
        version,
        theirs: again?.theirs ?? null,
        values: again?.values ?? { body: section.body, evidence: section.evidence, ready: section.state === 'ready' ? 'yes' : '' },
        errors: again?.errors ?? [],
      },
      again?.theirs ? CONFLICT : again ? UNPROCESSABLE : 200,
    );
  }
}

const nameOf = (code: ReportSectionCode): string => REPORT_SECTIONS.find((section) => section.code === code)?.name ?? code;
