export { createLog } from './create-log';
export { errorWithoutPeople } from './error-without-people';
export { nestLogger } from './nest-logger';
