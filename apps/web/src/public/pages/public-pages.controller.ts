import { AUTHORITY_NAMES, authorityDetails, type Council, HOST_COUNCIL } from '@app/authorities';
import { rows, Transactions } from '@app/database';
import { timeLimits } from '@app/deadlines';
import { Clock, localDateOf } from '@app/kernel';
import { type Settings, SETTINGS } from '@app/settings';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { sessionCookieName } from '../../platform/sessions';
import { listInWords } from '../../platform/words';
import { draftCookieName } from '../enquire/draft-cookie';
import { DRAFT_LIVES, keepingPeriods } from './keeping-periods';
import { standardsInWords } from './standards-in-words';

/** The pages that anybody may read: what fostering is, how it goes, and where to turn. */
@Controller()
@Access('public')
export class PublicPagesController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async start(@Res() response: Response): Promise<void> {
    const model = await this.transactions.read({ kind: 'public' }, async (tx) => ({ standards: await this.standards(tx), councils: await this.councils(tx) }));
    await page(response, 'public/pages/start', { title: 'Foster with your local council', ...model, places: model.councils.map(({ place }) => place) });
  }

  @Get('what-is-fostering')
  async whatIsFostering(@Res() response: Response): Promise<void> {
    const standards = await this.transactions.read({ kind: 'public' }, (tx) => this.standards(tx));
    await page(response, 'public/pages/what-is-fostering', { title: 'What fostering is', standards });
  }

  @Get('worried-about-a-child')
  async worriedAboutAChild(@Res() response: Response): Promise<void> {
    await page(response, 'public/pages/worried-about-a-child', { title: 'Worried about a child?' });
  }

  @Get('privacy')
  async privacy(@Res() response: Response): Promise<void> {
    const councils = await this.transactions.read({ kind: 'public' }, (tx) => this.councils(tx));
    const host = councils.find(({ authority }) => authority === HOST_COUNCIL)?.name;
    await page(response, 'public/pages/privacy', { title: 'Privacy notice', retention: keepingPeriods, host });
  }

  @Get('cookies')
  async cookies(@Res() response: Response): Promise<void> {
    const cookies = [
      { name: draftCookieName(this.settings.publicUrl), purpose: 'Finds your answers again while you fill in the enquiry form.', lasts: DRAFT_LIVES },
      { name: sessionCookieName(this.settings.publicUrl), purpose: 'Makes sure that a form comes from the page that we showed you. Keeps staff signed in.', lasts: 'Until you close your browser' },
    ];
    await page(response, 'public/pages/cookies', { title: 'Cookies', cookies });
  }

  @Get('accessibility')
  async accessibility(@Res() response: Response): Promise<void> {
    await page(response, 'public/pages/accessibility', { title: 'Accessibility statement' });
  }

  private async standards(tx: EntityManager): Promise<ReturnType<typeof standardsInWords>> {
    return standardsInWords(await timeLimits(tx), localDateOf(this.clock.now()));
  }

  /** Each council with the part of the region that it looks after. */
  private async councils(tx: EntityManager): Promise<{ authority: Council; name: string; place: string; area: string }[]> {
    const details = await authorityDetails(tx, localDateOf(this.clock.now()));
    const districts = await rows<{ authority: Council; names: string[] }>(tx, 'SELECT authority, array_agg(name ORDER BY name) AS names FROM districts GROUP BY authority');
    return details.map(({ authority, name }) => {
      const names = districts.find((each) => each.authority === authority)?.names ?? [];
      const place = AUTHORITY_NAMES[authority];
      return { authority, name, place, area: names.length > 1 ? listInWords(names) : `The city of ${place}` };
    });
  }
}
