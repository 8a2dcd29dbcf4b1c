import { makeReady } from './lib/ready.mjs';

/** `npm start`: everything that a fresh clone needs, then the server, in this process so that signals reach it. */
await makeReady({ web: true });
await import('../packages/server/src/main.ts');
