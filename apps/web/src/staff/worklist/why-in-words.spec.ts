import type { WorklistRow } from '@app/journeys';
import { localDate } from '@app/kernel';
import { whyInWords } from './why-in-words';

const now = new Date('2026-11-18T10:00:00Z');
const row = (given: Partial<WorklistRow>): WorklistRow => ({
  journeyId: 'j', reference: 'FEM-1', version: 1, familyName: 'Sam Ashby', authority: 'derby', stage: 'enquiry', nextStep: 'ring_back', dueAt: now, waitingFor: 'hub', holdUntil: null, contactAgainOn: null,
  enquiryReceivedAt: new Date('2026-11-16T10:05:00Z'), enquiryOn: localDate('2026-11-16'), stageSince: localDate('2026-11-16'), channel: 'web', attempts: 0, safeguarding: false, officerName: null, socialWorkerName: null,
  phone: null, email: null, preferredContact: null, bestTime: null, ...given,
});

test('the reason is a sentence that a tired person understands', () => {
  expect(whyInWords(row({ attempts: 2 }), now)).toBe('Ring back: enquired Monday 10:05am by web, two attempts');
  expect(whyInWords(row({ nextStep: 'arrange_home_visit', stage: 'initial_application' }), now)).toBe('Arrange the home visit: initial application on 16 Nov 2026');
  expect(whyInWords(row({ nextStep: 'return_from_hold', holdUntil: localDate('2026-11-18') }), now)).toBe('Come back to the family: on hold until 18 Nov 2026');
  expect(whyInWords(row({ contactAgainOn: localDate('2026-11-20') }), now)).toBe('Ring back: enquired Monday 10:05am by web, in touch again on 20 Nov 2026');
});
