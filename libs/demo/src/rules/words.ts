import type { CloseReason } from '@app/journeys';

/** What officers, social workers and families write. `{first}` is the first name of whoever enquired. */
export const MESSAGES: readonly (string | null)[] = [
  null,
  null,
  null,
  'We have talked about fostering for years, and now our youngest has left home we have the room.',
  'I work shifts. Would that be a problem?',
  'I was in care myself and would like to give something back.',
  'Can you foster if you rent from the council?',
  'My sister fosters in Leeds and says that we should ring you.',
  'Is there help with the cost of a bigger car? We would love to keep brothers and sisters together.',
  'I am a teaching assistant and have the school holidays free.',
  'We have two dogs. Do we still count?',
  'Please ring in the evening if you can, I cannot talk at work.',
  'I am 62 and fit. Am I too old?',
  'We have looked after our nephew for a year and would like to do more.',
  'I would like to know more about short breaks for disabled children.',
];

export const AGAIN: readonly string[] = ['Nobody has rung yet, or I missed it. Please try again.', 'Asked when the next information evening is.', 'Would like to know how long it all takes.', 'Wanted to add that there is a second spare room.'];

export const ATTEMPTS: readonly string[] = ['Rang, no answer. Left a voicemail with our number.', 'No answer, no voicemail. Sent a text.', 'Rang at the time that they asked for: no answer.', 'Straight to voicemail. Left a message.', 'Rang out. Will try at another time of day.', 'A child answered and will pass it on.'];

export const FIRST_TALKS: readonly string[] = [
  'Good talk of twenty minutes. {first} has thought about it for a while and has sensible questions about allowances and support. Explained the steps and how long they take.',
  '{first} saw our post and wanted to know more. Talked through the kinds of fostering. Would like to read the pack before deciding.',
  'Warm and thoughtful. Has a spare room, works part-time. Explained that the initial application comes next.',
  'Was at work, so a short call. Keen, but partner is less sure. Sent the pack by email.',
  '{first} asked about fostering while working full-time. Explained what children need in the first weeks.',
  'Has cared for relatives’ children. Knows what it means. Would like to get going soon.',
  'Many questions about birth families and contact. Answered honestly, sent links to read.',
  'Talked about the spare room and about pets. Nothing that stands in the way so far.',
];

export const FIRST_EMAILS: readonly string[] = ['Wrote personally with answers to the questions in the enquiry, and three times at which to talk.', 'Two calls unanswered, so wrote a personal email: who we are, what happens next, and my direct number.', 'Answered by email, as they prefer: kinds of fostering, allowances, next information evening.'];

export const FOLLOW_UPS: readonly string[] = [
  'Rang as agreed. Still keen, has not had time to read everything.',
  'Has talked it over with the children, who are excited. One more week to decide.',
  'Came to the online information evening and found it helpful.',
  'Partner had questions about work. Talked with both of them.',
  'Has begun the initial application, needs help with the employment part.',
  'Waiting for the landlord’s answer. Will ring when there is news.',
  'Short call. Family is on holiday until the weekend.',
  'Sent the story of a carer who works full-time, as promised.',
];

export const VISIT_ARRANGEMENTS: readonly string[] = ['Rang to arrange the home visit. Explained what we look at and that nothing needs to be tidied away.', 'Home visit arranged. Both will be there, and the children after school.', 'Moved the visit by a few days because of shifts.'];

export const VISITS: readonly string[] = [
  'Warm home, well kept, a room that is ready. Talked about their own childhoods and what brought them here. Clear about what they can offer.',
  'Met everybody, the dog too. The spare room is small but fine for one child. Good understanding of what children may have lived through.',
  'Honest talk about time and work. Grandparents live close by and would help. I would invite them to apply.',
  'The room is used as an office at present and would be cleared. Talked about safer caring and internet use.',
  'Thoughtful about contact with birth families. Some more to think about on holidays and on smoking outside.',
];

export const CHECKS: readonly string[] = ['Forms for the DBS checks are done for all adults. References requested from three people.', 'Medicals booked with the GP.', 'Two references are back and speak warmly of them. Waiting for the employer’s.', 'Landlord’s consent has come.', 'Checks of previous addresses are back.'];

export const SESSIONS: readonly string[] = ['Assessment session: childhood and family.', 'Assessment session: relationships and support network. The sister would be their backup.', 'Skills to Foster, both days attended. Facilitators speak well of both.', 'Assessment session: parenting and what children in care need.', 'Safer caring and health and safety at home. Stair gate and a lockable cabinet to be fitted.', 'Met the referees in person.', 'Read the draft report together. Small corrections only.'];

export const PANEL_TALKS: readonly string[] = ['Rang after panel to say how it went and when the decision comes.', 'They found panel friendlier than they had feared.'];

export const HANDOVERS: readonly string[] = ['Initial application complete. Please arrange the home visit within ten working days.', 'Keen family, best reached after four. Visit due within ten working days.', 'Everything that we know is in the application. They would like a weekday morning.'];

export const HOLDS: readonly string[] = ['A death in the family. They asked us to come back in some weeks.', 'Moving house. We come back once they have settled in.', 'New job: they want to get through the first weeks.', 'An operation is coming up. They would like to wait until it is over.', 'The boiler and the spare room are being redone.', 'Waiting for the school year to start.'];

export const BACK_FROM_HOLD: readonly string[] = ['Rang as agreed. Things have calmed down and they would like to go on.', 'They are ready to go on.'];

export const REOPENINGS: readonly string[] = ['Rang us back: had been ill, and would like to go on after all.', 'Changed their mind again, and means it now.', 'Answered our last letter. Had changed telephone.'];

export const REROUTES: readonly string[] = ['Has moved: the new address belongs to another council.', 'Works for this council, so another one should assess.', 'Asked for the neighbouring council, where the children go to school.'];

export const ROUTES: readonly string[] = ['The postcode is of a new estate. Asked on the telephone: it is in this council’s area.', 'Gave no postcode. Lives here, as they said when we spoke.', 'The old postcode is no longer in use; same street, same council.'];

export const CLOSE_NOTES: Readonly<Partial<Record<CloseReason, readonly string[]>>> = {
  no_response: ['Three calls and two messages without an answer. Sent a friendly last letter: they can come back at any time.', 'No answer for a month. Closed for now.'],
  no_spare_room: ['The only spare room is a box room that a toddler will need. Left on good terms, may move next year.', 'No room of its own for a child at present.'],
  out_of_area: ['Lives outside our four councils. Gave them the number of their own.'],
  housing: ['Landlord does not agree.', 'Temporary tenancy until summer.'],
  not_now: ['Wants to wait until the youngest starts school. Happy to hear from us next year.', 'Too much going on at work. Would like our newsletter.'],
  changed_mind: ['Decided that it is not for them. Thanked us for being honest.', 'Will volunteer as a mentor instead.'],
  household_circumstances: ['Expecting a baby.', 'A parent is moving in and needs care.', 'They have separated.'],
  financial: ['Cannot afford to work fewer hours.', 'Worried about the gap between placements.'],
  fostering_not_as_expected: ['Had hoped for very young children only, for good.', 'Had not known how often children see their birth family.'],
  assessment_not_as_expected: ['Finds the assessment too long and too personal.', 'Did not want former partners to be spoken with.'],
  allegation_risk: ['Worried about allegations after what happened to a friend.'],
  chose_ifa: ['Chose an agency that had rung first.'],
  chose_other_authority: ['Goes to the council that they work for.'],
  adoption_instead: ['Would like to adopt. Passed on with consent.'],
  health: ['Medical advice is to wait for two years.'],
  stage_1_refused: ['References and checks do not support going on. Letter with reasons sent; complaint route explained.'],
  not_approved: ['Final decision after representations: not approved.'],
  safeguarding: ['Information from the checks. Decided with the manager.'],
};

export const MISDIRECTED: readonly string[] = ['A salesperson.', 'A student who is writing an essay.', 'Meant for the children’s duty team, passed on.', 'Already fosters for us and asked about an invoice.'];
export const KINSHIP_ENDS: readonly string[] = ['Would like to care for a grandchild: passed to the family and friends team.', 'Asks about a child they know. Kinship team will ring today.'];
export const KINSHIP: readonly string[] = ['They have asked about a niece who is with them at present. Assessed as family and friends.'];
export const CONCERNS: readonly string[] = ['Something said on the telephone about discipline that needs to be talked through with the manager.', 'An older incident came up in a reference. Asked the local team for what they hold.'];
export const CONCERN_RESOLVED = 'Talked through with the manager and the designated officer. No further action.';
export const SPAM: readonly string[] = ['Get 5,000 real followers http://followers.example.org', 'Dear sir, we offer roof repair at best price www.roofs.example.org', 'CONGRATULATIONS you have been selected [url]http://prize.example.org[/url]', 'Cheap loans today, click https://loans.example.org', 'Your website is not on page one of search. http://rank.example.org'];
