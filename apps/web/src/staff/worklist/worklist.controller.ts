import { may, type StaffActor } from '@app/access';
import { Transactions } from '@app/database';
import { assignableStaff, MOST_TEXT_MATCHES, openJourneysMatching, sidesOf, staffLoads, usuallyLooksAfter, worklist, worklistCounts, type WorklistGroup, worklistOverview, worklistSources } from '@app/journeys';
import { Clock } from '@app/kernel';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';
import type { FamilyForm } from '../families/family-form';
import { FamilyForms } from '../families/family-forms';
import { assignForm } from '../families/forms/assign.form';
import { contactForm } from '../families/forms/contact.form';
import { resumeForm } from '../families/forms/hold.form';
import { moveForm } from '../families/forms/move.form';
import { routeForm } from '../families/forms/route.form';
import { heldPath, loadsPath, logEnquiryPath, recordsPath } from '../paths';
import { heldCount } from '../held/held-count';
import { loadRows } from './loads.presenter';
import { readWorklistAddress, type RowBox, type WorklistAddress } from './worklist-address';
import { type AddressBook, changed, GROUP_NAMES, shownFilters, shownGroup } from './worklist.presenter';

const ROWS_A_PAGE = 50;
const LOADS_SHOWN = 8;
const ALWAYS_NAMED: readonly WorklistGroup[] = ['overdue', 'today', 'back', 'next', 'waiting', 'held'];

const BOX_FORMS: Readonly<Record<RowBox, FamilyForm<unknown>>> = { contact: contactForm, move: moveForm, assign: assignForm, route: routeForm, resume: resumeForm };

/** The worklist: who needs somebody now, the overdue on top, with the reason in words and the likeliest thing to do as a button. */
@Controller('staff/worklist')
@Access('worklist.read')
export class WorklistController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly forms: FamilyForms,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const usually = usuallyLooksAfter(actor);
    const book: AddressBook = { address: readWorklistAddress(request.query, usually), usually };
    const model = await this.transactions.read(actor, async (tx) => {
      const { counts, groups, textFitsTooMany } = await this.read(tx, actor, now, book.address);
      const [sources, colleagues] = [await worklistSources(tx), await assignableStaff(tx, null)];
      return {
        filters: shownFilters(actor, counts, sources, colleagues, book),
        tabs: ALWAYS_NAMED.map((group) => ({ text: GROUP_NAMES[group], count: counts.groups[group], href: changed(book, { group }), current: book.address.group === group })),
        groups: groups.map(({ group, page: found }) => shownGroup(actor, group, found, counts.groups[group], now, book)),
        loads: may(actor, 'journeys.assign') && usually === 'everybodys' ? loadRows(await staffLoads(tx, now), LOADS_SHOWN) : null,
        held: may(actor, 'enquiries.screen') ? await heldCount(tx) : 0,
        opened: book.address.open ? await this.opened(tx, actor, book) : null,
        textFitsTooMany,
      };
    });
    await page(response, 'staff/worklist/worklist', {
      title: book.address.group ? GROUP_NAMES[book.address.group] : 'Worklist',
      ...model,
      // The box of a row shows its form as it does on a page of its own.
      form: model.opened?.form ?? null,
      values: model.opened?.values ?? {},
      errors: [],
      allHref: book.address.group ? changed(book, { group: null }) : null,
      heldHref: heldPath(),
      loadsHref: loadsPath(),
      recordsHref: may(actor, 'journeys.work') ? recordsPath() : null,
      logEnquiryHref: may(actor, 'enquiries.log') ? logEnquiryPath() : null,
    });
  }

  @Get('loads')
  async loads(@Req() request: Request, @Res() response: Response): Promise<void> {
    const rows = await this.transactions.read(actorOf(request), (tx) => staffLoads(tx, this.clock.now()));
    await page(response, 'staff/worklist/loads', { title: 'Who has how much', loads: loadRows(rows) });
  }

  private async read(tx: EntityManager, actor: StaffActor, now: Date, { filters, group, after }: WorklistAddress) {
    const reader = { staffId: actor.staffId, sides: sidesOf(actor), now };
    if (group === null) return worklistOverview(tx, reader, filters);
    const among = await openJourneysMatching(tx, filters.text ?? '');
    const counts = await worklistCounts(tx, reader, filters, among);
    const found = await worklist(tx, reader, { group, filters, among, atMost: ROWS_A_PAGE, ...(after ? { after } : {}) });
    return { counts, groups: found.rows.length > 0 ? [{ group, page: found }] : [], textFitsTooMany: among !== null && among.length >= MOST_TEXT_MATCHES };
  }

  private opened(tx: EntityManager, actor: StaffActor, { address, usually }: AddressBook) {
    const open = address.open;
    if (!open) return null;
    const back = changed({ address, usually }, { after: address.after });
    return this.forms.box(tx, actor, open.reference, BOX_FORMS[open.box], back);
  }
}
