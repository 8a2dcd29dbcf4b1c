import { makeReady } from './lib/ready.mjs';

/** `npm run bench`: the table of figures. Words after `--` go to the benchmark. */
await makeReady({ web: true });
await import(new URL('../bench/main.ts', import.meta.url).href);
