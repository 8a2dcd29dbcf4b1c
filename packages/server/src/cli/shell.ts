import { type Environment, ownEnvironment } from '../config.ts';
import type { Stream, Terminal } from './terminal.ts';

/** Where a command line runs: what it writes to, and what is set around it. */
export type Shell = { readonly out: Stream; readonly err: Stream; readonly environment: Environment };

/** The shell that started this process. */
export const thisShell = (): Shell => ({
  out: process.stdout,
  err: process.stderr,
  environment: ownEnvironment,
});

/** What a command that opens a database works with. */
export type Outside = { readonly terminal: Terminal; readonly environment: Environment };
