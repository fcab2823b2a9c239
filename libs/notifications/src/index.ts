export { type EmailToQueue, queueEmail } from './use-cases/queue-email';
