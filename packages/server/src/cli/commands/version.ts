import { readFileSync } from 'node:fs';
import { isObject } from '@throughline/domain/json.ts';
import type { Terminal } from '../terminal.ts';

/** The release, from the manifest that it is installed with. */
export function release(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  return isObject(manifest) && typeof manifest.version === 'string' ? manifest.version : 'unknown';
}

/** `version`: opens nothing. */
export function version(terminal: Terminal, options: { readonly json?: true }): void {
  const facts = {
    throughline: release(),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  };
  if (options.json) terminal.json(facts);
  else terminal.print(`Throughline ${facts.throughline}, Node ${facts.node}, ${facts.platform}`);
}
