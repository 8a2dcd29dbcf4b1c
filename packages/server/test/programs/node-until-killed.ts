import { randomUUID } from 'node:crypto';
import { registry } from '@throughline/domain/kinds/all.ts';
import { ensureKey } from '../../src/log/ensure-key.ts';
import { startSequencer } from '../../src/log/sequencer.ts';
import { openPools } from '../../src/store/pools.ts';
import { Store } from '../../src/store/store.ts';

// One node of several: makes or looks for the key, places and signs until it is killed, and writes as it is told. Cut
// connections are expected. argv is connection, directory of the key, who writes where, how many changes.
const [connection = '{}', directory = '', ctx = '{}', changes = '0'] = process.argv.slice(2);
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
// Three entries a change; what is committed is told at once, so that whoever hears it can look for each of them.
for (let n = 0; n < Number(changes); n += 1) {
  const tokens = [randomUUID(), randomUUID(), randomUUID()];
  await store.change({ ...JSON.parse(ctx), at: clock() }, async (write) => {
    for (const token of tokens) write.log({ act: 'token.revoked', token, roles: [] });
  });
  process.stdout.write(`wrote ${tokens.join(' ')}\n`);
}
process.stdout.write('written\n');
