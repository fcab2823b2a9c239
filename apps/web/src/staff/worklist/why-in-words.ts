import { type Channel, NEXT_STEPS, type WorklistRow } from '@app/journeys';
import { shortDateInWords } from '@app/kernel';
import { attemptsInWords, momentNearby } from '../in-words';

const BY: Readonly<Record<Channel, string>> = { web: 'by web', phone: 'by phone', email: 'by email', event: 'at an event', social: 'by social media', referral: 'by referral', other: 'in another way' };

/** Why a family is in the worklist: "Ring back: enquired Monday 10:05am by web, two attempts". */
export function whyInWords(row: WorklistRow, now: Date): string {
  const step = NEXT_STEPS[row.nextStep].words;
  const facts = [sinceInWords(row, now), row.attempts > 0 ? attemptsInWords(row.attempts) : null, row.contactAgainOn ? `in touch again on ${shortDateInWords(row.contactAgainOn)}` : null];
  return `${step}: ${facts.filter(Boolean).join(', ')}`;
}

function sinceInWords(row: WorklistRow, now: Date): string {
  switch (row.nextStep) {
    case 'ring_back':
    case 'route_enquiry':
    case 'arrange_initial_application':
      return `enquired ${momentNearby(row.enquiryReceivedAt, now)} ${BY[row.channel]}`;
    case 'arrange_home_visit':
      return `initial application on ${shortDateInWords(row.stageSince)}`;
    case 'invite_application':
      return `visited on ${shortDateInWords(row.stageSince)}`;
    case 'complete_stage_1':
    case 'start_stage_2':
    case 'go_to_panel':
      return `in assessment since ${shortDateInWords(row.stageSince)}`;
    case 'record_decision':
      return `panel on ${shortDateInWords(row.stageSince)}`;
    case 'return_from_hold':
      return row.holdUntil ? `on hold until ${shortDateInWords(row.holdUntil)}` : 'on hold';
  }
}

