/** What a constellation does together. */
export const ACTIVITY_KINDS = ['monthly_meeting', 'social', 'training', 'peer_session'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
export const ACTIVITY_KIND_NAMES: Readonly<Record<ActivityKind, string>> = { monthly_meeting: 'Monthly meeting', social: 'Social activity', training: 'Training', peer_session: 'Peer session' };

export const CONTACT_WAYS = ['visit', 'phone', 'video', 'message'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];
export const CONTACT_WAY_NAMES: Readonly<Record<ContactWay, string>> = { visit: 'Visit', phone: 'Telephone call', video: 'Video call', message: 'Messages' };

export const CONTACT_MAKERS = ['hub_home', 'liaison_worker'] as const;
export type ContactMaker = (typeof CONTACT_MAKERS)[number];
export const CONTACT_MAKER_NAMES: Readonly<Record<ContactMaker, string>> = { hub_home: 'The hub home', liaison_worker: 'The liaison worker' };

export const REQUEST_SUBJECTS = ['sleepover', 'day_care', 'advice', 'practical', 'crisis', 'other'] as const;
export type RequestSubject = (typeof REQUEST_SUBJECTS)[number];
export const REQUEST_SUBJECT_NAMES: Readonly<Record<RequestSubject, string>> = { sleepover: 'A sleepover', day_care: 'Day care', advice: 'Advice', practical: 'Practical help', crisis: 'Help in a crisis', other: 'Something else' };

export const REQUEST_ENDS = ['met', 'partly', 'not_met'] as const;
export type RequestEnd = (typeof REQUEST_ENDS)[number];
export const REQUEST_END_NAMES: Readonly<Record<RequestEnd, string>> = { met: 'Met', partly: 'Met in part', not_met: 'Not met' };

export const EXPENSE_KINDS = ['food', 'activities', 'travel', 'equipment', 'room_hire', 'other'] as const;
export type ExpenseKind = (typeof EXPENSE_KINDS)[number];
export const EXPENSE_KIND_NAMES: Readonly<Record<ExpenseKind, string>> = { food: 'Food', activities: 'Activities', travel: 'Travel', equipment: 'Equipment', room_hire: 'Room hire', other: 'Other' };

export const REPLIES = ['yes', 'maybe', 'no'] as const;
export type Reply = (typeof REPLIES)[number];
export const REPLY_NAMES: Readonly<Record<Reply, string>> = { yes: 'Yes, we will come', maybe: 'We do not know yet', no: 'No, we cannot come' };

export const STAY_KINDS = ['sleepover', 'day_care'] as const;
export type StayKind = (typeof STAY_KINDS)[number];
export const STAY_KIND_NAMES: Readonly<Record<StayKind, string>> = { sleepover: 'Sleepover', day_care: 'Day care' };

export const MEMBER_ROLES = ['hub_home', 'satellite'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
export const MEMBER_ROLE_NAMES: Readonly<Record<MemberRole, string>> = { hub_home: 'Hub home', satellite: 'Satellite family' };

/** Why a family left its constellation. */
export const LEFT_CONSTELLATION = ['moved', 'own_wish', 'changed_part', 'other'] as const;
export type LeftConstellation = (typeof LEFT_CONSTELLATION)[number] | 'left_fostering' | 'constellation_ended';
export const LEFT_CONSTELLATION_NAMES: Readonly<Record<LeftConstellation, string>> = {
  moved: 'Moved away',
  own_wish: 'By their own wish',
  changed_part: 'Changed between hub home and satellite',
  other: 'Another reason',
  left_fostering: 'Left fostering',
  constellation_ended: 'The constellation ended',
};
