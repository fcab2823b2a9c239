import { Transactions } from '@app/database';
import { AUTHORITY_NAMES } from '@app/authorities';
import { type FoundFamily, searchFamilies, STATUS_NAMES } from '@app/journeys';
import { parseReference, shortDateInWords } from '@app/kernel';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page, redirectTo } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { phoneInWords } from '../in-words';
import { familyPath } from '../paths';
import { STAGE_NAMES } from '../stage-names';

/** Families by name, reference, telephone in any format, mail or postcode; a whole reference leads straight to its page. */
@Controller('staff/search')
@Access('search.use')
export class SearchController {
  constructor(private readonly transactions: Transactions) {}

  @Get()
  async search(@Req() request: Request, @Res() response: Response, @Query('text') text?: unknown): Promise<void> {
    const typed = typeof text === 'string' ? text.trim() : '';
    const { found, more } = await this.transactions.read(actorOf(request), (tx) => searchFamilies(tx, typed));
    const [only] = found;
    if (only && found.length === 1 && [typed, parseReference(typed)].includes(only.reference)) return redirectTo(response, familyPath(only.reference));
    await page(response, 'staff/search/search', { title: typed === '' ? 'Families' : `Families like “${typed.slice(0, 60)}”`, typed, found: found.map(shown), more });
  }
}

const shown = ({ reference, familyName, authority, status, stage, enquiryOn, postcode, phone }: FoundFamily) => ({
  name: familyName,
  href: familyPath(reference),
  reference,
  authority: AUTHORITY_NAMES[authority],
  standing: status === 'open' ? STAGE_NAMES[stage] : STATUS_NAMES[status],
  enquired: shortDateInWords(enquiryOn),
  postcode,
  phone: phoneInWords(phone),
});
