#!/usr/bin/env node
import { ensureDependencies } from '../../../scripts/lib/dependencies.mjs';
import { ensureRuntime } from '../../../scripts/lib/runtime.mjs';
import { ensureWebBuild } from '../../../scripts/lib/web-build.mjs';

// Under a Node that does not run TypeScript the whole command runs again under one that does.
await ensureRuntime();
await ensureDependencies();
// The pages belong to the server alone.
if (process.argv.slice(2).find((word) => !word.startsWith('-')) === 'serve') await ensureWebBuild();
const { main } = await import('../src/cli/main.ts');
await main(process.argv.slice(2));
