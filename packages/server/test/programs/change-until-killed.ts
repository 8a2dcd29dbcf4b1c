import { registry } from '@throughline/domain/kinds/all.ts';
import { openPools } from '../../src/store/pools.ts';
import { Store } from '../../src/store/store.ts';

/**
 * Changes the organisation named second, on the connection named first in JSON, and prints each change's records once
 * it is acknowledged, until it is killed. A change makes two records, spills, links and edits them.
 */
const [connection = '', organisation = ''] = process.argv.slice(2);
const pools = openPools(JSON.parse(connection), (error) => {
  throw error;
});
const store = new Store(pools, registry);
const actor = { type: 'rule', rule: 'test' } as const;

for (let n = 1; ; n += 1) {
  const ctx = { organisation, actor, at: new Date(), because: null, request: null };
  const made = await store.change(ctx, async (write) => {
    const create = (kind: string, name: string) =>
      write.create({ kind: registry.get(kind), content: { fields: { name }, links: {} }, system: null });
    const [model, system] = [create('model', `Model ${n}`), create('system', `System ${n}`)];
    await write.spill();
    const next = { fields: { name: `System ${n}` }, links: { usesModel: [model.id] } };
    write.edit(system, next, { changed: ['usesModel'], material: true, system: system.id });
    return [model.id, system.id];
  });
  process.stdout.write(`${made.join(' ')}\n`);
}
