import { asApplication } from '@app/database';
import type { Settings } from '@app/settings';
import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import { Pool } from 'pg';
import { LONGEST_HOURS } from './session-limits';

/** The name of the session's cookie. With https, browsers bind a `__Host-` cookie to this very host. */
export const sessionCookieName = (publicUrl: string): string => (publicUrl.startsWith('https:') ? '__Host-hub' : 'hub');

/** The store of sessions, with connections of its own. */
export class SessionStore {
  private readonly pool: Pool;
  private readonly store: session.Store & { close(): Promise<void> | void };

  constructor(databaseUrl: string) {
    this.pool = new Pool({ connectionString: asApplication(databaseUrl), max: 4, connectionTimeoutMillis: 5000, application_name: 'hub sessions' });
    // A connection that breaks while idle is replaced at the next query.
    this.pool.on('error', () => undefined);
    const Store = connectPgSimple(session);
    this.store = new Store({ pool: this.pool, tableName: 'sessions', ttl: LONGEST_HOURS * 3600, errorLog: () => undefined });
  }

  /** Reads and writes the session of a request; nobody gets a cookie before there is something to keep. */
  middleware(settings: Settings): RequestHandler {
    const https = settings.publicUrl.startsWith('https:');
    return session({
      name: sessionCookieName(settings.publicUrl),
      secret: settings.sessionSecret,
      store: this.store,
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure: https, path: '/' },
      // The proxy that speaks https says so, even one that is not otherwise trusted: at worst a browser drops the cookie.
      ...(https ? { proxy: true } : {}),
    });
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.pool.end();
  }
}

/** Gives the session a new identity, so that one known to somebody else before is worth nothing after. */
export function renewSession(request: Request): Promise<void> {
  return new Promise((done, failed) => {
    request.session.regenerate((error: unknown) => (error ? failed(asError(error)) : done()));
  });
}

/** Ends the session for good. */
export function endSession(request: Request): Promise<void> {
  return new Promise((done, failed) => {
    request.session.destroy((error: unknown) => (error ? failed(asError(error)) : done()));
  });
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
