import { actorRef } from '@throughline/domain/actor.ts';
import type { Json } from '@throughline/domain/json.ts';
import { type Selectable, sql } from 'kysely';
import type { Pool } from 'pg';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { JobTable } from './tables.ts';
import type { Write } from './write.ts';

export type StoredJob = Omit<Selectable<JobTable>, 'organisation'>;

const columns = [
  'id',
  'type',
  'state',
  'input',
  'done',
  'total',
  'message',
  'result',
  'by_type',
  'by_id',
  'created_at',
  'started_at',
  'ended_at',
  'cancel_at',
] as const;

/** Asks for long work, inside the change that asks: it is run once that change is committed, or never; at most so often. */
export async function askForJob(write: Write, type: string, input: Json, tries = 3): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const by = actorRef(write.ctx.actor);
  await write.db
    .insertInto('job')
    .values({
      organisation: write.organisation,
      id,
      type,
      state: 'waiting',
      input: JSON.stringify(input),
      total: null,
      result: null,
      by_type: by.type,
      by_id: by.id,
      created_at: write.ctx.at,
      started_at: null,
      ended_at: null,
      cancel_at: null,
    })
    .execute();
  write.made(id);
  await sql`select enqueue_job(${write.organisation}::uuid, ${id}::uuid, ${tries}::int)`.execute(write.db);
  return id;
}

export async function findJob(reader: Reader, id: string): Promise<StoredJob | undefined> {
  return reader.db
    .selectFrom('job')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest jobs first. */
export async function recentJobs(reader: Reader, limit: number): Promise<StoredJob[]> {
  return reader.db
    .selectFrom('job')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}

/** First half of the advisory locks of jobs at work; the second is made from the job's id. */
export const jobLock = 4271;

/**
 * Holds a job for whoever works on it. PostgreSQL lets go by itself when the process ends without a word: so a job that
 * nobody does any more can be told from one under way. Nothing where another process holds it.
 */
export async function holdJob(owner: Pool, id: string): Promise<AsyncDisposable | undefined> {
  const client = await owner.connect();
  let held = false;
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as held',
      [jobLock, id],
    );
    held = rows[0]?.held === true;
  } finally {
    if (!held) client.release();
  }
  if (!held) return undefined;
  return {
    [Symbol.asyncDispose]: async () => {
      try {
        await client.query('select pg_advisory_unlock($1, hashtext($2))', [jobLock, id]);
        client.release();
      } catch (error) {
        // Its connection is gone, and the lock with it.
        client.release(error instanceof Error ? error : true);
      }
    },
  };
}

type JobChange = Partial<
  Pick<StoredJob, 'state' | 'done' | 'total' | 'message' | 'started_at' | 'ended_at' | 'cancel_at'>
> & { result?: Json };

export async function updateJob(write: Write, id: string, change: JobChange): Promise<void> {
  const { result, ...rest } = change;
  await write.db
    .updateTable('job')
    .set({ ...rest, ...(result === undefined ? {} : { result: JSON.stringify(result) }) })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
}
