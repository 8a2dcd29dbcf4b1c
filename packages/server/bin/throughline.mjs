#!/usr/bin/env node
import module from 'node:module';
import { join } from 'node:path';
import { ensureDependencies } from '../../../scripts/lib/dependencies.mjs';
import { root } from '../../../scripts/lib/root.mjs';
import { ensureRuntime } from '../../../scripts/lib/runtime.mjs';
import { ensureWebBuild } from '../../../scripts/lib/web-build.mjs';

// Under a Node that does not run TypeScript the whole command runs again under one that does.
await ensureRuntime();
await ensureDependencies();
// The pages belong to the server alone.
if (process.argv.slice(2).find((word) => !word.startsWith('-')) === 'serve') await ensureWebBuild();
// Compiling takes half the time of a short command. Where the directory cannot be written, nothing is kept.
module.enableCompileCache?.(join(root, 'node_modules', '.cache', 'throughline'));
const { main } = await import('../src/cli/main.ts');
await main(process.argv.slice(2));
