import { readFileSync } from 'node:fs';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import pg from 'pg';
import { analyseFile } from '../../src/features/imports/analyse-file.ts';
import { applyImport } from '../../src/features/imports/apply-import.ts';
import { Store } from '../../src/store/store.ts';

// Imports a file and says where it is, so that a test can kill it there: argv is connection, organisation, member, file.
const [, , connection = '{}', organisation = '', member = '', file = ''] = process.argv;
const pool = new pg.Pool(JSON.parse(connection));
const store = new Store({ app: pool, owner: pool }, registry);
const services = { store, registry, catalogue: loadCatalogue(), clock: () => new Date() };
const ctx = {
  organisation,
  actor: { type: 'person' as const, member, roles: ['aims-manager' as const] },
  at: new Date(),
  because: null,
  request: null,
};
const stored = await analyseFile(services, ctx, {
  name: 'file.csv',
  bytes: readFileSync(file),
  kind: registry.get('use-case'),
});
await applyImport(services, ctx, stored.id, {}, async (_done, _total, message) => {
  process.stdout.write(`${message}\n`);
});
process.stdout.write('applied\n');
await pool.end();
