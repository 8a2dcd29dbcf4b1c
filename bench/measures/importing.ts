import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTestConfig } from '@throughline/server/config.ts';
import { analyseFile } from '@throughline/server/features/imports/analyse-file.ts';
import { applyImport } from '@throughline/server/features/imports/apply-import.ts';
import { secondOrganisation } from '../acting.ts';
import { type Measure, single } from '../result.ts';

const rows = 2_133;

/** The real inventory of US federal agencies, from the bytes of the file to the last record, in an organisation of its own. */
export const importing: Measure = {
  name: 'import',
  run: async (world) => {
    const name = 'us-federal-2024.csv';
    const path = join(readTestConfig().shared, 'samples/inventories', name);
    const named = `import of ${rows} rows`;
    if (!existsSync(path)) {
      const leftOut = `${path} is not there; THROUGHLINE_SHARED names the directory of the samples`;
      return [{ name: named, leftOut }];
    }
    const ctx = await secondOrganisation(world);
    const began = performance.now();
    const { services } = world;
    const analysed = await analyseFile(services, ctx, {
      name,
      bytes: readFileSync(path),
      kind: services.registry.get('use-case'),
    });
    const read = (performance.now() - began) / 1000;
    const applied = await applyImport(services, { ...ctx, at: new Date() }, analysed.id, {
      expect: { added: rows, changed: 0, missing: 0 },
    });
    const took = (performance.now() - began) / 1000;
    const note = `${applied.state}: ${rows} rows into ${2 * rows} records, ${read.toFixed(1)} s of it reading and mapping`;
    const target = { of: 'max', atMost: 10 } as const;
    return [single({ name: named, concurrency: 1, target, note }, 's', took)];
  },
};
