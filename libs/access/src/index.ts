export { AccessModule } from './access.module';
export { loadStaffActor } from './queries/staff-actor';
export { type Action, ACTION_MEANINGS, ACTIONS, type Grant, grants, MATRIX, may } from './rules/matrix';
export { LONGEST_PASSWORD, type PasswordRefusal, passwordRefusal, passwordRefusalInWords, SHORTEST_PASSWORD } from './rules/password';
export { covers, type HeldRole, isRole, reachFits, type Role, ROLE_NAMES, ROLE_REACH, ROLES } from './rules/roles';
export { type StaffActor, staffActor } from './rules/staff-actor';
export { SignIn, type SignInRefusal } from './use-cases/sign-in';
