import pino, { type DestinationStream, type Logger } from 'pino';
import { errorWithoutPeople } from './error-without-people';

/** Structured log lines without personal data, one JSON object a line; to standard output unless told otherwise. */
export function createLog(process: string, destination?: DestinationStream): Logger {
  const options = { base: { process }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorWithoutPeople } };
  return destination ? pino(options, destination) : pino(options);
}
