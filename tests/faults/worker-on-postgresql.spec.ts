import { describeWorkerFaults } from './worker.suite';

describeWorkerFaults('PostgreSQL', () => ({
  env: {},
  async empty(database) {
    const { rows } = await database.owner.query<{ name: string }>(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`);
    await database.owner.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')} CASCADE`);
  },
}));
