import { main } from '../../src/cli/main.ts';

/** A program of its own, as its threads are: what is given as text has none. */
await main(['serve']);
