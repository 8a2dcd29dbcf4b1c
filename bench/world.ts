import { join } from 'node:path';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { FactsCache } from '@throughline/server/features/line/facts.ts';
import { ensureKey } from '@throughline/server/log/ensure-key.ts';
import type { Signing } from '@throughline/server/log/signer.ts';
import type { Services } from '@throughline/server/services.ts';
import { openEmbedded } from '@throughline/server/store/embedded/open.ts';
import { migrate } from '@throughline/server/store/migrate.ts';
import { openPools } from '@throughline/server/store/pools.ts';
import { refillSlots } from '@throughline/server/store/refill-slots.ts';
import { refillWords } from '@throughline/server/store/refill-words.ts';
import { Store } from '@throughline/server/store/store.ts';
import { turnsOfThisMachine } from '@throughline/server/store/turns.ts';
import { generateOrganisation } from './organisation.ts';
import { Random } from './random.ts';

/** What every measure is handed: the product as it runs, over the generated organisation. */
export type World = {
  readonly services: Services;
  readonly cache: FactsCache;
  /** Where the key of its log lies. */
  readonly logKeyDir: string;
  readonly connection: Parameters<typeof openPools>[0];
  /** The process of PostgreSQL that all of its others come from. */
  readonly databasePid: number;
  readonly organisation: string;
  readonly member: string;
  /** Ids of all systems, in the order of their making. */
  readonly systems: readonly string[];
  readonly records: number;
  readonly links: number;
  close(): Promise<void>;
};

const seed = 42_001;

/** Opens the embedded PostgreSQL of a directory with the product's own settings, and fills it where it is empty. */
export async function openWorld(options: {
  readonly dataDir: string;
  readonly systems: number;
  readonly say: (line: string) => void;
}): Promise<World> {
  const server = await openEmbedded({ dataDir: options.dataDir, log: options.say });
  const connection: World['connection'] = { ...server.owner };
  const pools = openPools(connection, (error) => options.say(`A connection ended: ${error.message}`));
  const close = async () => {
    await pools.end();
    await server.stop();
  };
  try {
    await migrate(pools.owner);
    const store = new Store(pools, registry, turnsOfThisMachine());
    // As a start does, before there is anything: what is generated then needs no filling later.
    await refillSlots(store);
    await refillWords(store);
    if (!(await found(store))) await fill(store, options);
    const stands = await found(store);
    if (!stands) throw new Error('The organisation was generated and is not there');
    const services: Services = { store, registry, catalogue: loadCatalogue(), clock: () => new Date() };
    await ensureKey({ store, directory: join(options.dataDir, 'log-key'), clock: services.clock });
    return {
      services,
      cache: FactsCache.of(services),
      logKeyDir: join(options.dataDir, 'log-key'),
      connection,
      databasePid: server.pid,
      ...stands,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the sequencer signs the world's logs with. A refusal is a failure of the measure. */
export function signingOf({ services, logKeyDir }: World): Signing {
  return {
    store: services.store,
    clock: services.clock,
    directory: logKeyDir,
    address: undefined,
    refused: (message) => {
      throw new Error(message);
    },
  };
}

async function fill(
  store: Store,
  { systems, say }: { readonly systems: number; readonly say: (line: string) => void },
): Promise<void> {
  const began = performance.now();
  let told = 0;
  const made = await generateOrganisation(store, new Random(seed), {
    systems,
    progress: (done) => {
      if (done - told < systems / 10 && done < systems) return;
      told = done;
      say(`${done} of ${systems} systems written, ${seconds(began)} s`);
    },
  });
  say(`${made.records} records and ${made.links} links written in ${seconds(began)} s`);
  // What autovacuum would have done long before a register grows to this size.
  await store.owner.query('vacuum (analyze)');
  say(`Vacuumed and analysed after ${seconds(began)} s`);
}

async function found(
  store: Store,
): Promise<Pick<World, 'organisation' | 'member' | 'systems' | 'records' | 'links'> | undefined> {
  const { rows } = await store.owner.query<{ organisation: string; member: string }>(
    'select organisation, id as member from member order by created_at limit 1',
  );
  const [first] = rows;
  if (!first) return undefined;
  const systems = await store.owner.query<{ id: string }>(
    "select id from record where organisation = $1 and kind = 'system' order by number",
    [first.organisation],
  );
  const counts = await store.owner.query<{ records: number; links: number }>(
    `select (select count(*)::int from record where organisation = $1) as records,
      (select count(*)::int from link where organisation = $1) as links`,
    [first.organisation],
  );
  return {
    ...first,
    systems: systems.rows.map((row) => row.id),
    records: counts.rows[0]?.records ?? 0,
    links: counts.rows[0]?.links ?? 0,
  };
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}
