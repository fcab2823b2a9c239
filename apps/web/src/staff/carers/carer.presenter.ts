import type { StaffActor } from '@app/access';
import { may } from '@app/access';
import { CARE_KIND_NAMES } from '@app/assessments';
import { AUTHORITY_NAMES } from '@app/authorities';
import { type CarerPage, HOME_KIND_NAMES, isApprovedKind, LEAVE_REASON_NAMES, LEFT_BY_NAMES, type RegisterRow, trainingStanding } from '@app/carers';
import { dateInWords, daysBetween, type LocalDate, shortDateInWords } from '@app/kernel';
import { countOf } from '../../platform/words';
import { phoneInWords } from '../in-words';
import { constellationPath } from '../constellations/paths';
import { familyPath } from '../paths';
import type { CarerStep } from './carer-steps';
import { carerPath } from './paths';
import { termsInWords } from './terms-fields';

const SOON_DAYS = 28;

/** A due date as a tag: "3 days overdue", "due 7 Apr 2027". */
export function dueTagOf(dueOn: LocalDate, today: LocalDate): { readonly text: string; readonly state: string; readonly moment: string } {
  const days = daysBetween(today, dueOn);
  const moment = `By the end of ${dateInWords(dueOn)}`;
  if (days < 0) return { text: `${countOf(-days, 'day', 'days')} overdue`, state: 'overdue', moment };
  return { text: days === 0 ? 'due today' : `due ${shortDateInWords(dueOn)}`, state: days <= SOON_DAYS ? 'soon' : 'later', moment };
}

/** A row of the register in words. Whoever sees one authority only need not read its name in each. */
export function registerLine(row: RegisterRow, today: LocalDate, oneAuthority: boolean) {
  const free = row.places === null ? null : row.places - row.placed;
  return {
    name: row.name,
    href: carerPath(row.reference),
    about: [row.reference, ...(oneAuthority ? [] : [AUTHORITY_NAMES[row.authority]]), ...(row.kind === 'foster' ? [] : [HOME_KIND_NAMES[row.kind].toLowerCase()]), ...(row.constellation === null ? [] : [row.constellation])].join(', '),
    places: row.places === null ? '–' : `${String(row.placed)} of ${String(row.places)}`,
    offers: row.ageFrom === null || row.ageTo === null ? '' : `${String(row.ageFrom)} to ${String(row.ageTo)} years, ${(row.care ?? []).map((kind) => CARE_KIND_NAMES[kind].toLowerCase()).join(', ')}`,
    tag: row.leftOn !== null && row.leftOn <= today ? { text: `Left ${shortDateInWords(row.leftOn)}`, tone: 'quiet' } : row.heldOn !== null ? { text: row.holdUntil ? `On hold to ${shortDateInWords(row.holdUntil)}` : 'On hold', tone: 'wait' } : free !== null && free > 0 ? { text: countOf(free, 'vacancy', 'vacancies'), tone: 'good' } : null,
    review: row.reviewDueOn === null ? null : dueTagOf(row.reviewDueOn, today),
    supervisor: row.supervisor ?? 'Nobody yet',
  };
}

const OUTCOMES = { continue: 'The approval goes on', change_terms: 'The terms are to change', end: 'The approval is to end' } as const;

/** A household's page in words. */
export function shownCarer(actor: StaffActor, page: CarerPage, steps: readonly CarerStep[], today: LocalDate) {
  const { carer, terms, reviews, placements } = page;
  const works = may(actor, 'carers.work', carer.authority);
  const reads = may(actor, 'carers.read', carer.authority);
  const open = placements.filter(({ endedOn }) => endedOn === null);
  const [now] = terms;
  const next = reviews.find(({ heldOn, stoppedOn }) => heldOn === null && stoppedOn === null);
  return {
    name: carer.name,
    caption: `${carer.reference}, ${AUTHORITY_NAMES[carer.authority]}`,
    reads,
    tags: [
      { text: HOME_KIND_NAMES[carer.kind], tone: 'plain' },
      ...(carer.leftOn !== null ? [{ text: `Left ${shortDateInWords(carer.leftOn)}`, tone: 'quiet' }] : carer.heldOn !== null ? [{ text: 'On hold', tone: 'wait' }] : now && now.children > open.length ? [{ text: countOf(now.children - open.length, 'vacancy', 'vacancies'), tone: 'good' }] : []),
    ],
    facts: [
      { key: 'Terms now', value: now ? termsInWords(now) : 'None: not an approved home' },
      { key: 'Approved', value: carer.approvedOn && dateInWords(carer.approvedOn) },
      { key: 'Agreement signed', value: carer.agreementSignedOn && dateInWords(carer.agreementSignedOn) },
      { key: 'Supervising social worker', value: page.supervisor ?? 'Nobody yet' },
      { key: 'Beds', value: String(carer.beds) },
      { key: 'Town', value: carer.town },
      ...(carer.heldOn === null ? [] : [{ key: 'On hold', value: `Since ${dateInWords(carer.heldOn)}${carer.holdUntil ? `, probably until ${dateInWords(carer.holdUntil)}` : ''}: ${carer.holdReason ?? ''}` }]),
      ...(carer.leftOn === null || carer.leftBy === null || carer.leftReason === null ? [] : [{ key: 'Left fostering', value: `${dateInWords(carer.leftOn)}. ${LEFT_BY_NAMES[carer.leftBy]}: ${LEAVE_REASON_NAMES[carer.leftReason].toLowerCase()}` }]),
      ...(carer.exitInterviewOn === null || !reads ? [] : [{ key: 'Exit interview', value: `${dateInWords(carer.exitInterviewOn)}: ${carer.exitFeedback ?? ''}` }]),
    ],
    people: page.people.map(({ name, email, phone }) => ({ name, email, phone: phoneInWords(phone) })),
    family: carer.journeyId !== null && may(actor, 'journeys.read', carer.authority) ? familyPath(carer.reference) : null,
    next: next ? { number: next.number, due: dateInWords(next.dueOn), tag: dueTagOf(next.dueOn, today) } : null,
    reviews: reviews.filter(({ heldOn }) => heldOn !== null).map(({ number, heldOn, dueOn, outcome, note }) => ({ number, held: heldOn && dateInWords(heldOn), inTime: heldOn !== null && heldOn <= dueOn, due: shortDateInWords(dueOn), outcome: outcome && OUTCOMES[outcome], note })),
    terms: terms.map((each) => ({ from: dateInWords(each.holdsFrom), words: termsInWords(each), reason: each.reason })),
    training: carer.approvedOn === null || !isApprovedKind(carer.kind) || !reads ? [] : trainingStanding(carer.approvedOn, carer.kind === 'kinship', page.training, today).map(({ name, dueOn, doneOn, late }) => ({ name, due: shortDateInWords(dueOn), done: doneOn && shortDateInWords(doneOn), tag: doneOn ? { text: late ? 'Done late' : 'Done', tone: late ? 'wait' : 'good' } : late ? { text: 'Overdue', tone: 'alarm' } : { text: 'To come', tone: 'quiet' } })),
    placements: placements.map(({ childReference, startedOn, endedOn, ending }) => ({ child: childReference, from: shortDateInWords(startedOn), until: endedOn === null ? 'Lives there' : `${shortDateInWords(endedOn)}, ${ending === 'unplanned' ? 'not as planned' : 'as planned'}` })),
    memberships: page.memberships.map(({ constellation, constellationId, role, from, until }) => ({ name: constellation, href: constellationPath(constellationId), words: `${role === 'hub_home' ? 'hub home' : 'satellite family'} from ${dateInWords(from)}${until === null ? '' : ` to ${dateInWords(until)}`}` })),
    events: page.events.map(({ words, on, by }) => ({ words, on: shortDateInWords(on), by: by ?? 'automatic' })),
    actions: works ? steps.filter((step) => step.offered(page)).map(({ slug, title }) => ({ text: title, href: carerPath(carer.reference, slug) })) : [],
  };
}
