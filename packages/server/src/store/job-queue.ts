import { runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';
import { jobLock } from './jobs.ts';
import { appRole } from './roles.ts';
import { statisticsTask } from './statistics.ts';

/** The one task of the queue: its payload names a row of `job`. */
export const jobTask = 'job';

/** The task that a wish for a link to a new password waits as; its payload holds the address that was typed. */
export const resetTask = 'password-reset';
/** Over some twenty minutes, as the queue waits longer each time: a link that comes later is no help. */
const wishTries = 8;

/**
 * Prepares the queue and the door to it: the queue's own functions are refused to the application's role whatever the
 * grants, so functions of the owner stand between.
 */
export async function migrateJobQueue(owner: Pool): Promise<void> {
  await runMigrations({ pgPool: owner });
  // One implicit transaction: the lock keeps two nodes that start at once from replacing the function together.
  await owner.query(`
    select pg_advisory_xact_lock(4270, 2);
    drop function if exists enqueue_job(uuid, uuid);
    create or replace function enqueue_job(of_organisation uuid, job uuid, tries int default 3) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if of_organisation is distinct from nullif(current_setting('app.organisation', true), '')::uuid then
        raise exception 'A job belongs to the organisation of its change' using errcode = '42501';
      end if;
      perform graphile_worker.add_job('${jobTask}', json_build_object('organisation', of_organisation, 'job', job),
        job_key := job::text, max_attempts := tries);
    end $$;
    revoke execute on function enqueue_job from public;
    grant execute on function enqueue_job to ${appRole};
    create or replace function enqueue_statistics(after interval) returns void
    language sql security definer set search_path = public, pg_temp as $$
      select graphile_worker.add_job('${statisticsTask}', '{}'::json, run_at := clock_timestamp() + after,
        job_key := '${statisticsTask} ' || after, max_attempts := ${wishTries});
    $$;
    create or replace function enqueue_reset(address text) returns void
    language sql security definer set search_path = public, pg_temp as $$
      select graphile_worker.add_job('${resetTask}', json_build_object('address', lower(address)),
        job_key := '${resetTask} ' || encode(sha256(convert_to(lower(address), 'UTF8')), 'hex'), max_attempts := ${wishTries});
    $$;
    revoke execute on function enqueue_reset from public;
    grant execute on function enqueue_reset to ${appRole};
    revoke execute on function enqueue_statistics from public;
    grant execute on function enqueue_statistics to ${appRole};`);
}

/** Puts a wish for a link to a new password into the queue, whether or not anybody has the address; wishes that wait are one. */
export async function askForReset({ app }: { readonly app: Pool }, address: string): Promise<void> {
  await app.query({ name: 'enqueue-reset', text: 'select enqueue_reset($1)', values: [address] });
}

/**
 * Puts jobs back into the queue whose process ended without a word; answers how many. The queue itself would wait four
 * hours before it gives such a job to somebody else. A handler may be run again, so the job begins anew.
 */
export async function takeUpJobs(owner: Pool): Promise<number> {
  const { rows } = await owner.query<{ taken: string }>(
    `with running as materialized (
      select organisation, id from job where state = 'running'
    ), left_behind as materialized (
      select organisation, id from running where pg_try_advisory_xact_lock($1, hashtext(id::text))
    ), waiting as (
      update job j set state = 'waiting', done = 0, message = $2 from left_behind l
      where j.organisation = l.organisation and j.id = l.id and j.state = 'running' and j.ended_at is null
      returning j.organisation, j.id
    )
    select graphile_worker.add_job($3, json_build_object('organisation', organisation, 'job', id), job_key := id::text,
      max_attempts := 3) as taken from waiting`,
    [jobLock, 'The server ended while it was at this. It begins anew.', jobTask],
  );
  return rows.length;
}
