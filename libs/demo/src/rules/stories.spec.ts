import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORITY_CODES, type Council } from '@app/authorities';
import { MILESTONES } from '@app/journeys';
import { financialYearOf, isOpen, type LocalDate, localDate, localDateOf, type OpeningCalendar, parsePhone } from '@app/kernel';
import type { Places } from './places';
import { BESIDES, ENQUIRIES_A_YEAR, GOES_ON } from './rates';
import { isSceneThatCounts, scenesOf } from './scenes';
import { storiesOf } from './stories';
import { type Deed, milestoneOf, type Story, until } from './story';

const HOLIDAYS = JSON.parse(readFileSync(join(__dirname, '../../../authorities/seed/bank-holidays.json'), 'utf8')) as { readonly date: LocalDate }[];
const nineToFive = { opensAtMinute: 540, closesAtMinute: 1020 };
const calendar: OpeningCalendar = {
  calendar: { bankHolidays: new Set(HOLIDAYS.map(({ date }) => date)), loadedFrom: localDate('2024-01-01'), loadedUntil: localDate('2030-12-31') },
  closureDays: new Set(),
  hours: [{ holdsFrom: localDate('2016-01-01'), week: { 1: nineToFive, 2: nineToFive, 3: nineToFive, 4: nineToFive, 5: nineToFive, 6: null, 7: null } }],
};
const places: Places = {
  of: Object.fromEntries(AUTHORITY_CODES.map((code, index) => [code, [`DE9${String(index)} 1AA`, `DE9${String(index)} 1AB`]])) as unknown as Record<Council, string[]>,
  terminated: ['DE90 9AA'],
  outside: ['LE91 1AA'],
  unknown: ['DE97 9ZZ'],
};
const YEAR = financialYearOf(localDate('2025-06-01'));
const NEXT = financialYearOf(localDate('2026-06-01'));

const yearOf = (seed: number, enquiries: number): readonly Story[] => storiesOf({ seed, years: [{ year: YEAR, enquiries }], places, calendar });
const deedsOf = (stories: readonly Story[]): readonly Deed[] => stories.flatMap(({ steps }) => steps.map(({ deed }) => deed));
const enquiriesThatCount = (stories: readonly Story[]): number => deedsOf(stories.filter(({ name }) => name.startsWith('family-'))).filter((deed) => deed.kind === 'enquire' && deed.household !== 'unnoticed' && !(deed.household === 'known' && deed.message !== null)).length;

const MANY = 2_500;

describe('the stories of a made-up year', () => {
  const stories = yearOf(1, MANY);

  it('are the same for the same seed, and others for another', () => {
    expect(yearOf(7, 30)).toEqual(yearOf(7, 30));
    expect(yearOf(7, 30)).not.toEqual(yearOf(8, 30));
  });

  it('do not change when another year is written after them', () => {
    const both = storiesOf({ seed: 7, years: [{ year: YEAR, enquiries: 50 }, { year: NEXT, enquiries: 50 }], places, calendar });
    const first = new Map(yearOf(7, 50).filter(({ name }) => !name.startsWith('family-')).map((story) => [story.name, story]));
    expect(both.filter(({ name }) => first.has(name)).map(({ name, steps }) => [name, steps.length])).toEqual([...first].map(([name, { steps }]) => [name, steps.length]));
  });

  it('begin with so many enquiries as were asked for, all of them in the year', () => {
    expect(enquiriesThatCount(yearOf(3, ENQUIRIES_A_YEAR))).toBe(ENQUIRIES_A_YEAR);
    expect(stories.filter(({ steps }) => localDateOf(steps[0]!.at) < YEAR.from)).toEqual([]);
  });

  it.each(MILESTONES.filter((milestone) => milestone !== 'enquiry'))('reach the milestone %s about as often as the rates say', (milestone) => {
    const expected = MILESTONES.slice(1, MILESTONES.indexOf(milestone) + 1).reduce((share, step) => share * (step === 'enquiry' ? 1 : GOES_ON[step]), 1);
    const reached = deedsOf(stories).filter((deed) => milestoneOf(deed) === milestone && !(deed.kind === 'panel' && deed.recommendation === 'defer')).length;
    expect(Math.abs(reached / MANY - expected)).toBeLessThan(0.028);
  });

  it('go on in time, and staff do things only while the hub is open', () => {
    for (const { name, steps } of stories) {
      steps.forEach((step, index) => {
        const before = steps[index - 1];
        if (before && before.at > step.at) throw new Error(`${name}: ${step.deed.kind} comes before ${before.deed.kind}`);
        // At closing time to the minute the hub is closed: the last minute of the day is still theirs.
        const minuteBefore = new Date(step.at.getTime() - 60_000);
        if (step.by !== 'family' && !isOpen(calendar, step.at) && !isOpen(calendar, minuteBefore)) throw new Error(`${name}: ${step.deed.kind} at ${step.at.toISOString()} while the hub is closed`);
      });
    }
  });

  it('promise nothing for a day that has gone', () => {
    const promises = stories.flatMap(({ steps }) => steps.flatMap(({ at, deed }) => ((deed.kind === 'talk' || deed.kind === 'attempt') && deed.next ? [{ today: localDateOf(at), next: deed.next }] : [])));
    expect(promises.length).toBeGreaterThan(MANY);
    expect(promises.filter(({ today, next }) => next <= today)).toEqual([]);
  });

  it('name nobody who could be real: numbers of the ranges for drama, mail to example.org', () => {
    const people = deedsOf(stories).flatMap((deed) => (deed.kind === 'enquire' || deed.kind === 'applicants' ? deed.applicants : []));
    expect(people.filter(({ email }) => email !== null && !/^[a-z0-9.]+@example\.org$/.test(email))).toEqual([]);
    expect(people.filter(({ phone }) => phone !== null && !/^\+44(7700900|1632960|1154960|1144960|1164960|1214960)\d{3}$/.test(phone))).toEqual([]);
    for (const phone of ['+447700900123', '+441632960123', '+441154960123', '+441144960123', '+441164960123', '+441214960123']) expect(parsePhone(phone)?.e164).toBe(phone);
  });

  it('give every family of two usual years a telephone of its own', () => {
    const two = storiesOf({ seed: 5, years: [{ year: YEAR, enquiries: ENQUIRIES_A_YEAR }, { year: NEXT, enquiries: ENQUIRIES_A_YEAR }], places, calendar });
    const phones = two.flatMap(({ name, steps }) => {
      const [first] = steps;
      const phone = first?.deed.kind === 'enquire' ? first.deed.applicants[0]?.phone : null;
      return phone ? [{ name, phone }] : [];
    });
    expect(new Set(phones.map(({ phone }) => phone)).size).toBe(phones.length);
  });

  it('hold duplicates, spam and what is no enquiry beside those that count', () => {
    const share = (holds: (deed: Deed) => boolean): number => deedsOf(stories).filter(holds).length / MANY;
    expect(Math.abs(share((deed) => deed.kind === 'merge') - BESIDES.duplicate)).toBeLessThan(0.012);
    expect(share((deed) => deed.kind === 'close' && deed.reason === 'not_an_enquiry')).toBeCloseTo(BESIDES.not_an_enquiry, 3);
    expect(share((deed) => deed.kind === 'screen' && !deed.letIn)).toBeCloseTo(BESIDES.spam, 3);
  });

  it('are cut at any moment without changing what came before it', () => {
    const now = new Date('2025-09-01T12:00:00Z');
    for (const story of stories.slice(0, 200)) expect(story.steps.slice(0, until(story, now).steps.length)).toEqual(until(story, now).steps);
  });
});

describe('the scenes of the work that is due now', () => {
  it.each(['2026-11-21T20:00:00Z', '2026-11-18T10:00:00Z', '2026-12-25T03:00:00Z', '2027-04-01T00:30:00Z', '2026-03-29T01:30:00Z', '2027-08-30T16:59:00Z'])('can be set at %s', (moment) => {
    const now = new Date(moment);
    const scenes = scenesOf({ seed: 1, now, places, calendar, firstNumber: 2_000 });
    expect(scenes.filter(({ name }) => isSceneThatCounts(name)).length).toBe(scenes.length - 3);
    for (const scene of scenes) {
      expect(until(scene, now).steps.length).toBeGreaterThan(0);
      scene.steps.forEach((step, index) => expect(step.at >= scene.steps[Math.max(0, index - 1)]!.at).toBe(true));
    }
  });
});
