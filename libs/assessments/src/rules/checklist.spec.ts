import { localDate } from '@app/kernel';
import { ageOn, checklist, type CheckType, type PersonOfHousehold } from './checklist';

const on = localDate('2026-06-15');
const limits = { dbsFromAge: 18, overseasUnderYears: 10, previousServiceWithinMonths: 12 };
const type = (code: string, about: CheckType['about'], more: Partial<CheckType> = {}): CheckType => ({
  code, name: code, about, condition: 'always', times: 1, chaseAfterWorkingDays: 10, validMonths: null, aboutThirdParty: false, destroyDetails: false, inLaw: true, source: '', holdsFrom: localDate('2016-01-01'), holdsUntil: null, ...more,
});
const person = (id: string, role: PersonOfHousehold['role'], more: Partial<PersonOfHousehold> = {}): PersonOfHousehold => ({
  id, name: id, role, bornOn: null, inUkSinceOn: null, employer: null, formerPartner: null, school: null, previousService: null, previousServiceEndedOn: null, ...more,
});
const types = [type('enhanced_dbs', 'adult'), type('personal_referee', 'applicant', { times: 3, condition: 'no_previous_service' }), type('previous_service', 'applicant', { condition: 'previous_service' }), type('overseas', 'adult', { condition: 'in_uk_under_limit' }), type('school', 'child', { condition: 'school_age' }), type('home_safety', 'household'), type('pets', 'household', { condition: 'pets' })];
const of = (people: readonly PersonOfHousehold[], pets: string | null = null, day = on) => checklist(types, { people, pets }, day, limits).map(({ type: code, personId, ordinal }) => `${code}${personId ? ` ${personId}` : ''}${ordinal > 1 ? ` ${String(ordinal)}` : ''}`);

describe('age', () => {
  it('counts whole years, and those born on 29 February', () => {
    expect(ageOn(localDate('2008-06-15'), on)).toBe(18);
    expect(ageOn(localDate('2008-06-16'), on)).toBe(17);
    expect(ageOn(localDate('2008-02-29'), localDate('2026-02-27'))).toBe(17);
    expect(ageOn(localDate('2008-02-29'), localDate('2026-02-28'))).toBe(18);
    expect(ageOn(null, on)).toBeNull();
  });
});

describe('the checklist', () => {
  it('asks of two applicants and a lodger what each of them needs', () => {
    expect(of([person('ann', 'applicant'), person('ben', 'applicant'), person('lodger', 'adult')])).toEqual([
      'enhanced_dbs ann', 'enhanced_dbs ben', 'enhanced_dbs lodger',
      'personal_referee ann', 'personal_referee ann 2', 'personal_referee ann 3', 'personal_referee ben', 'personal_referee ben 2', 'personal_referee ben 3',
      'home_safety',
    ]);
  });

  it('follows a child who turns 18, and asks the school of one of school age', () => {
    const child = person('kim', 'child', { bornOn: localDate('2008-06-15') });
    expect(of([child], null, localDate('2026-06-14'))).toEqual(['school kim', 'home_safety']);
    expect(of([child], null, localDate('2026-06-15'))).toEqual(['enhanced_dbs kim', 'home_safety']);
    expect(of([person('tot', 'child', { bornOn: localDate('2023-01-01') })])).toEqual(['home_safety']);
    expect(of([person('unknown', 'child')])).toEqual(['school unknown', 'home_safety']);
  });

  it('asks the service of the last 12 months instead of personal referees', () => {
    const moved = person('ann', 'applicant', { previousService: 'An agency', previousServiceEndedOn: localDate('2025-06-15') });
    expect(of([moved])).toEqual(['enhanced_dbs ann', 'previous_service ann', 'home_safety']);
    expect(of([moved], null, localDate('2026-06-16'))).toContain('personal_referee ann');
  });

  it('asks abroad of those in the UK for under ten years', () => {
    expect(of([person('ann', 'adult', { inUkSinceOn: localDate('2016-06-16') })])).toContain('overseas ann');
    expect(of([person('ann', 'adult', { inUkSinceOn: localDate('2016-06-15') })])).not.toContain('overseas ann');
  });

  it('asks about pets where there are any', () => {
    expect(of([], 'Two dogs')).toEqual(['home_safety', 'pets']);
    expect(of([], 'None')).toEqual(['home_safety']);
  });

  it('leaves out a type before it holds and after it ended', () => {
    const dated = [type('old', 'household', { holdsUntil: localDate('2026-06-14') }), type('new', 'household', { holdsFrom: localDate('2026-06-16') })];
    expect(checklist(dated, { people: [], pets: null }, on, limits)).toEqual([]);
  });
});
