import { describePlannedJobs } from './planned-jobs.suite';

describePlannedJobs('PostgreSQL', () => null);
