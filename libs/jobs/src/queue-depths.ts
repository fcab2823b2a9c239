import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { QUEUE_SCHEMA } from './backend';
import { type QueueName, QUEUES } from './queues';

/** Where a job in a queue can be. What is done leaves the queue. */
export const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** How many jobs of one queue are in one state. */
export interface QueueDepth {
  readonly queue: QueueName;
  readonly state: JobState;
  readonly jobs: number;
}

/** Every queue with every state, as PostgreSQL has them. */
export async function depthsInPostgres(source: DataSource): Promise<QueueDepth[]> {
  const counted = await source.query<QueueDepth[]>(`SELECT queue, state::text AS state, count(*)::int AS jobs FROM ${QUEUE_SCHEMA}.job WHERE queue = ANY ($1) GROUP BY queue, state`, [[...QUEUES]]);
  return everyDepth((queue, state) => counted.find((each) => each.queue === queue && each.state === state)?.jobs ?? 0);
}

/** The same in Redis, where each state is a list or a sorted set of its own. */
export async function depthsInRedis(redis: Redis): Promise<QueueDepth[]> {
  const counted = new Map<string, number>();
  for (const queue of QUEUES) {
    const key = (name: string): string => `bull:${queue}:${name}`;
    counted.set(`${queue} waiting`, (await redis.llen(key('wait'))) + (await redis.zcard(key('prioritized'))));
    counted.set(`${queue} active`, await redis.llen(key('active')));
    counted.set(`${queue} delayed`, await redis.zcard(key('delayed')));
    counted.set(`${queue} failed`, await redis.zcard(key('failed')));
  }
  return everyDepth((queue, state) => counted.get(`${queue} ${state}`) ?? 0);
}

function everyDepth(jobs: (queue: QueueName, state: JobState) => number): QueueDepth[] {
  return QUEUES.flatMap((queue) => JOB_STATES.map((state) => ({ queue, state, jobs: jobs(queue, state) })));
}
