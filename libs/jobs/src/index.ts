export { type JobsSettings, migrateQueue } from './backend';
export { Complaints } from './complaints';
export { JobPlanner, type PlannedJob, type TimetableEntry } from './job-planner';
export { JobsModule } from './jobs.module';
export { JOB_STATES, type JobState, type QueueDepth } from './queue-depths';
export { QueueHealth, QueueHealthModule, type QueueState } from './queue-health';
export { MESSAGES, type QueueName, QUEUES, TIMETABLE } from './queues';
export { TookTooLong, within } from './within';
