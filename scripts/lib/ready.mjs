import { ensureDependencies } from './dependencies.mjs';
import { ensureRuntime } from './runtime.mjs';
import { ensureWebBuild } from './web-build.mjs';

/**
 * What every command needs first: a Node that runs TypeScript, the dependencies, and where asked the web
 * application. A directory in which nothing changed costs a few milliseconds.
 * @param {{ web: boolean }} needs
 */
export async function makeReady(needs) {
  await ensureRuntime();
  await ensureDependencies();
  if (needs.web) await ensureWebBuild();
}
