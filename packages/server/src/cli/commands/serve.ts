import { checkout } from '../work.ts';

/** `serve`: what `npm start` runs, in this process, so that signals reach it. It ends with the server's own exit code. */
export async function serve(): Promise<void> {
  process.chdir(checkout);
  await import('../../main.ts');
}
