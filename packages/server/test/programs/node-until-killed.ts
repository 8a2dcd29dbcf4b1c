import { registry } from '@throughline/domain/kinds/all.ts';
import { ensureKey } from '../../src/log/ensure-key.ts';
import { startSequencer } from '../../src/log/sequencer.ts';
import { openPools } from '../../src/store/pools.ts';
import { Store } from '../../src/store/store.ts';

// One node of several: makes or looks for the key, places and signs until it is killed. Cut connections are expected.
// argv is connection, directory of the key.
const [connection = '{}', directory = ''] = process.argv.slice(2);
const quiet = () => undefined;
const store = new Store(openPools(JSON.parse(connection), quiet), registry);
const clock = () => new Date();
await ensureKey({ store, directory, clock });
startSequencer(
  {
    store,
    directory,
    address: undefined,
    clock,
    refused: (message) => process.stdout.write(`refused: ${message}\n`),
  },
  { everyMs: 20, onError: quiet },
);
// A server's door keeps it alive.
setInterval(quiet, 60_000);
process.stdout.write('ready\n');
