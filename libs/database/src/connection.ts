import type { DataSourceOptions } from 'typeorm';
import { types } from 'pg';

/** The role that holds all of the application's rights; it owns nothing and bypasses nothing. */
export const APPLICATION_ROLE = 'hub_app';

/** A connection string that works as the application's role, whoever signs in with it. */
export function asApplication(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options');
  url.searchParams.set('options', `${options ? `${options} ` : ''}-c role=${APPLICATION_ROLE}`);
  return url.toString();
}

/** TypeORM's options for the application. Dates come back as 'YYYY-MM-DD', moments as `Date`. */
export function dataSourceOptions(databaseUrl: string, poolSize = 10): DataSourceOptions {
  types.setTypeParser(types.builtins.DATE, (text) => text);
  return {
    type: 'postgres',
    url: asApplication(databaseUrl),
    synchronize: false,
    installExtensions: false,
    poolSize,
    applicationName: 'hub',
    connectTimeoutMS: 5000,
    logging: false,
  };
}
