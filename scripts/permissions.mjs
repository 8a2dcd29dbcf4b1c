import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/root.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

/** `npm run permissions`: writes the page of permissions from the table that the server decides by. */
await ensureRuntime();
const { permissionsPage, permissionsText } = await import('./lib/permissions-page.mjs');
writeFileSync(join(root, permissionsPage), permissionsText());
console.log(`${permissionsPage} is written`);
