import { projectRoot } from '@app/database';
import { type Clock, SystemClock } from '@app/kernel';
import { createLog, nestLogger } from '@app/logging';
import type { Settings } from '@app/settings';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { urlencoded, json, type Express } from 'express';
import type { Logger } from 'pino';
import { webModule } from '../web.module';
import { readAssetManifest, serveAssets } from './assets';
import { assertRoutesDeclareAccess } from './declared-routes';
import { Metrics } from './metrics';
import { withoutNullInAddress, withoutNullInForm } from './null-characters';
import { isForMachines } from './request';
import { requestLog } from './request-log';
import { securityHeaders } from './security-headers';
import { SessionStore } from './sessions';
import { configureTemplates } from './templates';
import { noteEncoding, utf8Only } from './utf8-only';
import { WhoAsks } from './who-asks';

/** What a test may set besides the settings. */
export interface WebAppOverrides {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly poolSize?: number;
}

/** The whole web application, ready to listen or to be asked by a test. */
export interface WebApp {
  readonly nest: NestExpressApplication;
  readonly express: Express;
  readonly log: Logger;
  /** Lets go of the database. Stop listening first. */
  close(): Promise<void>;
}

const LARGEST_FORM = '300kb';

/**
 * Builds the web application. Throws UndeclaredRoutes when a route does not say who may use it, AssetsNotBuiltError
 * before the first build, and the database's error when it cannot be reached.
 */
export async function createWebApp(settings: Settings, overrides: WebAppOverrides = {}): Promise<WebApp> {
  const log = overrides.log ?? createLog('web');
  const module = webModule(settings, overrides.clock ?? new SystemClock(), overrides.poolSize);
  assertRoutesDeclareAccess(module);

  const nest = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: nestLogger(log), abortOnError: false });
  const express = nest.getHttpAdapter().getInstance();
  const sessions = new SessionStore(settings.databaseUrl);
  const root = projectRoot();

  express.disable('x-powered-by');
  express.set('trust proxy', settings.trustProxy);
  configureTemplates(express, { projectRoot: root, manifest: readAssetManifest(root) });

  express.use(requestLog(log, settings));
  express.use(nest.get(Metrics).middleware);
  express.use(securityHeaders(settings));
  express.use(withoutNullInAddress);
  serveAssets(express, root);
  const session = sessions.middleware(settings);
  express.use((request, response, next) => (isForMachines(request.path) ? next() : session(request, response, next)));
  express.use(nest.get(WhoAsks).middleware);
  express.use(urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 500 }), withoutNullInForm);
  express.use('/api', json({ limit: LARGEST_FORM, verify: noteEncoding }), utf8Only);
  await nest.init();

  return {
    nest,
    express,
    log,
    async close() {
      await nest.close();
      await sessions.close();
    },
  };
}
