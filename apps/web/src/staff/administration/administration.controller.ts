import { type Action, may } from '@app/access';
import { publishedBankHolidays, publishedUntil } from '@app/authorities';
import { lastRecordsCheck } from '@app/journeys';
import { Transactions } from '@app/database';
import { Clock, localDateOf } from '@app/kernel';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { limitsPath } from '../constellations/paths';
import { letterTemplatesPath } from '../letters/paths';
import * as paths from './paths';
import { calendarInWords } from './settings/calendar-in-words';

interface Place {
  readonly href: string;
  readonly text: string;
  readonly about: string;
  readonly for: Action;
}

const PLACES: readonly Place[] = [
  { href: paths.staffPath(), text: 'Staff and roles', about: 'Who works here, what they may do, invitations, leaving', for: 'staff.manage' },
  { href: paths.authoritiesPath(), text: 'Authorities', about: 'How each council, and the hub, is reached', for: 'settings.manage' },
  { href: paths.timeLimitsPath(), text: 'Time limits', about: 'First response, home visit, turnaround: from a date on', for: 'settings.manage' },
  { href: paths.assessmentSettingsPath(), text: 'Assessments', about: 'Panels, limits and the checks that are asked for: from a date on', for: 'settings.manage' },
  { href: limitsPath(), text: 'Constellations', about: 'How many satellite families, and free beds of hub homes: from a date on', for: 'settings.manage' },
  { href: paths.openingHoursPath(), text: 'Opening hours', about: 'When the hub answers, and when the clock of a first response runs', for: 'settings.manage' },
  { href: paths.closureDaysPath(), text: 'Closure days', about: 'Bank holidays, and days off besides', for: 'settings.manage' },
  { href: paths.postcodesPath(), text: 'Postcodes', about: 'What the routing of enquiries knows', for: 'settings.manage' },
  { href: letterTemplatesPath(), text: 'Letters', about: 'The wordings from which letters are drafted: from a date on', for: 'settings.manage' },
  { href: paths.websitesPath(), text: 'Websites', about: 'Tokens with which councils’ websites send enquiries and reports are read', for: 'websites.manage' },
  { href: paths.auditPath(), text: 'Audit', about: 'Who read or changed what, when and from where', for: 'audit.read' },
];

/** Where administration begins. */
@Controller('staff/administration')
@Access('staff.manage', 'settings.manage', 'websites.manage', 'audit.read')
export class AdministrationController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const actor = actorOf(request);
    const { holidays, check } = await this.transactions.read(actor, async (tx) => ({ holidays: await publishedBankHolidays(tx), check: await lastRecordsCheck(tx) }));
    const published = publishedUntil(holidays, localDateOf(this.clock.now()));
    await page(response, 'staff/administration/administration', {
      title: 'Administration',
      places: PLACES.filter((place) => may(actor, place.for)),
      calendarEnds: published.isEnding && may(actor, 'settings.manage') ? calendarInWords(published) : null,
      calendarPath: paths.closureDaysPath(),
      impossible: check === null ? 0 : check.found.reduce((total, { journeys }) => total + journeys, 0),
      checkedAt: check?.at ?? null,
      recordsPath: paths.auditPath({ what: 'records.look_through' }),
    });
  }
}
