/** Alerts and mail: short jobs that people wait for. */
export const MESSAGES = 'messages';

/** What the timetable asks for: long work, one at a time, that must not hold up a message. */
export const TIMETABLE = 'timetable';

export const QUEUES = [MESSAGES, TIMETABLE] as const;
export type QueueName = (typeof QUEUES)[number];
