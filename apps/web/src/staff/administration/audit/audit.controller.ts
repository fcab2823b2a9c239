import { staffList } from '@app/access';
import { auditedActions, auditEntries, type AuditFilters, recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { Clock } from '@app/kernel';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { page } from '../../../platform/page';
import { actorOf } from '../../../platform/request';
import { one } from '../../fields';
import { auditPath } from '../paths';
import { actionInWords } from './action-words';
import { type AuditQuestion, auditRow } from './audit.page';

const ON_A_PAGE = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The trail: who read or changed what, when and from where. Looking into it leaves a line too. */
@Controller('staff/administration/audit')
@Access('audit.read')
export class AuditController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response, @Query() query: Readonly<Record<string, unknown>>): Promise<void> {
    const actor = actorOf(request);
    const question: AuditQuestion = { who: one(query['who']), what: one(query['what']), about: one(query['about']).trim().slice(0, 200) };
    const before = one(query['before']);
    const filters: AuditFilters = {
      ...(UUID.test(question.who) ? { staffId: question.who } : {}),
      ...(question.what !== '' ? { action: question.what } : {}),
      ...(question.about !== '' ? { subjectId: question.about } : {}),
      ...(/^\d{1,18}$/.test(before) ? { before } : {}),
    };
    const { entries, staff, actions } = await this.transactions.run(actor, async (tx) => {
      const found = await auditEntries(tx, filters, ON_A_PAGE + 1);
      await recordAudit(tx, actor, this.clock.now(), { action: 'audit.read', subjectKind: 'audit', subjectId: question.about || 'all', detail: { ...filters } });
      return { entries: found, staff: await staffList(tx), actions: await auditedActions(tx) };
    });
    const names = new Map(staff.map(({ staffId, name }) => [staffId, name]));
    const shown = entries.slice(0, ON_A_PAGE);
    await page(response, 'staff/administration/audit/audit', {
      title: 'Audit',
      rows: shown.map((entry) => auditRow(entry, question, names)),
      staffChoices: [{ value: '', text: 'Everybody' }, ...staff.map(({ staffId, name }) => ({ value: staffId, text: name }))],
      actionChoices: [{ value: '', text: 'Everything' }, ...actions.map((action) => ({ value: action, text: actionInWords(action) })).sort((left, right) => left.text.localeCompare(right.text, 'en-GB'))],
      values: question,
      active: activeFilters(question, names),
      clearHref: auditPath(),
      newestHref: before === '' ? null : auditPath({ ...question }),
      olderHref: entries.length > ON_A_PAGE ? auditPath({ ...question, before: shown.at(-1)?.id }) : null,
    });
  }
}

function activeFilters(question: AuditQuestion, names: ReadonlyMap<string, string>): readonly object[] {
  const { who, what, about } = question;
  return [
    ...(who ? [{ text: names.get(who) ?? 'Somebody unknown', removeHref: auditPath({ ...question, who: '' }) }] : []),
    ...(what ? [{ text: actionInWords(what), removeHref: auditPath({ ...question, what: '' }) }] : []),
    ...(about ? [{ text: `About ${names.get(about) ?? about}`, removeHref: auditPath({ ...question, about: '' }) }] : []),
  ];
}
