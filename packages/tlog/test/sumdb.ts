import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from './log.ts';

const source = fileURLToPath(new URL('sumdb/main.go', import.meta.url));
/** Where Debian's golang-golang-x-mod-dev puts its sources; they are compiled from there, without a network. */
const gopath = '/usr/share/gocode';

/** The Go project's own verifier, compiled into a directory that is removed with `close`. */
export type Sumdb = {
  /** Its exit code and what it printed. */
  readonly run: (words: readonly string[], input?: string) => { code: number | null; output: string };
  readonly close: () => void;
};

/**
 * Compiles the verifier. Without Go it says in one line what is missing and answers nothing, but under `CI=true`,
 * where the check must not be left out unseen, it fails.
 */
export function buildSumdb(): Sumdb | null {
  const missing = [
    ...(spawnSync('go', ['version']).status === 0 ? [] : ['golang-go']),
    ...(existsSync(`${gopath}/src/golang.org/x/mod/sumdb/tlog`) ? [] : ['golang-golang-x-mod-dev']),
  ];
  if (missing.length > 0) {
    const line = `The check by an independent implementation needs Debian's ${missing.join(' and ')}: apt-get install ${missing.join(' ')}`;
    if (process.env.CI === 'true') throw new Error(line);
    console.warn(line);
    return null;
  }
  const directory = mkdtempSync(join(tmpdir(), 'throughline-sumdb-'));
  const program = join(directory, 'sumdb');
  const env = {
    PATH: process.env.PATH,
    GO111MODULE: 'off',
    GOPATH: gopath,
    GOCACHE: join(directory, 'cache'),
    CGO_ENABLED: '0',
  };
  const built = spawnSync('go', ['build', '-o', program, source], { env, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The verifier does not compile: ${built.stderr}`);
  return {
    run: (words, input = '') => {
      const { status, stdout, stderr } = spawnSync(program, words, { input, encoding: 'utf8' });
      return { code: status, output: `${stdout}${stderr}`.trim() };
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Writes a log's files below a directory of their own and answers it. */
export function writeFiles(files: Files): string {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-log-'));
  for (const [path, bytes] of files) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return directory;
}
