import type { HeldRole } from '@app/access';
import { isConfidentialFrom, mayAdd, mayRead, openingRefusal } from './who-may-open';

const ofCase = { authority: 'derby', officerId: 'officer', socialWorkerId: 'worker', assessorId: 'assessor' } as const;
const somebody = (staffId: string, ...roles: HeldRole[]) => ({ staffId, roles });
const worker = somebody('worker', { role: 'social_worker', authority: 'derby' });
const colleague = somebody('colleague', { role: 'social_worker', authority: 'derby' });
const manager = somebody('manager', { role: 'team_manager', authority: 'derby' });
const neighbour = somebody('neighbour', { role: 'team_manager', authority: 'nottingham' });
const officer = somebody('officer', { role: 'recruitment_officer', authority: null });
const hubManager = somebody('hub', { role: 'hub_manager', authority: null });
const member = somebody('member', { role: 'panel_member', authority: 'derby' });
const analyst = somebody('analyst', { role: 'analyst', authority: null });

const document = { part: 'assessment', forPanel: false, about: 'family', applicantId: null } as const;

it('the council reads its assessment file, the hub what is on the family’s page, a panel member the panel’s papers', () => {
  const reads = (who: typeof worker) => [mayRead(who, document, ofCase), mayRead(who, { ...document, part: 'journey' }, ofCase), mayRead(who, { ...document, forPanel: true }, ofCase)];
  expect([worker, colleague, manager].map(reads)).toEqual([[true, true, true], [true, true, true], [true, true, true]]);
  expect([officer, hubManager].map(reads)).toEqual([[false, true, false], [false, true, false]]);
  expect([neighbour, analyst].map(reads)).toEqual([[false, false, false], [false, false, false]]);
  expect(reads(member)).toEqual([false, false, true]);
});

it('who works with a part may add to it', () => {
  expect([worker, officer, member, neighbour, analyst].map((who) => [mayAdd(who, 'assessment', ofCase), mayAdd(who, 'journey', ofCase)])).toEqual([[true, true], [false, true], [false, false], [false, false], [false, false]]);
});

it('what was not scanned opens for the case’s own team alone, what is infected for nobody', () => {
  expect([worker, officer, manager, somebody('assessor')].map((who) => openingRefusal(who, 'unscanned', ofCase))).toEqual([null, null, null, null]);
  expect([colleague, hubManager, neighbour, member].map((who) => openingRefusal(who, 'unscanned', ofCase))).toEqual(['unscanned', 'unscanned', 'unscanned', 'unscanned']);
  expect([worker, manager].map((who) => openingRefusal(who, 'infected', ofCase))).toEqual(['infected', 'infected']);
  expect(openingRefusal(colleague, 'clean', ofCase)).toBeNull();
});

it('what is about one applicant, or told in confidence, is confidential from the other', () => {
  expect(isConfidentialFrom({ about: 'family', applicantId: null }, 'ann')).toBe(false);
  expect(isConfidentialFrom({ about: 'applicant', applicantId: 'ann' }, 'ann')).toBe(false);
  expect(isConfidentialFrom({ about: 'applicant', applicantId: 'ann' }, 'ben')).toBe(true);
  expect(isConfidentialFrom({ about: 'third_party', applicantId: null }, 'ann')).toBe(true);
});
