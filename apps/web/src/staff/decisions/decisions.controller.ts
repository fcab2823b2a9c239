import { may } from '@app/access';
import { AUTHORITY_CODES, isCouncil } from '@app/authorities';
import { awaitingDecision } from '@app/assessments';
import { Transactions } from '@app/database';
import { Clock, localDateOf, shortDateInWords } from '@app/kernel';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { daysLeftInWords } from '../assessments/tracks.presenter';
import { assessmentPath } from '../paths';
import { RECOMMENDATION_WORDS } from './decision-steps';

/** The agency decision maker's home: who waits for a decision, the one that is due first on top. */
@Controller('staff/decisions')
@Access('decisions.make')
export class DecisionsController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const actor = actorOf(request);
    const today = localDateOf(this.clock.now());
    const waiting = await this.transactions.read(actor, async (tx) => {
      const all = [];
      for (const code of AUTHORITY_CODES) if (isCouncil(code) && may(actor, 'decisions.make', code)) all.push(...(await awaitingDecision(tx, code)));
      return all;
    });
    await page(response, 'staff/decisions/decisions', {
      title: 'Decisions',
      rows: waiting.map(({ name, reference, recommendation, dueOn, step }) => ({
        name,
        reference,
        href: assessmentPath(reference, undefined, 'decision'),
        step: STEPS[step],
        recommendation: recommendation ? `The panel: ${RECOMMENDATION_WORDS[recommendation]}` : 'No panel needed',
        due: dueOn ? `${shortDateInWords(dueOn)}, ${daysLeftInWords(dueOn, today)}` : 'No time limit in law',
        late: dueOn !== null && dueOn < today,
      })),
    });
  }
}

const STEPS = { decide: 'Decide', decide_finally: 'Decide finally, after representations' } as const;
