export { type Actor, type Origin, type Scope, actorName, system } from './actor';
export { APPLICATION_ROLE, asApplication, dataSourceOptions } from './connection';
export { DatabaseModule } from './database.module';
export { migrate, UnfitDatabase } from './migrate';
export { MIGRATIONS } from './migrations';
export { projectRoot } from './project-root';
export { refreshStatistics } from './refresh-statistics';
export { affected, insertManyRows, insertRows, rows, setActor, Transactions } from './transactions';
