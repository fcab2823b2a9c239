/**
 * Everything that the system does unasked. Hours are those of London; 02:30 comes exactly once a day there, on the days on
 * which the clocks change too.
 */

/** How the tables are looked through for work that is due, besides at once when something new is written. */
export const LOOK = {
  words: 'Plan the alerts and the mail that fall due within the next hour; what is overdue goes first. Keep mail in the mailbox that no server is to get.',
  everySeconds: 15,
  aheadMinutes: 60,
  atMost: 1_000,
} as const;

/** Work at fixed times, done by one worker however many there are. Each can be done late, and twice without harm. */
export const TIMETABLE_ENTRIES = [
  { job: 'keep_nightly_report', pattern: '30 2 * * *', words: 'Every night at 02:30: compute the KPI report of the year so far, and keep it. A night that was slept through is made up for.' },
  { job: 'keep_counted_months', pattern: '25 * * * *', words: 'Every hour: count the months anew whose journeys have changed, so that reports have little left to count.' },
  { job: 'save_reports', pattern: '10 3 * * *', words: 'Every night at 03:10: save the reports of the months and quarters whose third working day after the end has come, make new versions of those whose history was corrected, and send the people on their lists a link. What was slept through is made up for.' },
  { job: 'keep_forecasts', pattern: '25 3 * * *', words: 'Every night at 03:25: forecast the approvals of the financial year, of the hub and each council, and keep what was said.' },
  { job: 'delete_expired_drafts', pattern: '10 * * * *', words: 'Every hour: delete the drafts of enquiries that nobody came back to.' },
  { job: 'tell_of_held', pattern: '35 * * * *', words: 'Every hour: tell the hub’s officers, once a day, of enquiries kept aside as suspected spam whose first answer falls due within four working hours.' },
  { job: 'forget_expired_sign_ins', pattern: '20 * * * *', words: 'Every hour: delete sessions and rate limits that have run out.' },
  { job: 'scan_waiting_documents', pattern: '40 * * * *', words: 'Every hour: have the documents looked at for viruses that no scanner has looked at yet.' },
  { job: 'sweep_files', pattern: '50 3 * * *', words: 'Every night at 03:50: delete files that no document names, such as uploads that broke off.' },
  { job: 'look_through_records', pattern: '20 4 * * *', words: 'Every night at 04:20: look for journeys that are in a state in which none can be, and tell the administrators when something else is found than the night before.' },
  { job: 'open_assessments', pattern: '40 4 * * *', words: 'Every night at 04:40: open the files of applications that nobody has opened yet, and let the checklists follow who lives in each household.' },
  { job: 'tell_of_reviews', pattern: '0 5 * * *', words: 'Every night at 05:00: tell supervising social workers of carers’ reviews that fall due within four weeks, and team managers of those that are overdue.' },
] as const;

export type TimetableJob = (typeof TIMETABLE_ENTRIES)[number]['job'];

/** When the nightly report is due, in minutes of the local day. */
export const NIGHTLY_AT_MINUTE = 150;

/** When reports are saved, in minutes of the local day. */
export const REPORTS_AT_MINUTE = 190;

export const TIME_ZONE = 'Europe/London';
