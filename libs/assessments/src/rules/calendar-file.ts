/** An appointment as it goes into somebody's calendar. */
export interface Appointment {
  /** Stays the same when the appointment changes, so that a calendar replaces it. */
  readonly id: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly subject: string;
  readonly place: string;
  readonly cancelled: boolean;
  /** The address of mail of whoever invites. */
  readonly organiser: string;
}

const stamp = (moment: Date): string => `${moment.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
const escaped = (text: string): string => text.replace(/\\/g, '\\\\').replace(/;/g, '\\;').replace(/,/g, '\\,').replace(/\r?\n/g, '\\n');

/** Lines of a calendar file are at most 75 octets: longer ones are folded, never inside a character (RFC 5545, 3.1). */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (Buffer.byteLength(part + character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part].join('\r\n ');
}

/**
 * An appointment as a calendar file (RFC 5545), in UTC, which every calendar shows in its own time. `now` stamps it, and numbers it
 * in minutes: a later file replaces an earlier one, and a cancellation takes it out (RFC 5546, 2.1.4 and 3.2.5).
 */
export function calendarFile(appointment: Appointment, now: Date): string {
  const { id, startsAt, minutes, subject, place, cancelled, organiser } = appointment;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Foster for East Midlands//Hub//EN',
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${id}@foster-for-east-midlands`,
    `SEQUENCE:${String(Math.floor(now.getTime() / 60_000))}`,
    `ORGANIZER;CN=Foster for East Midlands:mailto:${organiser}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(new Date(startsAt.getTime() + minutes * 60_000))}`,
    `SUMMARY:${escaped(subject)}`,
    `LOCATION:${escaped(place)}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map((line) => (line === '' ? '' : folded(line)))
    .join('\r\n');
}
