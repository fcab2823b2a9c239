import { may, type StaffActor } from '@app/access';
import { AUTHORITY_NAMES } from '@app/authorities';
import { HOME_KIND_NAMES, type HomeKind } from '@app/carers';
import { ACTIVITY_KIND_NAMES, CONTACT_MAKER_NAMES, CONTACT_WAY_NAMES, type ConstellationPage, EXPENSE_KIND_NAMES, holdsOn, LEFT_CONSTELLATION_NAMES, type MonthFigures, monthInWords, monthsBetween, REQUEST_END_NAMES, REQUEST_SUBJECT_NAMES, STAY_KIND_NAMES } from '@app/constellations';
import { dateInWords, type LocalDate, momentInWords, shortDateInWords } from '@app/kernel';
import { count, countOf, percent } from '../../platform/words';
import { carerPath } from '../carers/paths';
import type { ConstellationStep } from './constellation-steps';
import { constellationMap, standingOf } from './constellation-map';
import { constellationPath, monthlyReportPath } from './paths';

/** Pounds and pence. */
export const money = (pence: number): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(pence / 100);

const MONTHS_SHOWN = 12;

/** A constellation's page in words. */
export function shownConstellation(actor: StaffActor, shown: ConstellationPage, steps: readonly ConstellationStep[], today: LocalDate) {
  const { constellation, memberships, limits } = shown;
  const now = memberships.filter((membership) => holdsOn(membership, today));
  const satellites = now.filter(({ role }) => role === 'satellite').length;
  const hub = now.find(({ role }) => role === 'hub_home');
  const around = memberships.filter((membership) => { const standing = standingOf(membership, today); return standing !== null && membership !== hub && (membership.role === 'satellite' || standing === 'left'); });
  const works = may(actor, 'constellations.work', constellation.authority);
  const runs = constellation.endedOn === null || constellation.endedOn > today;
  return {
    name: constellation.name,
    caption: `${AUTHORITY_NAMES[constellation.authority]}, ${constellation.area}`,
    lead: `Since ${dateInWords(constellation.startedOn)}${constellation.endedOn === null ? '' : `, ended ${dateInWords(constellation.endedOn)}: ${constellation.endReason ?? ''}`}. Liaison worker: ${shown.liaison ?? 'nobody yet'}.`,
    warnings: runs ? [...(hub ? [] : ['There is no hub home.']), ...(satellites < limits.fewest ? [`${countOf(satellites, 'satellite family', 'satellite families')}: the model asks for ${String(limits.fewest)} at least, and ${String(limits.most)} at most.`] : [])] : [],
    size: `${countOf(satellites, 'satellite family', 'satellite families')} of ${String(limits.fewest)} to ${String(limits.most)}`,
    map: constellationMap(memberships, today),
    hub: hub ? { name: hub.name, href: carerPath(hub.reference), since: shortDateInWords(hub.from) } : null,
    families: around.map((membership, index) => { const standing = standingOf(membership, today); return { number: index + 1, name: membership.name, href: carerPath(membership.reference), kind: HOME_KIND_NAMES[membership.kind as HomeKind], when: standing === 'left' && membership.until ? `Left ${shortDateInWords(membership.until)}${membership.leftWhy ? `: ${LEFT_CONSTELLATION_NAMES[membership.leftWhy].toLowerCase()}` : ''}` : `Since ${shortDateInWords(membership.from)}`, tag: standing === 'joined' ? { text: 'New', tone: 'wait' } : standing === 'left' ? { text: 'Left', tone: 'quiet' } : null }; }),
    ahead: memberships.filter(({ from }) => from > today).map(({ name, from }) => `${name} joins on ${dateInWords(from)}`),
    activities: shown.activities.map((activity) => ({ title: activity.title, href: constellationPath(constellation.id, `activities/${activity.id}`), kind: ACTIVITY_KIND_NAMES[activity.kind], when: momentInWords(activity.startsAt), words: activity.cancelled ? 'Cancelled' : activity.attended !== null ? `${countOf(activity.attended, 'family', 'families')} came` : activity.invited > 0 ? `${String(activity.yes)} of ${String(activity.invited)} said yes` : '' })),
    stays: shown.stays.map((stay) => ({ family: stay.family, child: stay.child, on: shortDateInWords(stay.on), words: stay.cancelled ? 'Cancelled' : `${STAY_KIND_NAMES[stay.kind]}${stay.nights > 0 ? `, ${countOf(stay.nights, 'night', 'nights')}` : ''}, ${stay.planned ? 'planned' : 'emergency'}`, cancel: works && !stay.cancelled && stay.on >= today ? constellationPath(constellation.id, `cancel-stay?about=${stay.id}`) : null })),
    contacts: shown.contacts.map((each) => ({ family: each.family, on: shortDateInWords(each.on), words: `${CONTACT_WAY_NAMES[each.way]}, ${CONTACT_MAKER_NAMES[each.by].toLowerCase()}` })),
    requests: shown.requests.map((each) => ({ family: each.family, on: shortDateInWords(each.on), about: REQUEST_SUBJECT_NAMES[each.about], words: each.words, end: each.met === null ? 'Open' : `${REQUEST_END_NAMES[each.met]}${each.how ? `: ${each.how}` : ''}`, settle: works && each.met === null ? constellationPath(constellation.id, `settle?about=${each.id}`) : null })),
    expenses: shown.expenses.map((each) => ({ on: shortDateInWords(each.on), what: EXPENSE_KIND_NAMES[each.what], amount: money(each.pence), note: each.note ?? '' })),
    reports: constellation.startedOn > today ? [] : [...monthsBetween(constellation.startedOn, constellation.endedOn !== null && constellation.endedOn < today ? constellation.endedOn : today)].reverse().slice(0, MONTHS_SHOWN).map((month) => ({ text: monthInWords(month), href: monthlyReportPath(constellation.id, month) })),
    actions: works ? steps.filter((step) => step.listed && (runs || step.slug === 'edit')).map(({ slug, title }) => ({ text: title, href: constellationPath(constellation.id, slug) })) : [],
  };
}

/** The figures of a month as rows of a table. */
export function figureRows(figures: MonthFigures): readonly (readonly [string, string])[] {
  const why = Object.entries(figures.leftWhy).map(([code, times]) => `${LEFT_CONSTELLATION_NAMES[code as keyof typeof LEFT_CONSTELLATION_NAMES].toLowerCase()} ${String(times)}`);
  const { met, partly, not_met: notMet, open } = figures.requestEnds;
  return [
    ['Hub home', figures.hubHome ? 'Yes' : 'None on the last day'],
    ['Satellite families on the last day', count(figures.satellites)],
    ['Share of the authority’s approved households', `${percent(figures.households === 0 ? null : figures.covered / figures.households)} (${count(figures.covered)} of ${count(figures.households)})`],
    ['Families that joined', count(figures.joined)],
    ['Families that left', `${count(figures.left)}${why.length > 0 ? `: ${why.join(', ')}` : ''}`],
    ['Monthly meetings', count(figures.activities.monthly_meeting)],
    ['Social activities', count(figures.activities.social)],
    ['Training sessions', count(figures.activities.training)],
    ['Peer sessions', count(figures.activities.peer_session)],
    ['Attendance', figures.places === 0 ? '–' : `${count(figures.attendances)} of ${count(figures.places)} (${percent(figures.attendances / figures.places, 0)})`],
    ['Hours of activities', (figures.activityMinutes / 60).toFixed(1)],
    ['Sleepovers', `${countOf(figures.sleepovers, 'stay', 'stays')}, ${countOf(figures.nights, 'night', 'nights')}, of them ${count(figures.emergencyNights)} in an emergency`],
    ['Day care', countOf(figures.dayCare, 'day', 'days')],
    ['One-to-one contacts', count(figures.contacts)],
    ['Requests to the hub home', `${count(figures.requests)}: ${count(met)} met, ${count(partly)} in part, ${count(notMet)} not, ${count(open)} open`],
    ['Expenses of the hub home', money(figures.pence)],
    ['Placements that ended', `${count(figures.plannedEndings)} as planned, ${count(figures.unplannedEndings)} not as planned`],
  ];
}
