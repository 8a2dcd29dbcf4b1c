import { registry } from '@throughline/domain/kinds/all.ts';
import { ensureKey } from '../../src/log/ensure-key.ts';
import { signAll } from '../../src/log/signer.ts';
import { sequence } from '../../src/store/log.ts';
import { openPools } from '../../src/store/pools.ts';
import { Store } from '../../src/store/store.ts';

// Makes the key, places what is pending and signs it, and dies without a word at the step named:
// argv is connection, organisation, directory of the key, step.
const [connection = '{}', organisation = '', directory = '', step = ''] = process.argv.slice(2);
const pools = openPools(JSON.parse(connection), (error) => {
  throw error;
});
const store = new Store(pools, registry);
const clock = () => new Date();
const reached = (name: string) => {
  if (name === step) process.kill(process.pid, 'SIGKILL');
};

await ensureKey({ store, directory, clock, keyReached: (name) => reached(`key ${name}`) });
await store.asOwner((db) => sequence(db, organisation, clock(), (name) => reached(`place ${name}`)));
reached('place committed');
await signAll({
  store,
  directory,
  address: 'aims.example.org',
  clock,
  refused: (message) => {
    throw new Error(message);
  },
  reached: (name) => reached(`sign ${name}`),
});
process.stdout.write('done\n');
await pools.end();
