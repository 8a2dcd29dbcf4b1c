import { ConfigError, readConfig } from './config.ts';
import { EmbeddedDatabaseError } from './store/embedded/failure.ts';
import { migrate } from './store/migrate.ts';
import { DatabaseRefused, openDatabase } from './store/open-database.ts';
import { openPools } from './store/pools.ts';

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
