import pg from 'pg';
import { GatheringSocket } from './gathering-socket.ts';
import { columnTypes } from './moment-text.ts';

/** The two pools of a process: `owner` for migrations and work beyond one organisation, `app` for requests. */
export type Pools = { owner: pg.Pool; app: pg.Pool; end(): Promise<void> };

/** Opens both pools; no connection is made yet. `failed` hears of connections that the server ended. */
export function openPools(connection: pg.ClientConfig, failed: (error: Error) => void): Pools {
  const owner = new pg.Pool({
    ...connection,
    max: 10,
    types: columnTypes,
    application_name: `throughline owner ${process.pid}`,
  });
  // Statements that do not wait for each other go out together: a change and its commit above all.
  const app = new pg.Pool({
    ...connection,
    max: 20,
    types: columnTypes,
    pipeline: true,
    stream: () => new GatheringSocket(),
    application_name: `throughline ${process.pid}`,
  });
  let ended = false;
  // Once ended, connections are on their way out: a server that stops meanwhile cuts them, and nothing failed.
  const heard = (error: Error) => (ended ? undefined : failed(error));
  for (const pool of [owner, app]) {
    pool.on('error', heard);
    pool.on('connect', (client) => client.on('error', heard));
  }
  const end = async () => {
    ended = true;
    await Promise.all([owner.end(), app.end()]);
  };
  return { owner, app, end };
}

/** What a pool connects with, as plain values: another thread opens its own connections with them. */
export function ownerConnection({ options }: pg.Pool): pg.ClientConfig {
  const { connectionString, host, port, user, password, database, ssl } = options;
  const given = { connectionString, host, port, user, password, database, ssl };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Sessions of other processes of ours on the same database: those that have begun to open it count too. */
export async function othersAtWork(owner: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database()
      and application_name like 'throughline%' and application_name not like '% ' || $1`,
    [String(process.pid)],
  );
  return rows[0]?.count ?? 0;
}
