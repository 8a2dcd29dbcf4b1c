import { loadCatalogue } from '@throughline/catalogue/load.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import pg from 'pg';
import type { Services } from '../src/services.ts';
import type { Context } from '../src/store/context.ts';
import { newId } from '../src/store/ids.ts';
import { Store } from '../src/store/store.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** A store on a database of its own, with one organisation: what tests below the door start from. */
export type TestKernel = {
  readonly services: Services;
  readonly store: Store;
  readonly database: TestDatabase;
  organisation(name?: string): Promise<string>;
  member(organisation: string, roles: readonly Role[], name?: string): Promise<Actor & { type: 'person' }>;
  context(organisation: string, actor: Actor, at?: Date): Context;
  close(): Promise<void>;
};

export async function testKernel(): Promise<TestKernel> {
  const database = await testDatabase();
  const owner = new pg.Pool({ ...database.owner, max: 4 });
  const app = new pg.Pool({ ...database.app, max: 12, pipeline: true });
  let closed = false;
  // A connection on its way out may be cut by the database being dropped; any other end fails the test.
  const heard = (error: Error) => {
    if (!closed) throw error;
  };
  for (const pool of [app, owner]) {
    pool.on('error', heard);
    pool.on('connect', (client) => client.on('error', heard));
  }
  const store = new Store({ app, owner }, registry);
  const services: Services = { store, registry, catalogue: loadCatalogue(), clock: () => new Date() };
  return {
    services,
    store,
    database,
    organisation: async (name = 'Harbour Mutual') => {
      const id = newId();
      await owner.query(
        'insert into organisation (id, name, time_zone, created_at) values ($1, $2, $3, now())',
        [id, name, 'Europe/Dublin'],
      );
      return id;
    },
    member: async (organisation, roles, name = 'Head of claims') => {
      const id = newId();
      await owner.query(
        'insert into member (organisation, id, name, roles, created_at) values ($1, $2, $3, $4, now())',
        [organisation, id, name, roles],
      );
      const scope = { until: '2999-12-31', kinds: 'all' } as const;
      return { type: 'person', member: id, roles, ...(roles.includes('external-auditor') ? { scope } : {}) };
    },
    context: (organisation, actor, at = new Date()) => ({
      organisation,
      actor,
      at,
      because: null,
      request: null,
    }),
    close: async () => {
      closed = true;
      await app.end();
      await owner.end();
      await database.drop();
    },
  };
}
