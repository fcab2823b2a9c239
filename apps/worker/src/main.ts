import 'reflect-metadata';
import { within } from '@app/jobs';
import { createLog, nestLogger } from '@app/logging';
import { parseSettings, type Settings } from '@app/settings';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import { MessagesProcessor } from './processors/messages.processor';
import { TimetableProcessor } from './processors/timetable.processor';
import { WorkerModule } from './worker.module';

/** What it holds is finished within this time, or left to be taken up again. */
const STOP_LIMIT_MS = 20_000;
const CLOSE_LIMIT_MS = 2_000;

const log = createLog('worker');

void main();

async function main(): Promise<void> {
  const settings = parseSettings(process.env);
  if (!settings.ok) return end(1, settings.refusal.join('\n'));
  try {
    const worker = await start(settings.value);
    stopWhenAsked(worker, log);
    process.send?.({ ready: true });
    log.info({ queue: settings.value.redisUrl === null ? 'postgresql' : 'redis' }, 'The worker is ready');
  } catch (error) {
    end(1, `The worker cannot start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function start(settings: Settings): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(WorkerModule.forRoot(settings), { logger: nestLogger(log), abortOnError: false });
}

/** Stops at a signal, and when the process that started this one is gone. */
function stopWhenAsked(worker: INestApplicationContext, logger: Logger): void {
  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ why }, 'The worker finishes what it holds');
    setTimeout(() => { end(1, 'The worker was asked to stop and did not finish in time.'); }, STOP_LIMIT_MS).unref();
    finish(worker).then(
      () => { end(0); },
      (error: unknown) => {
        logger.error({ err: error }, 'stopping');
        end(1);
      },
    );
  };
  process.on('SIGTERM', () => { stop('SIGTERM'); });
  process.on('SIGINT', () => { stop('SIGINT'); });
  process.on('disconnect', () => { stop('its parent is gone'); });
}

/** What is in hand first, then the connections: one that cannot be closed, as to a Redis out of reach, is left to end with the process. */
async function finish(worker: INestApplicationContext): Promise<void> {
  await Promise.all([worker.get(MessagesProcessor).finish(), worker.get(TimetableProcessor).finish()]);
  await within(CLOSE_LIMIT_MS, 'Closing the connections', worker.close()).catch((error: unknown) => { log.warn(error instanceof Error ? error.message : String(error)); });
}

function end(code: number, complaint?: string): void {
  if (complaint !== undefined) process.stderr.write(`${complaint}\n`);
  process.exit(code);
}
