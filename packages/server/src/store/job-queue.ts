import { runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';
import { appRole } from './roles.ts';
import { statisticsTask } from './statistics.ts';

/** The one task of the queue: its payload names a row of `job`. */
export const jobTask = 'job';

/**
 * Prepares the queue and the door to it: the queue's own functions are refused to the application's role whatever the
 * grants, so functions of the owner stand between.
 */
export async function migrateJobQueue(owner: Pool): Promise<void> {
  await runMigrations({ pgPool: owner });
  // One implicit transaction: the lock keeps two nodes that start at once from replacing the function together.
  await owner.query(`
    select pg_advisory_xact_lock(4270, 2);
    create or replace function enqueue_job(of_organisation uuid, job uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if of_organisation is distinct from nullif(current_setting('app.organisation', true), '')::uuid then
        raise exception 'A job belongs to the organisation of its change' using errcode = '42501';
      end if;
      perform graphile_worker.add_job('${jobTask}', json_build_object('organisation', of_organisation, 'job', job),
        job_key := job::text, max_attempts := 3);
    end $$;
    revoke execute on function enqueue_job from public;
    grant execute on function enqueue_job to ${appRole};
    create or replace function enqueue_statistics(after interval) returns void
    language sql security definer set search_path = public, pg_temp as $$
      select graphile_worker.add_job('${statisticsTask}', '{}'::json, run_at := clock_timestamp() + after,
        job_key := '${statisticsTask} ' || after, max_attempts := 3);
    $$;
    revoke execute on function enqueue_statistics from public;
    grant execute on function enqueue_statistics to ${appRole};`);
}
