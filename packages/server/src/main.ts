import { resolve } from 'node:path';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { buildApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { signInLink } from './features/sign-in/first-run.ts';
import { startSequencer } from './log/sequencer.ts';
import { EmbeddedDatabaseError } from './store/embedded/failure.ts';
import { migrate } from './store/migrate.ts';
import { DatabaseRefused, openDatabase } from './store/open-database.ts';
import { openPools } from './store/pools.ts';
import { Store } from './store/store.ts';

/** What was opened, to be closed in the opposite order. */
const opened: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

/** Stops in order, once: a terminal sends ctrl-C to every process of the command, and each passes it on. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const close of opened.splice(0).reverse()) await close();
  })();
  return stopping;
}

async function start(): Promise<void> {
  const config = readConfig();
  const database = await openDatabase(config, (line) => console.log(line));
  opened.push(() => database.close());
  const pools = openPools(database.connection, (error) =>
    console.error(`A database connection ended: ${error.message}`),
  );
  opened.push(() => pools.end());
  await migrate(pools.owner);
  await serve(config, new Store(pools, registry));
}

/** Opens the door and says where it is; while no administrator exists, also how to become the first. */
async function serve(config: Config, store: Store): Promise<void> {
  const onError = (error: unknown) => console.error(error);
  const sequencer = startSequencer(store, { everyMs: 1_000, onError });
  opened.push(() => sequencer[Symbol.asyncDispose]());
  const door = { publicUrl: config.publicUrl, trustProxy: config.trustProxy };
  const app = await buildApp({
    store,
    registry,
    catalogue: loadCatalogue(),
    clock: () => new Date(),
    config: door,
    log: (error, request) => console.error(`Request ${request} failed:`, error),
    webRoot: resolve(import.meta.dirname, '../../web/dist'),
  });
  opened.push(() => app.close());
  const address = await app.listen({ host: config.host, port: config.port });
  // Port 0 asked for any free one: links then begin with the address that came of it.
  if (config.port === 0) door.publicUrl = address;
  const secret = await signInLink(store);
  const link = `Sign in once, as the first administrator, within 24 hours: ${door.publicUrl}/setup?token=${secret}\n`;
  process.stdout.write(`${secret === null ? '' : link}Throughline is ready at ${door.publicUrl}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop().catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  });
}

try {
  await start();
} catch (error) {
  // What a person can mend gets one line; anything else is ours and shows where it came from.
  const known =
    error instanceof ConfigError ||
    error instanceof DatabaseRefused ||
    error instanceof EmbeddedDatabaseError;
  console.error(known ? error.message : error);
  process.exitCode = 1;
  await stop();
}
