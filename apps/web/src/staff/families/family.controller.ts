import { may, type StaffActor } from '@app/access';
import { recordAudit } from '@app/audit';
import { Transactions } from '@app/database';
import { familyPage, type FamilyPage, seesConfidential, timeline, TIMELINE_FILTERS, type TimelineCursor, type TimelineFilter } from '@app/journeys';
import { Clock } from '@app/kernel';
import { Controller, Get, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access';
import { page } from '../../platform/page';
import { actorOf } from '../../platform/request';
import { familyFormPath, familyPath, memberLeavesPath } from '../paths';
import { clocksInWords } from './clocks.presenter';
import { actionsFor, homeFacts, memberRows, milestoneLine, otherJourneyRows, peopleFacts } from './family.presenter';
import { familySummary } from './family-summary';
import { likeliestForm } from './likeliest-form';
import { timelineEntries } from './timeline.presenter';

const ENTRIES_A_PAGE = 40;
const FILTER_NAMES: Readonly<Record<TimelineFilter, string>> = { everything: 'Everything', contacts: 'Calls and messages', notes: 'Notes', changes: 'Changes' };

/** A family's page: where it stands, what it needs next, and all that happened. Every reading of it is in the trail. */
@Controller('staff/families')
@Access('journeys.read')
export class FamilyController {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  @Get(':reference')
  async show(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Query('show') show?: unknown, @Query('before') before?: unknown): Promise<void> {
    const actor = actorOf(request);
    const now = this.clock.now();
    const filter = TIMELINE_FILTERS.find((known) => known === show) ?? 'everything';
    const read = await this.transactions.run(actor, async (tx) => {
      const family = await familyPage(tx, reference);
      if (!family || !may(actor, 'journeys.read', family.journey.authority)) return null;
      const { journey } = family;
      await recordAudit(tx, actor, now, { action: 'journey.read', subjectKind: 'journey', subjectId: journey.id, authority: journey.authority });
      const cursor = cursorOf(before);
      const entries = await timeline(tx, { journeyId: journey.id, filter, staffId: actor.staffId, confidential: seesConfidential(actor, journey), atMost: ENTRIES_A_PAGE, ...(cursor ? { before: cursor } : {}) });
      return { family, entries };
    });
    if (!read) throw new NotFoundException();
    const { family, entries } = read;
    await page(response, 'staff/families/family', {
      title: family.name,
      ...shownFamily(actor, family, now),
      timeline: timelineEntries(entries.items, now),
      filters: TIMELINE_FILTERS.map((value) => ({ text: FILTER_NAMES[value], href: familyPath(reference, { show: value === 'everything' ? undefined : value }, 'timeline'), current: value === filter })),
      older: entries.next && familyPath(reference, { show: filter === 'everything' ? undefined : filter, before: `${entries.next.at.toISOString()}~${entries.next.key}` }, 'timeline'),
      newest: before === undefined ? null : familyPath(reference, { show: filter === 'everything' ? undefined : filter }, 'timeline'),
    });
  }
}

function shownFamily(actor: StaffActor, family: FamilyPage, now: Date) {
  const { journey } = family;
  const canChange = may(actor, 'journeys.work', journey.authority);
  const actions = actionsFor(actor, family);
  const likeliest = family.next ? actions.find(({ form }) => form === likeliestForm(family.next?.step ?? 'ring_back')) : undefined;
  return {
    family: familySummary(family, now),
    milestones: milestoneLine(family),
    likeliest: likeliest ?? null,
    log: actions.find(({ form }) => form === 'contact') ?? null,
    actions,
    people: peopleFacts(family, canChange),
    home: homeFacts(family),
    changeHome: canChange ? familyFormPath(journey.reference, 'home') : null,
    members: memberRows(family),
    addMember: canChange ? familyFormPath(journey.reference, 'members') : null,
    memberLeaves: canChange ? memberLeavesPath(journey.reference) : null,
    clocks: clocksInWords(family.clocks, now),
    officer: family.officerName,
    socialWorker: family.socialWorkerName,
    otherJourneys: otherJourneyRows(family),
    mergedInto: family.mergedInto && { reference: family.mergedInto, href: familyPath(family.mergedInto) },
  };
}

/** Where the page of the timeline before ended; what cannot be read is the newest page. */
function cursorOf(text: unknown): TimelineCursor | null {
  if (typeof text !== 'string') return null;
  const [at = '', key = ''] = text.split('~');
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) || !/^[wh][0-9a-f-]+$/.test(key) ? null : { at: moment, key };
}
