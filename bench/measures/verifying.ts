import { verifyOrganisation } from '@throughline/server/features/log/verify-organisation.ts';
import { sequenceAll } from '@throughline/server/log/sequencer.ts';
import { signAll } from '@throughline/server/log/signer.ts';
import { spentWords, withSpent } from '../cpu.ts';
import { type Measure, single } from '../result.ts';
import { signingOf } from '../world.ts';

/** What a million entries may take; the generated log is held to its share of it. */
const millionS = 20;

/** The whole log from its tables: tree, signature, and every entry and every row against each other. */
export const verifying: Measure = {
  name: 'verifying',
  run: async (world, { say }) => {
    await sequenceAll(world.services.store);
    await signAll(signingOf(world));
    const before = process.memoryUsage().rss;
    const began = performance.now();
    let told = 0;
    const { value: verdict, spent } = await withSpent(world, () =>
      verifyOrganisation(world.services, world.organisation, { key: undefined, held: [] }, (what, done) => {
        if (done - told < 100_000 && done >= told) return;
        told = done;
        say(`${done} ${what} looked at`);
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    if (verdict.faultCount > 0)
      throw new Error(`The log does not verify: ${JSON.stringify(verdict.faults[0])}`);
    const grew = Math.round((process.memoryUsage().rss - before) / 1_048_576);
    const note =
      `${verdict.size} entries and ${verdict.records} records, ${(seconds / (verdict.size / 1e6)).toFixed(1)} s for a million; ` +
      `${spentWords(spent)}; Node grew by ${grew} MB`;
    const target = { of: 'max', atMost: (millionS * verdict.size) / 1e6 } as const;
    const name = 'log verified from its tables, rows and all';
    return [single({ name, concurrency: 1, target, note }, 's', seconds)];
  },
};
